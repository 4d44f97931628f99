package io.maintenanceagent.boot;

import io.maintenanceagent.hook.MaintenanceHook;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Field;
import java.security.ProtectionDomain;

/**
 * Defines the hook in {@code java.lang}, the one package that every class loader delegates.
 *
 * <p>The bootstrap path would be simpler and does not do: OSGi containers, JBoss Modules and Open Liberty do not look
 * there for a package of ours, and appending to it switches the sharing of application class data off.
 *
 * <p>Since Java 9 {@code java.lang} has to be opened to whoever defines a class in it. It is opened to a class of a
 * throw-away class loader, whose module holds nothing else, and not to the class path, which is the application's.
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
                    JavaBase.classFile(MaintenanceHook.class),
                    MaintenanceHook.class.getName().replace('.', '/'),
                    DEFINED_NAME.replace('.', '/'));
            return hasModules()
                    ? JavaModules.defineInJavaLang(JavaBase.open(instrumentation, "java.lang"), hook)
                    : defineByUnsafe(hook);
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
}
