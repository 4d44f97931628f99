package io.maintenanceagent.server.vertx;

import static io.maintenanceagent.server.UncheckedCall.get;
import static java.lang.invoke.MethodType.methodType;

import io.maintenanceagent.api.RequestView;
import io.maintenanceagent.response.KeptHeaders;
import io.maintenanceagent.response.RenderedResponse;
import io.maintenanceagent.server.ResponseSink;
import io.maintenanceagent.server.ServerType;
import io.maintenanceagent.server.UncheckedCall;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Vert.x's {@code HttpServerResponse}. */
final class VertxResponse implements ResponseSink {

    private static final ClassValue<Handles> HANDLES = new ClassValue<Handles>() {
        @Override
        protected Handles computeValue(Class<?> type) {
            return new Handles(ServerType.of(type, "io.vertx.core.http.HttpServerResponse"));
        }
    };

    private final Object request;
    private final Object response;
    private final Handles handles;

    VertxResponse(Object request, Object response) {
        this.request = request;
        this.response = response;
        this.handles = HANDLES.get(response.getClass());
    }

    Object headers() {
        return get(handles.headers, response);
    }

    @Override
    public boolean isCommitted() {
        return (Boolean) get(handles.headWritten, response)
                || (Boolean) get(handles.ended, response)
                || (Boolean) get(handles.closed, response);
    }

    @Override
    public void setHeader(String name, String value) {
        handles.put(handles.set, headers(), name, value);
    }

    @Override
    public void reset() {
        get(handles.clear, headers());
        handles.status(response, 200);
    }

    /**
     * {@inheritDoc} Vert.x drops a body that nobody has read, unless the request is paused. The response ends when the
     * event loop comes to it again: the next pipelined request may begin there, which is not within this one.
     */
    @Override
    public void send(RequestView asked, RenderedResponse reply) {
        Object headers = headers();
        List<String> all = KeptHeaders.with(handles.all(headers), reply.headers());
        get(handles.clear, headers);
        handles.status(response, reply.status());
        for (int i = 0; i < all.size(); i += 2) {
            handles.put(handles.add, headers, all.get(i), all.get(i + 1));
        }
        byte[] body = reply.body();
        if (body != null) {
            setHeader("Content-Type", reply.contentType());
            setHeader("Content-Length", Integer.toString(body.length));
        }
        boolean isEmpty = body == null || asked.method().equals("HEAD");
        handles.later(new End(isEmpty ? new byte[0] : body));
    }

    /** Vert.x's {@code Handler}. */
    private final class End implements InvocationHandler {
        private final byte[] body;

        End(byte[] body) {
            this.body = body;
        }

        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) {
            if (method.getName().equals("handle")) {
                end();
            }
            return null; // nobody asks whether two of them are equal
        }

        void end() {
            if (isCommitted()) {
                return; // the client is gone
            }
            handles.end(response, body);
            VertxMethods.of(request).resume(request);
        }
    }

    private static final class Handles {
        final MethodHandle headers;
        final MethodHandle headWritten;
        final MethodHandle ended;
        final MethodHandle closed;
        final MethodHandle clear;
        final MethodHandle set;
        final MethodHandle add;
        private final MethodHandle entries;
        private final MethodHandle setStatusCode;
        private final MethodHandle buffer;
        private final MethodHandle end;
        private final MethodHandle currentContext;
        private final MethodHandle runOnContext;
        private final Class<?> handler;

        Handles(ServerType response) {
            headers = getter(response, "headers");
            headWritten = getter(response, "headWritten");
            ended = getter(response, "ended");
            closed = getter(response, "closed");
            setStatusCode =
                    response.method("setStatusCode", methodType(void.class, Object.class, int.class), int.class);
            ServerType map = response.neighbour("io.vertx.core.MultiMap");
            clear = getter(map, "clear");
            entries = getter(map, "entries");
            Class<?> text = String.class;
            set = map.method("set", methodType(void.class, Object.class, text, text), text, text);
            add = map.method("add", methodType(void.class, Object.class, text, text), text, text);
            ServerType bytes = response.neighbour("io.vertx.core.buffer.Buffer");
            buffer = bytes.method("buffer", methodType(Object.class, byte[].class), byte[].class);
            end = response.method("end", methodType(void.class, Object.class, Object.class), bytes.type());
            handler = response.neighbour("io.vertx.core.Handler").type();
            currentContext =
                    response.neighbour("io.vertx.core.Vertx").method("currentContext", methodType(Object.class));
            runOnContext = response.neighbour("io.vertx.core.Context")
                    .method("runOnContext", methodType(void.class, Object.class, Object.class), handler);
        }

        private static MethodHandle getter(ServerType type, String name) {
            return type.method(name, methodType(Object.class, Object.class));
        }

        void put(MethodHandle setter, Object headers, String name, String value) {
            try {
                setter.invokeExact(headers, name, value);
            } catch (Throwable e) {
                throw UncheckedCall.rethrow(e);
            }
        }

        void status(Object response, int status) {
            try {
                setStatusCode.invokeExact(response, status);
            } catch (Throwable e) {
                throw UncheckedCall.rethrow(e);
            }
        }

        void end(Object response, byte[] body) {
            try {
                end.invokeExact(response, (Object) buffer.invokeExact(body.clone())); // Vert.x wraps what it is given
            } catch (Throwable e) {
                throw UncheckedCall.rethrow(e);
            }
        }

        /** Runs it when the thread's event loop comes to it, or now if the thread is none. */
        void later(End last) {
            try {
                Object context = (Object) currentContext.invokeExact();
                if (context == null) {
                    last.end();
                } else {
                    Object proxy = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, last);
                    runOnContext.invokeExact(context, proxy);
                }
            } catch (Throwable e) {
                throw UncheckedCall.rethrow(e);
            }
        }

        /** Names and values in turn. */
        List<String> all(Object headers) {
            List<String> all = new ArrayList<String>();
            for (Object entry : (Iterable<?>) get(entries, headers)) {
                all.add(String.valueOf(((Map.Entry<?, ?>) entry).getKey()));
                all.add(String.valueOf(((Map.Entry<?, ?>) entry).getValue()));
            }
            return all;
        }
    }
}
