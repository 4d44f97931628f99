package io.maintenanceagent.boot;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandles;
import java.util.function.Consumer;

/**
 * Opens a package of {@code java.base}, since Java 9, to a class of a throw-away class loader, whose module holds
 * nothing else, and not to the class path, which is the application's.
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
        ThrowAwayLoader loader = new ThrowAwayLoader();
        Class<?> stranger = loader.define(classFile(LookupOfMine.class));
        JavaModules.openJavaBase(instrumentation, packageName, stranger);
        Class.forName(stranger.getName(), true, loader);
        return loader.lookup;
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

    /** What it defines sees nothing of the agent but this, as a type of the JDK. */
    private static final class ThrowAwayLoader extends ClassLoader implements Consumer<MethodHandles.Lookup> {

        private MethodHandles.Lookup lookup;

        ThrowAwayLoader() {
            super(null);
        }

        Class<?> define(byte[] classFile) {
            return defineClass(null, classFile, 0, classFile.length);
        }

        @Override
        public void accept(MethodHandles.Lookup given) {
            lookup = given;
        }
    }

    /**
     * Defined again by {@link ThrowAwayLoader}, and gives that the lookup of where it stands. When it is initialized:
     * an instance could be made by reflection only, which costs a start more.
     */
    private static final class LookupOfMine {
        static {
            give(LookupOfMine.class.getClassLoader());
        }

        private LookupOfMine() {}

        @SuppressWarnings("unchecked")
        private static void give(ClassLoader loader) {
            ((Consumer<MethodHandles.Lookup>) loader).accept(MethodHandles.lookup());
        }
    }
}
