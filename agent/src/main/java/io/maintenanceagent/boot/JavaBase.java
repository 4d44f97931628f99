package io.maintenanceagent.boot;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Opens a package of {@code java.base}, since Java 9, to a class of a throw-away class loader, whose module holds
 * nothing else, and not to the class path, which is the application's. All of it by reflection: this class is compiled
 * for Java 8.
 */
final class JavaBase {

    private JavaBase() {}

    /**
     * @param instrumentation the agent's
     * @param packageName a package of the module {@code java.base}
     * @return a lookup that may see the package's members
     * @throws Exception if it cannot be opened
     */
    static MethodHandles.Lookup open(Instrumentation instrumentation, String packageName) throws Exception {
        Class<?> stranger = new ThrowAwayLoader().define(classFile(LookupOfMine.class));
        Method getModule = Class.class.getMethod("getModule");
        Object javaBase = getModule.invoke(Object.class);
        Map<String, ?> opened =
                Collections.singletonMap(packageName, Collections.singleton(getModule.invoke(stranger)));
        Instrumentation.class
                .getMethod("redefineModule", javaBase.getClass(), Set.class, Map.class, Map.class, Set.class, Map.class)
                .invoke(
                        instrumentation,
                        javaBase,
                        Collections.emptySet(),
                        opened,
                        opened,
                        Collections.emptySet(),
                        Collections.emptyMap());
        return (MethodHandles.Lookup)
                ((Supplier<?>) stranger.getDeclaredConstructor().newInstance()).get();
    }

    /** The bytes of a class of the agent's. */
    static byte[] classFile(Class<?> type) throws IOException {
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
