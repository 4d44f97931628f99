package io.maintenanceagent.server.grpc;

import static java.lang.invoke.MethodType.methodType;

import io.maintenanceagent.server.ServerType;
import io.maintenanceagent.server.UncheckedCall;
import java.io.InputStream;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** How a stream of a gRPC server is asked, and closed. */
final class GrpcMethods {

    private static final String STREAM = "io.grpc.internal.ServerStream";

    private static final ClassValue<GrpcMethods> HANDLES = new ClassValue<GrpcMethods>() {
        @Override
        protected GrpcMethods computeValue(Class<?> type) {
            return new GrpcMethods(ServerType.of(type, STREAM));
        }
    };

    private final MethodHandle getAuthority;
    private final MethodHandle getAttributes;
    private final MethodHandle attribute;
    private final MethodHandle keyOf;
    private final MethodHandle getAll;
    private final MethodHandle put;
    private final MethodHandle newMetadata;
    private final MethodHandle withDescription;
    private final MethodHandle setListener;
    private final MethodHandle close;
    private final Object marshaller;
    private final Object remoteAddressKey;
    private final Object sslSessionKey;
    private final Object unavailable;
    private final Object noListener;

    private GrpcMethods(ServerType stream) {
        getAuthority = stream.method("getAuthority", methodType(Object.class, Object.class));
        getAttributes = stream.method("getAttributes", methodType(Object.class, Object.class));
        ServerType key = stream.neighbour("io.grpc.Attributes$Key");
        attribute = stream.neighbour("io.grpc.Attributes")
                .method("get", methodType(Object.class, Object.class, Object.class), key.type());
        ServerType metadata = stream.neighbour("io.grpc.Metadata");
        ServerType name = stream.neighbour("io.grpc.Metadata$Key");
        Class<?> ascii = stream.neighbour("io.grpc.Metadata$AsciiMarshaller").type();
        keyOf = name.method("of", methodType(Object.class, String.class, Object.class), String.class, ascii);
        getAll = metadata.method("getAll", methodType(Object.class, Object.class, Object.class), name.type());
        put = metadata.method(
                "put", methodType(void.class, Object.class, Object.class, Object.class), name.type(), Object.class);
        newMetadata = metadata.constructor();
        ServerType status = stream.neighbour("io.grpc.Status");
        withDescription =
                status.method("withDescription", methodType(Object.class, Object.class, String.class), String.class);
        ServerType listener = stream.neighbour("io.grpc.internal.ServerStreamListener");
        setListener = stream.method("setListener", methodType(void.class, Object.class, Object.class), listener.type());
        close = stream.method(
                "close",
                methodType(void.class, Object.class, Object.class, Object.class),
                status.type(),
                metadata.type());
        marshaller = constant(metadata, "ASCII_STRING_MARSHALLER");
        ServerType grpc = stream.neighbour("io.grpc.Grpc");
        remoteAddressKey = constant(grpc, "TRANSPORT_ATTR_REMOTE_ADDR");
        sslSessionKey = constant(grpc, "TRANSPORT_ATTR_SSL_SESSION");
        unavailable = constant(status, "UNAVAILABLE");
        MethodHandle next = stream.neighbour("io.grpc.internal.StreamListener$MessageProducer")
                .method("next", methodType(Object.class, Object.class));
        noListener = Proxy.newProxyInstance(
                listener.type().getClassLoader(), new Class<?>[] {listener.type()}, new NoListener(next));
    }

    static GrpcMethods of(Object stream) {
        return HANDLES.get(stream.getClass());
    }

    private static Object constant(ServerType type, String name) {
        try {
            return type.type().getField(name).get(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@code null} if it is not known. */
    String authority(Object stream) {
        return (String) UncheckedCall.get(getAuthority, stream);
    }

    /** {@code null} if there is none. */
    Object remoteAddress(Object stream) {
        return attribute(stream, remoteAddressKey);
    }

    boolean isSecure(Object stream) {
        return attribute(stream, sslSessionKey) != null;
    }

    private Object attribute(Object stream, Object key) {
        try {
            return (Object) attribute.invokeExact(UncheckedCall.get(getAttributes, stream), key);
        } catch (Throwable e) {
            throw UncheckedCall.rethrow(e);
        }
    }

    /** Values of ASCII headers; none of binary ones, and of names that gRPC does not allow. */
    List<String> headers(Object metadata, String name) {
        Object values;
        try {
            values = (Object) getAll.invokeExact(metadata, (Object) keyOf.invokeExact(name, marshaller));
        } catch (IllegalArgumentException notAllowed) {
            return Collections.emptyList();
        } catch (Throwable e) {
            throw UncheckedCall.rethrow(e);
        }
        if (values == null) {
            return Collections.emptyList();
        }
        List<String> all = new ArrayList<String>();
        for (Object value : (Iterable<?>) values) {
            all.add((String) value);
        }
        return all;
    }

    /**
     * Closes a stream that nothing was done with, as a server does that has not the method.
     *
     * @param text the status's, or {@code null}
     * @param retryAfter in seconds, or {@code null}
     * @param headers names and values in turn, for the trailers; those are left out that gRPC does not allow
     */
    void close(Object stream, String text, String retryAfter, List<String> headers) {
        try {
            Object trailers = (Object) newMetadata.invokeExact();
            for (int i = 0; i < headers.size(); i += 2) {
                put(trailers, headers.get(i), headers.get(i + 1));
            }
            if (retryAfter != null) {
                put(trailers, "grpc-retry-pushback-ms", retryAfter + "000");
            }
            Object status = (Object) withDescription.invokeExact(unavailable, text);
            setListener.invokeExact(stream, noListener);
            close.invokeExact(stream, status, trailers);
        } catch (Throwable e) {
            throw UncheckedCall.rethrow(e);
        }
    }

    private void put(Object trailers, String name, String value) throws Throwable {
        Object key;
        try {
            key = (Object) keyOf.invokeExact(name, marshaller);
        } catch (IllegalArgumentException notAllowed) {
            return;
        }
        put.invokeExact(trailers, key, (Object) value);
    }

    /** Does nothing, and drops what the client sends. */
    private static final class NoListener implements InvocationHandler {
        private final MethodHandle next;

        NoListener(MethodHandle next) {
            this.next = next;
        }

        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
            if (method.getName().equals("messagesAvailable")) {
                for (InputStream message = next(arguments[0]); message != null; message = next(arguments[0])) {
                    message.close();
                }
            } else if (method.getName().equals("toString")) {
                return "maintenance";
            }
            return null; // nobody asks whether two of them are equal
        }

        private InputStream next(Object messages) {
            return (InputStream) UncheckedCall.get(next, messages);
        }
    }
}
