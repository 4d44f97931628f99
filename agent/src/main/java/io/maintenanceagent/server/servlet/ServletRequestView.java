package io.maintenanceagent.server.servlet;

import static io.maintenanceagent.server.UncheckedCall.get;
import static java.lang.invoke.MethodType.methodType;

import io.maintenanceagent.api.RequestView;
import io.maintenanceagent.policy.ServletMappings;
import io.maintenanceagent.server.UncheckedCall;
import java.lang.invoke.MethodHandle;
import java.util.Collection;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

/**
 * An {@code HttpServletRequest} of either namespace. Reads what the container knows already: never the body, and no
 * parameter, which on a POST would be the body.
 *
 * <p>Used on the request's thread. An exception of the request object goes through as it is.
 */
public final class ServletRequestView implements ServletMappings {

    private static final String DEFERRED = "io.maintenanceagent.deferred";

    private static final ClassValue<Handles> HANDLES = new ClassValue<Handles>() {
        @Override
        protected Handles computeValue(Class<?> type) {
            return new Handles(ServletMethods.of(type, "servlet.http.HttpServletRequest"));
        }
    };

    private static final ClassValue<MappingHandles> MAPPED_SERVLET = new ClassValue<MappingHandles>() {
        @Override
        protected MappingHandles computeValue(Class<?> type) {
            return new MappingHandles(ServletMethods.of(type, "servlet.http.HttpServletMapping"));
        }
    };

    private static final String[] EXCEPTIONS = {"javax.servlet.error.exception", "jakarta.servlet.error.exception"};

    private final Object request;
    private final Handles handles;
    private final String servedPath; // within the application; null for the container's own
    private Object context;
    private boolean contextKnown;

    private ServletRequestView(Object request, Handles handles, String servedPath) {
        this.request = request;
        this.handles = handles;
        this.servedPath = servedPath;
    }

    /**
     * @param request any servlet request
     * @return its view, or {@code null} if it is no HTTP request
     */
    public static ServletRequestView of(Object request) {
        Handles handles = HANDLES.get(request.getClass());
        return handles.isHttp ? new ServletRequestView(request, handles, null) : null;
    }

    /**
     * Tells whether the request goes on asynchronously, a filter chain or a forward on another thread perhaps. Before
     * Servlet 3.0 there is no such thing.
     *
     * @return whether it belongs to a request that was let in, given that nothing woven is around it
     */
    public boolean isAsyncStarted() {
        return handles.isAsyncStarted != null && Boolean.TRUE.equals(get(handles.isAsyncStarted, request));
    }

    /** @return whether the container, or the wrapper of a filter, knows who the user is */
    public boolean hasUser() {
        try {
            return get(handles.getUserPrincipal, request) != null || get(handles.getRemoteUser, request) != null;
        } catch (RuntimeException untold) {
            return false;
        }
    }

    /** @return whether a filter was entered without the request being decided, and it has not been decided since */
    public boolean isDeferred() {
        try {
            return (Object) handles.getAttribute.invokeExact(request, DEFERRED) != null;
        } catch (Throwable untold) {
            return false;
        }
    }

    /**
     * Remembers it with the request, for its asynchronous dispatches.
     *
     * @param deferred what {@link #isDeferred} is to say
     */
    public void setDeferred(boolean deferred) {
        try {
            handles.setAttribute.invokeExact(request, DEFERRED, (Object) (deferred ? Boolean.TRUE : null));
        } catch (Throwable e) {
            throw UncheckedCall.rethrow(e);
        }
    }

    /**
     * @return the path of the request line for which the container shows an error page now, as it was sent;
     *     {@code null} if it shows none
     */
    public String errorUri() {
        Object uri = attribute("jakarta.servlet.error.request_uri");
        uri = uri == null ? attribute("javax.servlet.error.request_uri") : uri;
        return uri instanceof String ? (String) uri : null;
    }

    /** @return whether the error page that is shown now says that somebody has to log in, or may not be here */
    public boolean isLoginError() {
        Object status = attribute("jakarta.servlet.error.status_code");
        status = status == null ? attribute("javax.servlet.error.status_code") : status;
        return status instanceof Integer && ((Integer) status == 401 || (Integer) status == 403);
    }

    private Object attribute(String name) {
        try {
            return (Object) handles.getAttribute.invokeExact(request, name);
        } catch (Throwable e) {
            throw UncheckedCall.rethrow(e);
        }
    }

    /** Takes the exception away that a container keeps, to answer the request with it in the end. */
    public void forgetError() {
        for (String name : EXCEPTIONS) {
            try {
                handles.removeAttribute.invokeExact(request, name);
            } catch (Throwable untold) {
                // Tomcat has removed it, and fails on telling the application that there is none
            }
        }
    }

    @Override
    public String method() {
        return text(handles.getMethod);
    }

    @Override
    public String path() {
        String path = contextPath() + pathInContext();
        return path.startsWith("/") ? path : "/" + path;
    }

    private String pathInContext() {
        return text(handles.getServletPath) + text(handles.getPathInfo);
    }

    /** The request's own is what the client sent: on Tomcat {@code /a/../shop} as well as {@code /sh%6Fp}. */
    @Override
    public String contextPath() {
        Object context = context();
        return context == null
                ? text(handles.getContextPath)
                : ContextHandles.of(context).path(context);
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
            throw UncheckedCall.rethrow(e);
        }
    }

    @Override
    public List<String> headers(String name) {
        if (ContainerRequest.isForwarding(name)) {
            return ContainerRequest.of(request).headers(name);
        }
        try {
            return ContainerRequest.list((Enumeration<?>) handles.getHeaders.invokeExact(request, name));
        } catch (Throwable e) {
            throw UncheckedCall.rethrow(e);
        }
    }

    @Override
    public String requestUri() {
        return text(handles.getRequestUri);
    }

    @Override
    public String query() {
        return (String) get(handles.getQueryString, request);
    }

    @Override
    public String remoteAddress() {
        return ContainerRequest.of(request).remoteAddress();
    }

    @Override
    public boolean isSecure() {
        return (Boolean) get(handles.isSecure, request);
    }

    @Override
    public boolean isUserInRole(String role) {
        try {
            return (boolean) handles.isUserInRole.invokeExact(request, role);
        } catch (Throwable e) {
            throw UncheckedCall.rethrow(e);
        }
    }

    /** Told by the container since Servlet 4; before, found in the registrations. */
    @Override
    public String servletName() {
        Object mapping = handles.getHttpServletMapping == null || servedPath != null
                ? null
                : get(handles.getHttpServletMapping, request);
        String told =
                mapping == null ? null : MAPPED_SERVLET.get(mapping.getClass()).name(mapping);
        if (told != null && !told.isEmpty()) {
            return told;
        }
        Object context = context();
        return context == null
                ? null
                : ServletRegistrations.of(context).servletFor(servedPath == null ? pathInContext() : servedPath);
    }

    @Override
    public RequestView servedAt(String path) {
        String contextPath = contextPath();
        boolean isWithin = path.startsWith(contextPath + "/") && context() != null;
        return isWithin ? new ServletRequestView(request, handles, path.substring(contextPath.length())) : null;
    }

    @Override
    public String servletClass() {
        Object context = context();
        String name = context == null ? null : servletName();
        return name == null ? null : ServletRegistrations.of(context).className(name);
    }

    @Override
    public Collection<String> servletAnnotations() {
        String name = servletClass();
        if (name == null) {
            return Collections.<String>emptySet();
        }
        Object context = context();
        return ServletRegistrations.of(context)
                .annotations(name, ContextHandles.of(context).loader(context));
    }

    /**
     * {@inheritDoc}
     *
     * <p>Reading requests only: a default servlet may be told to let clients write. No WebSocket either, whose end
     * points hide in a filter.
     */
    @Override
    public boolean isUnmapped() {
        Object context = context();
        if (context == null || !isPlainReading()) {
            return false;
        }
        ServletRegistrations registrations = ServletRegistrations.of(context);
        String name = servletName();
        String path = pathInContext();
        return name != null
                && isDefaultServlet(registrations.className(name))
                && !registrations.isFiltered(path, name)
                && !ContextHandles.of(context).hasResource(context, path);
    }

    private boolean isPlainReading() {
        return (method().equals("GET") || method().equals("HEAD")) && header("Upgrade") == null;
    }

    /** The containers' own; a servlet of the application that is mapped to "/" serves what it likes. */
    private static boolean isDefaultServlet(String className) {
        return className != null
                && (className.equals("org.apache.catalina.servlets.DefaultServlet")
                        || className.equals("io.undertow.servlet.handlers.DefaultServlet")
                        || className.startsWith("org.eclipse.jetty.") && className.endsWith(".DefaultServlet"));
    }

    /** The application that the request is for; {@code null} before Servlet 3.0. */
    private Object context() {
        if (!contextKnown) {
            contextKnown = true;
            context = handles.getServletContext == null ? null : get(handles.getServletContext, request);
        }
        return context;
    }

    /** @return whether the client sends a body over HTTP/1, where the next request waits behind it */
    boolean hasBodyOnHttp1() {
        if (!text(handles.getProtocol).startsWith("HTTP/1")) {
            return false;
        }
        String length = header("Content-Length");
        return length != null && !length.equals("0") || header("Transfer-Encoding") != null;
    }

    /**
     * @return whether its body may not have come with its head: of ten thousand bytes and more, or of unknown length
     */
    boolean hasLargeBody() {
        String length = header("Content-Length");
        return length == null || length.length() > 4;
    }

    private String text(MethodHandle getter) {
        Object value = get(getter, request);
        return value == null ? "" : (String) value;
    }

    private static final class Handles {
        final boolean isHttp;
        final MethodHandle isAsyncStarted;
        final MethodHandle getMethod;
        final MethodHandle getProtocol;
        final MethodHandle getServerName;
        final MethodHandle getContextPath;
        final MethodHandle getServletPath;
        final MethodHandle getPathInfo;
        final MethodHandle getHeader;
        final MethodHandle getHeaders;
        final MethodHandle removeAttribute;
        final MethodHandle getRequestUri;
        final MethodHandle getQueryString;
        final MethodHandle isSecure;
        final MethodHandle isUserInRole;
        final MethodHandle getUserPrincipal;
        final MethodHandle getRemoteUser;
        final MethodHandle getAttribute;
        final MethodHandle setAttribute;
        final MethodHandle getServletContext;
        final MethodHandle getHttpServletMapping;

        Handles(ServletMethods api) {
            isHttp = api.isPresent();
            isAsyncStarted = getter(api, "isAsyncStarted");
            getMethod = getter(api, "getMethod");
            getProtocol = getter(api, "getProtocol");
            getServerName = getter(api, "getServerName");
            getContextPath = getter(api, "getContextPath");
            getServletPath = getter(api, "getServletPath");
            getPathInfo = getter(api, "getPathInfo");
            getHeader = api.method("getHeader", methodType(String.class, Object.class, String.class), String.class);
            getHeaders =
                    api.method("getHeaders", methodType(Enumeration.class, Object.class, String.class), String.class);
            removeAttribute =
                    api.method("removeAttribute", methodType(void.class, Object.class, String.class), String.class);
            getRequestUri = getter(api, "getRequestURI");
            getQueryString = getter(api, "getQueryString");
            isSecure = getter(api, "isSecure");
            getUserPrincipal = getter(api, "getUserPrincipal");
            getRemoteUser = getter(api, "getRemoteUser");
            getAttribute =
                    api.method("getAttribute", methodType(Object.class, Object.class, String.class), String.class);
            setAttribute = api.method(
                    "setAttribute",
                    methodType(void.class, Object.class, String.class, Object.class),
                    String.class,
                    Object.class);
            isUserInRole =
                    api.method("isUserInRole", methodType(boolean.class, Object.class, String.class), String.class);
            getServletContext = getter(api, "getServletContext");
            getHttpServletMapping = getter(api, "getHttpServletMapping");
        }

        private static MethodHandle getter(ServletMethods api, String name) {
            return api.method(name, methodType(Object.class, Object.class));
        }
    }

    private static final class MappingHandles {
        private final MethodHandle getServletName;

        MappingHandles(ServletMethods api) {
            getServletName = Handles.getter(api, "getServletName");
        }

        String name(Object mapping) {
            try {
                return getServletName == null ? null : (String) (Object) getServletName.invokeExact(mapping);
            } catch (Throwable e) {
                throw UncheckedCall.rethrow(e);
            }
        }
    }
}
