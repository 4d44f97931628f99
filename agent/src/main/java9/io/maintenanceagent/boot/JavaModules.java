package io.maintenanceagent.boot;

import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandles;
import java.util.Collections;
import java.util.Map;
import java.util.Set;

/**
 * What there is since Java 9 only, called directly: reflection, which would do as well, makes some thirty classes for
 * it since Java 18, in every JVM that starts. Compiled apart from the rest, against a later API; loaded where there are
 * modules.
 */
final class JavaModules {

    private JavaModules() {}

    /**
     * Opens a package of {@code java.base}.
     *
     * @param instrumentation the agent's
     * @param packageName the package
     * @param stranger a class of the module that it is opened to
     */
    static void openJavaBase(Instrumentation instrumentation, String packageName, Class<?> stranger) {
        Map<String, Set<Module>> opened =
                Collections.singletonMap(packageName, Collections.singleton(stranger.getModule()));
        instrumentation.redefineModule(
                Object.class.getModule(),
                Collections.emptySet(),
                Collections.emptyMap(),
                opened,
                Collections.emptySet(),
                Collections.emptyMap());
    }

    /**
     * Defines a class in {@code java.lang}, with the bootstrap loader.
     *
     * @param lookup of a class to whose module {@code java.lang} is open
     * @param classFile the class
     * @throws IllegalAccessException if it is not open
     */
    static Class<?> defineInJavaLang(MethodHandles.Lookup lookup, byte[] classFile) throws IllegalAccessException {
        return MethodHandles.privateLookupIn(Object.class, lookup).defineClass(classFile);
    }
}
