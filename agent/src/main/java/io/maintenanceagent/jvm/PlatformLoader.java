package io.maintenanceagent.jvm;

/** The class loader of the JDK's own classes: of extensions in Java 8, of the platform since. */
public final class PlatformLoader {

    private PlatformLoader() {}

    /** Returns the loader; {@code null}, the bootstrap loader, where it cannot be found. */
    public static ClassLoader get() {
        // getPlatformClassLoader() is not in Java 8; the parent of the built-in system loader is the same.
        return above(ClassLoader.getSystemClassLoader());
    }

    /**
     * Looks from the top, since {@code -Djava.system.class.loader} may have put other loaders below. One of these may
     * also have no parent at all, and is not the platform's then.
     */
    static ClassLoader above(ClassLoader system) {
        ClassLoader top = system;
        while (top.getParent() != null) {
            top = top.getParent();
        }
        return top == system ? null : top;
    }
}
