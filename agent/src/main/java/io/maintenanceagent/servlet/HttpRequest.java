package io.maintenanceagent.servlet;

import static java.lang.invoke.MethodType.methodType;

import io.maintenanceagent.api.RequestView;
import io.maintenanceagent.match.NormalPath;
import java.lang.invoke.MethodHandle;

/**
 * An {@code HttpServletRequest} of either namespace. Reads what the container knows already: never the body, and no
 * parameter, which on a POST would be the body.
 *
 * <p>Used on the request's thread. An exception of the request object goes through as it is.
 */
public final class HttpRequest implements RequestView {

    private static final ClassValue<Handles> HANDLES = new ClassValue<Handles>() {
        @Override
        protected Handles computeValue(Class<?> type) {
            return new Handles(ServletInterface.of(type, "servlet.http.HttpServletRequest"));
        }
    };

    private final Object request;
    private final Handles handles;

    private HttpRequest(Object request, Handles handles) {
        this.request = request;
        this.handles = handles;
    }

    /**
     * @param request any servlet request
     * @return its view, or {@code null} if it is no HTTP request
     */
    public static HttpRequest of(Object request) {
        Handles handles = HANDLES.get(request.getClass());
        return handles.isHttp ? new HttpRequest(request, handles) : null;
    }

    /**
     * Tells whether the container has just begun this request, or shows something of its own in its place (Tomcat
     * forwards to a FORM login page before any filter runs). Anything else belongs to a request that was let in: error
     * pages, includes, and what goes on asynchronously, a filter chain or a forward on another thread among it. Before
     * Servlet 3.0 there is nothing but requests.
     *
     * @return whether the request is to be decided, given that nothing woven is around it
     */
    public boolean begins() {
        if (handles.getDispatcherType == null) {
            return true;
        }
        String dispatcher = String.valueOf(get(handles.getDispatcherType));
        return (dispatcher.equals("REQUEST") || dispatcher.equals("FORWARD"))
                && !Boolean.TRUE.equals(get(handles.isAsyncStarted));
    }

    @Override
    public String method() {
        return text(handles.getMethod);
    }

    @Override
    public String path() {
        return NormalPath.of(contextPath() + text(handles.getServletPath) + text(handles.getPathInfo));
    }

    @Override
    public String contextPath() {
        return text(handles.getContextPath);
    }

    @Override
    public String host() {
        return text(handles.getServerName);
    }

    @Override
    public String header(String name) {
        try {
            return (String) handles.getHeader.invokeExact(request, name);
        } catch (Throwable e) {
            throw Unchecked.rethrow(e);
        }
    }

    /** @return whether the client sends a body over HTTP/1, where the next request waits behind it */
    boolean hasBodyOnHttp1() {
        if (!text(handles.getProtocol).startsWith("HTTP/1")) {
            return false;
        }
        String length = header("Content-Length");
        return length != null && !length.equals("0") || header("Transfer-Encoding") != null;
    }

    private String text(MethodHandle getter) {
        Object value = get(getter);
        return value == null ? "" : (String) value;
    }

    private Object get(MethodHandle getter) {
        try {
            return (Object) getter.invokeExact(request);
        } catch (Throwable e) {
            throw Unchecked.rethrow(e);
        }
    }

    private static final class Handles {
        final boolean isHttp;
        final MethodHandle getDispatcherType;
        final MethodHandle isAsyncStarted;
        final MethodHandle getMethod;
        final MethodHandle getProtocol;
        final MethodHandle getServerName;
        final MethodHandle getContextPath;
        final MethodHandle getServletPath;
        final MethodHandle getPathInfo;
        final MethodHandle getHeader;

        Handles(ServletInterface api) {
            isHttp = api.isPresent();
            getDispatcherType = getter(api, "getDispatcherType");
            isAsyncStarted = getter(api, "isAsyncStarted");
            getMethod = getter(api, "getMethod");
            getProtocol = getter(api, "getProtocol");
            getServerName = getter(api, "getServerName");
            getContextPath = getter(api, "getContextPath");
            getServletPath = getter(api, "getServletPath");
            getPathInfo = getter(api, "getPathInfo");
            getHeader = api.method("getHeader", methodType(String.class, Object.class, String.class), String.class);
        }

        private static MethodHandle getter(ServletInterface api, String name) {
            return api.method(name, methodType(Object.class, Object.class));
        }
    }
}
