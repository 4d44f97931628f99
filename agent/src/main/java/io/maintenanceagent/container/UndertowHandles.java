package io.maintenanceagent.container;

import static java.lang.invoke.MethodType.methodType;

import io.maintenanceagent.servlet.Unchecked;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;

/** How Undertow's exchange is asked, and answered. */
final class UndertowHandles {

    private static final ClassValue<UndertowHandles> HANDLES = new ClassValue<UndertowHandles>() {
        @Override
        protected UndertowHandles computeValue(Class<?> type) {
            return new UndertowHandles(ContainerType.of(type, "io.undertow.server.HttpServerExchange"));
        }
    };

    final MethodHandle getRequestMethod;
    final MethodHandle getHostName;
    final MethodHandle getRequestUri;
    final MethodHandle getRequestPath;
    final MethodHandle getQueryString;
    final MethodHandle getSourceAddress;
    final MethodHandle getRequestScheme;
    final MethodHandle getRequestHeaders;
    final MethodHandle getHeader;
    final MethodHandle isResponseStarted;
    final MethodHandle getResponseHeaders;
    final MethodHandle clear;
    final MethodHandle getResponseSender;
    private final MethodHandle newName;
    private final MethodHandle put;
    private final MethodHandle setStatusCode;
    private final MethodHandle send;

    private UndertowHandles(ContainerType exchange) {
        getRequestMethod = getter(exchange, "getRequestMethod");
        getHostName = getter(exchange, "getHostName");
        getRequestUri = getter(exchange, "getRequestURI");
        getRequestPath = getter(exchange, "getRequestPath");
        getQueryString = getter(exchange, "getQueryString");
        getSourceAddress = getter(exchange, "getSourceAddress");
        getRequestScheme = getter(exchange, "getRequestScheme");
        getRequestHeaders = getter(exchange, "getRequestHeaders");
        isResponseStarted = getter(exchange, "isResponseStarted");
        getResponseHeaders = getter(exchange, "getResponseHeaders");
        getResponseSender = getter(exchange, "getResponseSender");
        ContainerType headers = exchange.neighbour("io.undertow.util.HeaderMap");
        ContainerType name = exchange.neighbour("io.undertow.util.HttpString");
        getHeader = headers.method("get", methodType(Object.class, Object.class, Object.class), String.class);
        clear = getter(headers, "clear");
        put = headers.method(
                "put", methodType(void.class, Object.class, Object.class, String.class), name.type(), String.class);
        newName = name.method("tryFromString", methodType(Object.class, String.class), String.class);
        setStatusCode = exchange.method("setStatusCode", methodType(void.class, Object.class, int.class), int.class);
        send = exchange.neighbour("io.undertow.io.Sender")
                .method("send", methodType(void.class, Object.class, ByteBuffer.class), ByteBuffer.class);
    }

    static UndertowHandles of(Object exchange) {
        return HANDLES.get(exchange.getClass());
    }

    private static MethodHandle getter(ContainerType type, String name) {
        return type.method(name, methodType(Object.class, Object.class));
    }

    Object get(MethodHandle getter, Object target, Object key) {
        try {
            return (Object) getter.invokeExact(target, key);
        } catch (Throwable e) {
            throw Unchecked.rethrow(e);
        }
    }

    void putHeader(Object headers, String name, String value) {
        try {
            put.invokeExact(headers, (Object) newName.invokeExact(name), value);
        } catch (Throwable e) {
            throw Unchecked.rethrow(e);
        }
    }

    void setStatus(Object exchange, int status) {
        try {
            setStatusCode.invokeExact(exchange, status);
        } catch (Throwable e) {
            throw Unchecked.rethrow(e);
        }
    }

    void send(Object sender, ByteBuffer body) {
        try {
            send.invokeExact(sender, body);
        } catch (Throwable e) {
            throw Unchecked.rethrow(e);
        }
    }
}
