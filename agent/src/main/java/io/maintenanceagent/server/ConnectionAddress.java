package io.maintenanceagent.server;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * The address of a connection's other end. Servers that are set to read forwarding headers tell another one as the
 * request's: Jetty and Undertow the leftmost, which any client can invent; GlassFish what {@code Proxy-ip} says. Used
 * on the request's thread.
 */
public final class ConnectionAddress {

    /**
     * Types of requests, and what is asked one after the other from there: a method, one of another type that the
     * object has ({@code type#method}), or a field that no method tells ({@code .field}). The first that is there
     * counts.
     */
    private static final String[][] WAYS = {
        {"org.apache.catalina.connector.Request", "getPeerAddr"},
        {"org.apache.catalina.connector.Request", "getCoyoteRequest", "remoteAddr", "toString"},
        {"org.apache.catalina.connector.RequestFacade", ".request", "getPeerAddr"},
        {"org.apache.catalina.connector.RequestFacade", ".request", "getCoyoteRequest", "remoteAddr", "toString"},
        // Payara, then GlassFish: Tomcat's names around Grizzly's request, which no header changes.
        {"org.apache.catalina.connector.Request", "getCoyoteRequest", "getRemoteAddr"},
        {"org.apache.catalina.connector.RequestFacade", ".request", "getCoyoteRequest", "getRemoteAddr"},
        {"org.apache.catalina.connector.Request", "getGrizzlyRequest", "getRemoteAddr"},
        {"org.apache.catalina.connector.RequestFacade", ".catalinaConnectorReqest", "getGrizzlyRequest", "getRemoteAddr"
        },
        {
            "org.eclipse.jetty.server.Request",
            "getConnectionMetaData",
            "getConnection",
            "getEndPoint",
            "getRemoteSocketAddress"
        },
        {"org.eclipse.jetty.server.Request", "getHttpChannel", "getEndPoint", "getRemoteSocketAddress"},
        {"org.eclipse.jetty.server.Request", "getHttpChannel", "getEndPoint", "getRemoteAddress"},
        {"org.eclipse.jetty.ee8.nested.Request", "getHttpChannel", "getEndPoint", "getRemoteSocketAddress"},
        {"org.eclipse.jetty.ee9.nested.Request", "getHttpChannel", "getEndPoint", "getRemoteSocketAddress"},
        {
            "org.eclipse.jetty.ee10.servlet.ServletApiRequest",
            "getRequest",
            "getConnectionMetaData",
            "getConnection",
            "getEndPoint",
            "getRemoteSocketAddress"
        },
        {
            "org.eclipse.jetty.ee11.servlet.ServletApiRequest",
            "getRequest",
            "getConnectionMetaData",
            "getConnection",
            "getEndPoint",
            "getRemoteSocketAddress"
        },
        {"io.undertow.server.HttpServerExchange", "getConnection", "getPeerAddress"},
        {"io.undertow.servlet.spec.HttpServletRequestImpl", "getExchange", "getConnection", "getPeerAddress"},
        {"com.ibm.wsspi.http.ee7.HttpInboundConnectionExtended", "getTCPConnectionContext", "getRemoteAddress"},
        {
            "com.ibm.wsspi.webcontainer.servlet.IExtendedRequest",
            "getIRequest",
            "com.ibm.websphere.servlet.request.extended.IRequestExtended#getHttpInboundConnection",
            "com.ibm.wsspi.http.ee7.HttpInboundConnectionExtended#getTCPConnectionContext",
            "getRemoteAddress"
        },
    };

    private static final ClassValue<MethodHandle> GETTERS = new ClassValue<MethodHandle>() {
        @Override
        protected MethodHandle computeValue(Class<?> request) {
            for (String[] way : WAYS) {
                ServerType type = ServerType.in(request, way[0]);
                MethodHandle getter = type == null ? null : getter(type.type(), way);
                if (getter != null) {
                    return getter;
                }
            }
            return null;
        }
    };

    private ConnectionAddress() {}

    /**
     * @param request a server's own, or a servlet request without its wrappers
     * @return the address; {@code ""} if there is none, as of a Unix domain socket; {@code null} if the server does not
     *     tell it, so that there is only what it tells as the request's
     */
    public static String of(Object request) {
        MethodHandle getter = GETTERS.get(request.getClass());
        return getter == null ? null : text(UncheckedCall.get(getter, request));
    }

    private static String text(Object address) {
        if (address instanceof InetSocketAddress) {
            return text(((InetSocketAddress) address).getAddress());
        }
        if (address instanceof InetAddress) {
            return ((InetAddress) address).getHostAddress();
        }
        return address == null || address instanceof String ? (String) address : "";
    }

    /** {@code null} if this version of the server does not go this way. */
    private static MethodHandle getter(Class<?> request, String[] way) {
        MethodHandle all = MethodHandles.identity(Object.class);
        Class<?> at = request;
        try {
            for (int i = 1; i < way.length; i++) {
                MethodHandle step = step(at, way[i]);
                at = step.type().returnType();
                all = MethodHandles.filterReturnValue(all, step.asType(methodType(Object.class, Object.class)));
            }
            return all;
        } catch (ReflectiveOperationException absent) {
            return null;
        } catch (RuntimeException inaccessible) {
            return null;
        }
    }

    private static MethodHandle step(Class<?> at, String name) throws ReflectiveOperationException {
        if (name.startsWith(".")) {
            Field field = at.getDeclaredField(name.substring(1));
            field.setAccessible(true);
            return MethodHandles.lookup().unreflectGetter(field);
        }
        int type = name.indexOf('#');
        Class<?> owner = type < 0 ? at : Class.forName(name.substring(0, type), false, at.getClassLoader());
        Method method = owner.getMethod(name.substring(type + 1));
        return MethodHandles.publicLookup().unreflect(method);
    }
}
