package io.maintenanceagent.entrypoint;

/** Which classes have the method of an entry point. Immutable. */
final class Owner {

    private final String className; // null for any class
    private final String parent; // null but for classes that extend it directly
    private final String except;
    private final String mark;
    private final String[] interfaces;
    private final boolean shared;

    private Owner(String className, String parent, String except, String mark, String... interfaces) {
        this(false, className, parent, except, mark, interfaces);
    }

    private Owner(boolean shared, String className, String parent, String except, String mark, String... interfaces) {
        this.shared = shared;
        this.className = className;
        this.parent = parent;
        this.except = except;
        this.mark = mark;
        this.interfaces = interfaces;
    }

    /** One class, by its internal name. */
    static Owner in(String className) {
        return new Owner(className, null, null, className);
    }

    /** One class, which clients of HTTP have as well: that it is there says nothing of a server. */
    static Owner shared(String className) {
        return new Owner(true, className, null, null, className);
    }

    /** Classes that extend another one directly, by internal names, but for those of a package. */
    static Owner extending(String parent, String exceptPackage) {
        return new Owner(null, parent, exceptPackage, parent);
    }

    /**
     * Any class: the method's descriptor says enough.
     *
     * @param servletInterface what such a class implements, in either namespace, if it is a target of a search
     */
    static Owner anyWith(String servletInterface) {
        return new Owner(null, null, null, null, "javax." + servletInterface, "jakarta." + servletInterface);
    }

    /**
     * Any class that mentions another one.
     *
     * @param mark the internal name that is in the constant pool of each of them; a blank separates several
     * @param interfaces what such classes implement, by names with dots, if they are targets of a search
     */
    static Owner anyMentioning(String mark, String... interfaces) {
        return new Owner(null, null, null, mark, interfaces);
    }

    /** Whether it is one class, and the JDK's own. */
    boolean isPlatform() {
        return className != null
                && (className.startsWith("com/sun/net/")
                        || className.startsWith("sun/net/")
                        || className.startsWith("java/"));
    }

    boolean isShared() {
        return shared;
    }

    boolean isAny() {
        return className == null && parent == null;
    }

    /** The internal name of the only class, or {@code null} if there may be several. */
    String className() {
        return className;
    }

    /**
     * Texts of which one is in the constant pool of each of them, or {@code null} if there is none but the descriptor.
     */
    String mark() {
        return mark;
    }

    /** The internal name of the class that such classes extend, or {@code null} if they need not. */
    String parent() {
        return parent;
    }

    /**
     * @param name the internal name of a class
     * @param extended the internal name of the class that it extends; {@code null} if that is not known
     * @return whether this is about it by name, and not about any class
     */
    boolean names(String name, String extended) {
        return className == null
                ? parent != null && parent.equals(extended) && !name.startsWith(except)
                : className.equals(name);
    }

    /** Whether such a class implements an interface, by its name with dots. */
    boolean hasInterface(String name) {
        for (String candidate : interfaces) {
            if (candidate.equals(name)) {
                return true;
            }
        }
        return false;
    }
}
