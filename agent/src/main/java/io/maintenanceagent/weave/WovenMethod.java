package io.maintenanceagent.weave;

/**
 * The methods that are woven, in both namespaces. Entries, through which a servlet container hands a request to an
 * application:
 *
 * <ul>
 *   <li>{@code Servlet.service(ServletRequest, ServletResponse)},
 *   <li>{@code Filter.doFilter(ServletRequest, ServletResponse, FilterChain)},
 *   <li>{@code FilterChain.doFilter(ServletRequest, ServletResponse)}: the container's own class, which covers filters
 *       that cannot be woven (a lambda's hidden class is never offered to a transformer).
 * </ul>
 *
 * <p>And {@code ServletRequest.startAsync}, with and without arguments: the container's own class again. It has to be
 * known at once that a request becomes asynchronous; behind its entry it may be over (Undertow).
 */
final class WovenMethod {

    static final String SERVICE = "service";
    static final String DO_FILTER = "doFilter";
    static final String START_ASYNC = "startAsync";

    private static final String JAVAX = "Ljavax/servlet/";
    private static final String JAKARTA = "Ljakarta/servlet/";

    static final String[] DESCRIPTORS = {
        call(JAVAX) + ")V",
        call(JAKARTA) + ")V",
        call(JAVAX) + JAVAX + "FilterChain;)V",
        call(JAKARTA) + JAKARTA + "FilterChain;)V",
        "()" + JAVAX + "AsyncContext;",
        "()" + JAKARTA + "AsyncContext;",
        call(JAVAX) + ")" + JAVAX + "AsyncContext;",
        call(JAKARTA) + ")" + JAKARTA + "AsyncContext;",
    };

    private static final int ACC_STATIC = 0x0008;

    private WovenMethod() {}

    private static String call(String api) {
        return "(" + api + "ServletRequest;" + api + "ServletResponse;";
    }

    /**
     * @param access the method's access flags (JVMS 4.6)
     * @param name the method's name
     * @param descriptor the method's descriptor
     * @return whether the method is woven; whether it has code is not asked
     */
    static boolean matches(int access, String name, String descriptor) {
        return isEntry(access, name, descriptor) || startsAsync(access, name, descriptor);
    }

    /** Whether it is an entry of a request. */
    static boolean isEntry(int access, String name, String descriptor) {
        if ((access & ACC_STATIC) != 0) {
            return false;
        }
        if (descriptor.equals(DESCRIPTORS[0]) || descriptor.equals(DESCRIPTORS[1])) {
            return name.equals(SERVICE) || name.equals(DO_FILTER);
        }
        return name.equals(DO_FILTER) && (descriptor.equals(DESCRIPTORS[2]) || descriptor.equals(DESCRIPTORS[3]));
    }

    /** Whether it begins asynchronous processing. */
    static boolean startsAsync(int access, String name, String descriptor) {
        if ((access & ACC_STATIC) != 0 || !name.equals(START_ASYNC)) {
            return false;
        }
        for (int i = 4; i < DESCRIPTORS.length; i++) {
            if (descriptor.equals(DESCRIPTORS[i])) {
                return true;
            }
        }
        return false;
    }
}
