package io.maintenanceagent.weave;

/**
 * The methods through which a servlet container hands a request to an application, in both namespaces:
 *
 * <ul>
 *   <li>{@code Servlet.service(ServletRequest, ServletResponse)},
 *   <li>{@code Filter.doFilter(ServletRequest, ServletResponse, FilterChain)},
 *   <li>{@code FilterChain.doFilter(ServletRequest, ServletResponse)}: the container's own class, which covers filters
 *       that cannot be woven (a lambda's hidden class is never offered to a transformer).
 * </ul>
 */
final class WovenMethod {

    static final String SERVICE = "service";
    static final String DO_FILTER = "doFilter";

    private static final String JAVAX = "(Ljavax/servlet/ServletRequest;Ljavax/servlet/ServletResponse;";
    private static final String JAKARTA = "(Ljakarta/servlet/ServletRequest;Ljakarta/servlet/ServletResponse;";

    static final String[] DESCRIPTORS = {
        JAVAX + ")V",
        JAKARTA + ")V",
        JAVAX + "Ljavax/servlet/FilterChain;)V",
        JAKARTA + "Ljakarta/servlet/FilterChain;)V",
    };

    private static final int ACC_STATIC = 0x0008;

    private WovenMethod() {}

    /**
     * @param access the method's access flags (JVMS 4.6)
     * @param name the method's name
     * @param descriptor the method's descriptor
     * @return whether the method is an entry of a request; whether it has code is not asked
     */
    static boolean matches(int access, String name, String descriptor) {
        if ((access & ACC_STATIC) != 0) {
            return false;
        }
        if (descriptor.equals(DESCRIPTORS[0]) || descriptor.equals(DESCRIPTORS[1])) {
            return name.equals(SERVICE) || name.equals(DO_FILTER);
        }
        return name.equals(DO_FILTER) && (descriptor.equals(DESCRIPTORS[2]) || descriptor.equals(DESCRIPTORS[3]));
    }
}
