package io.maintenanceagent.server.servlet;

import static java.lang.invoke.MethodType.methodType;

import io.maintenanceagent.server.ConnectionAddress;
import io.maintenanceagent.server.UncheckedCall;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;

/**
 * The container's own request, without the wrappers that filters put around it: it knows the connection, and what
 * proxies say, which filters that read it replace and take away. Used on the request's thread.
 */
final class ContainerRequest {

    private static final String FORWARDED_FOR = "x-forwarded-for";

    private static final ClassValue<Handles> HANDLES = new ClassValue<Handles>() {
        @Override
        protected Handles computeValue(Class<?> type) {
            return new Handles(type);
        }
    };

    private final Object request;
    private final Handles handles;

    private ContainerRequest(Object request) {
        this.request = request;
        this.handles = HANDLES.get(request.getClass());
    }

    /**
     * @param request a servlet request
     * @return the container's own behind it
     */
    static ContainerRequest of(Object request) {
        return new ContainerRequest(RequestUnwrapper.of(request));
    }

    /**
     * @param name a header's name
     * @return whether proxies write it
     */
    static boolean isForwarding(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.startsWith("x-forwarded-") || lower.equals("forwarded");
    }

    /** The connection's own address if the container tells it, else the request's; {@code ""} for none. */
    String remoteAddress() {
        String own = ConnectionAddress.of(request);
        return own == null ? told() : own;
    }

    private String told() {
        String told = (String) UncheckedCall.get(handles.getRemoteAddr, request);
        return told == null ? "" : told;
    }

    /**
     * All values of a header as they came. Tomcat's {@code RemoteIpValve} takes off {@code X-Forwarded-For} what it has
     * read, up to the address that it tells from then on, and that address with it.
     */
    List<String> headers(String name) {
        List<String> values = sent(name);
        if (!handles.hasRemoteIpValve || !name.equalsIgnoreCase(FORWARDED_FOR)) {
            return values;
        }
        String own = ConnectionAddress.of(request);
        String told = told();
        if (own == null || own.equals(told)) {
            return values;
        }
        List<String> all = new ArrayList<String>(values);
        all.add(told);
        return all;
    }

    private List<String> sent(String name) {
        try {
            return list((Enumeration<?>) handles.getHeaders.invokeExact(request, name));
        } catch (Throwable e) {
            throw UncheckedCall.rethrow(e);
        }
    }

    /**
     * @param values texts, or {@code null} for none
     * @return the same as a list
     */
    static List<String> list(Enumeration<?> values) {
        if (values == null || !values.hasMoreElements()) {
            return Collections.emptyList();
        }
        List<String> all = new ArrayList<String>(2);
        while (values.hasMoreElements()) {
            all.add((String) values.nextElement());
        }
        return all;
    }

    private static final class Handles {
        final boolean hasRemoteIpValve;
        final MethodHandle getRemoteAddr;
        final MethodHandle getHeaders;

        Handles(Class<?> type) {
            hasRemoteIpValve = type.getName().startsWith("org.apache.catalina.connector.") && isTomcat(type);
            ServletMethods api = ServletMethods.of(type, "servlet.http.HttpServletRequest");
            getRemoteAddr = api.method("getRemoteAddr", methodType(Object.class, Object.class));
            getHeaders =
                    api.method("getHeaders", methodType(Enumeration.class, Object.class, String.class), String.class);
        }

        /** GlassFish and Payara have Tomcat's names, and not this valve. */
        private static boolean isTomcat(Class<?> type) {
            try {
                Class.forName("org.apache.catalina.valves.RemoteIpValve", false, type.getClassLoader());
                return true;
            } catch (ClassNotFoundException absent) {
                return false;
            }
        }
    }
}
