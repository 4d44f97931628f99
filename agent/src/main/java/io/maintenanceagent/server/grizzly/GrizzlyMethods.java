package io.maintenanceagent.server.grizzly;

import static java.lang.invoke.MethodType.methodType;

import io.maintenanceagent.server.ServerType;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;

/** How Grizzly's request is asked, and its response answered. */
final class GrizzlyMethods {

    private static final String API = "org.glassfish.grizzly.http.server.";

    private static final ClassValue<GrizzlyMethods> HANDLES = new ClassValue<GrizzlyMethods>() {
        @Override
        protected GrizzlyMethods computeValue(Class<?> type) {
            return new GrizzlyMethods(ServerType.of(type, API + "Request"));
        }
    };

    final MethodHandle getMethod;
    final MethodHandle getRequestUri;
    final MethodHandle getQueryString;
    final MethodHandle getServerName;
    final MethodHandle getRemoteAddress;
    final MethodHandle isSecure;
    final MethodHandle getHeader;
    final MethodHandle getHeaders;
    final MethodHandle isCommitted;
    final MethodHandle reset;
    final MethodHandle setStatus;
    final MethodHandle setHeader;
    final MethodHandle addHeader;
    final MethodHandle setContentType;
    final MethodHandle setContentLength;
    final MethodHandle getHeaderNames;
    final MethodHandle getHeaderValues;
    final MethodHandle getOutputStream;

    private GrizzlyMethods(ServerType request) {
        getMethod = getter(request, "getMethod");
        getRequestUri = getter(request, "getRequestURI");
        getQueryString = getter(request, "getQueryString");
        getServerName = getter(request, "getServerName");
        getRemoteAddress = getter(request, "getRemoteAddr");
        isSecure = getter(request, "isSecure");
        MethodType named = methodType(Object.class, Object.class, String.class);
        getHeader = request.method("getHeader", named, String.class);
        getHeaders = request.method("getHeaders", named, String.class);
        ServerType response = request.neighbour(API + "Response");
        isCommitted = getter(response, "isCommitted");
        reset = getter(response, "reset");
        setStatus = response.method("setStatus", methodType(void.class, Object.class, int.class), int.class);
        MethodType set = methodType(void.class, Object.class, String.class, String.class);
        setHeader = response.method("setHeader", set, String.class, String.class);
        addHeader = response.method("addHeader", set, String.class, String.class);
        setContentType =
                response.method("setContentType", methodType(void.class, Object.class, String.class), String.class);
        setContentLength =
                response.method("setContentLength", methodType(void.class, Object.class, int.class), int.class);
        getHeaderNames = getter(response, "getHeaderNames");
        getHeaderValues = response.method("getHeaderValues", named, String.class);
        getOutputStream = getter(response, "getOutputStream");
    }

    static GrizzlyMethods of(Object request) {
        return HANDLES.get(request.getClass());
    }

    private static MethodHandle getter(ServerType type, String name) {
        return type.method(name, methodType(Object.class, Object.class));
    }
}
