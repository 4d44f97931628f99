package io.maintenanceagent.boot;

import io.maintenanceagent.hook.MaintenanceHook;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.security.ProtectionDomain;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Defines the hook in {@code java.lang}, the one package that every class loader delegates.
 *
 * <p>The bootstrap path would be simpler and does not do: OSGi containers, JBoss Modules and Open Liberty do not look
 * there for a package of ours, and appending to it switches the sharing of application class data off.
 *
 * <p>Since Java 9 {@code java.lang} has to be opened to whoever defines a class in it. It is opened to a class of a
 * throw-away class loader, whose module holds nothing else, and not to the class path, which is the application's. All
 * of it by reflection: this class is compiled for Java 8.
 */
final class HookDefiner {

    private static final String DEFINED_NAME = "java.lang.MaintenanceHook";

    private HookDefiner() {}

    /**
     * @param instrumentation the agent's
     * @return the hook, defined now or by an earlier agent of this JVM
     * @throws Exception if it cannot be defined; nothing may be woven then
     */
    static Class<?> define(Instrumentation instrumentation) throws Exception {
        try {
            return Class.forName(DEFINED_NAME, true, null);
        } catch (ClassNotFoundException notYet) {
            byte[] hook = renamed(
                    classFile(MaintenanceHook.class),
                    MaintenanceHook.class.getName().replace('.', '/'),
                    DEFINED_NAME.replace('.', '/'));
            return hasModules() ? defineByLookup(instrumentation, hook) : defineByUnsafe(hook);
        }
    }

    private static boolean hasModules() {
        try {
            Class.forName("java.lang.Module", false, null);
            return true;
        } catch (ClassNotFoundException java8) {
            return false;
        }
    }

    private static Class<?> defineByLookup(Instrumentation instrumentation, byte[] hook) throws Exception {
        Class<?> stranger = new ThrowAwayLoader().define(classFile(LookupOfMine.class));
        MethodHandles.Lookup lookup = (MethodHandles.Lookup)
                ((Supplier<?>) stranger.getDeclaredConstructor().newInstance()).get();
        Method getModule = Class.class.getMethod("getModule");
        Object javaBase = getModule.invoke(Object.class);
        Map<String, ?> opens = Collections.singletonMap("java.lang", Collections.singleton(getModule.invoke(stranger)));
        Instrumentation.class
                .getMethod("redefineModule", javaBase.getClass(), Set.class, Map.class, Map.class, Set.class, Map.class)
                .invoke(
                        instrumentation,
                        javaBase,
                        Collections.emptySet(),
                        Collections.emptyMap(),
                        opens,
                        Collections.emptySet(),
                        Collections.emptyMap());
        Object inJavaLang = MethodHandles.class
                .getMethod("privateLookupIn", Class.class, MethodHandles.Lookup.class)
                .invoke(null, Object.class, lookup);
        return (Class<?>) MethodHandles.Lookup.class
                .getMethod("defineClass", byte[].class)
                .invoke(inJavaLang, (Object) hook);
    }

    /** Java 8 has no such lookup, and no modules to open. */
    private static Class<?> defineByUnsafe(byte[] hook) throws Exception {
        Class<?> type = Class.forName("sun.misc.Unsafe");
        Field instance = type.getDeclaredField("theUnsafe");
        instance.setAccessible(true);
        return (Class<?>) type.getMethod(
                        "defineClass",
                        String.class,
                        byte[].class,
                        int.class,
                        int.class,
                        ClassLoader.class,
                        ProtectionDomain.class)
                .invoke(instance.get(null), null, hook, 0, hook.length, null, null);
    }

    private static byte[] classFile(Class<?> type) throws IOException {
        String resource = "/" + type.getName().replace('.', '/') + ".class";
        try (InputStream in = type.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException(resource + " is missing in the agent's jar");
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] buffer = new byte[4096];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                out.write(buffer, 0, n);
            }
            return out.toByteArray();
        }
    }

    /** Renames a class that mentions its own name in one place, as the hook does: the constant pool's (JVMS 4.4.7). */
    private static byte[] renamed(byte[] classFile, String name, String newName) throws IOException {
        byte[] from = constant(name);
        byte[] to = constant(newName);
        for (int at = 10; at <= classFile.length - from.length; at++) {
            if (startsWith(classFile, at, from)) {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                out.write(classFile, 0, at);
                out.write(to);
                out.write(classFile, at + from.length, classFile.length - at - from.length);
                return out.toByteArray();
            }
        }
        throw new IOException(name + " does not name itself");
    }

    /** A {@code CONSTANT_Utf8_info}, tag and length included, so that no other constant can be mistaken for it. */
    private static byte[] constant(String name) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(1);
        out.write(name.length() >> 8);
        out.write(name.length());
        out.write(name.getBytes("US-ASCII"));
        return out.toByteArray();
    }

    private static boolean startsWith(byte[] bytes, int at, byte[] beginning) {
        for (int i = 0; i < beginning.length; i++) {
            if (bytes[at + i] != beginning[i]) {
                return false;
            }
        }
        return true;
    }

    private static final class ThrowAwayLoader extends ClassLoader {

        ThrowAwayLoader() {
            super(null);
        }

        Class<?> define(byte[] classFile) {
            return defineClass(null, classFile, 0, classFile.length);
        }
    }

    /** Defined again by {@link ThrowAwayLoader}: gives away the lookup of wherever it stands. */
    public static final class LookupOfMine implements Supplier<MethodHandles.Lookup> {

        /** Called by reflection, from outside its package. */
        public LookupOfMine() {}

        @Override
        public MethodHandles.Lookup get() {
            return MethodHandles.lookup();
        }
    }
}
