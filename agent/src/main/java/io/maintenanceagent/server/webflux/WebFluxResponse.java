package io.maintenanceagent.server.webflux;

import static java.lang.invoke.MethodType.methodType;

import io.maintenanceagent.api.RequestView;
import io.maintenanceagent.response.KeptHeaders;
import io.maintenanceagent.response.RenderedResponse;
import io.maintenanceagent.server.ResponseSink;
import io.maintenanceagent.server.ServerType;
import io.maintenanceagent.server.UncheckedCall;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Spring's {@code ServerHttpResponse}. What is sent is a {@code Mono}, and comes to the client when it is subscribed
 * to.
 */
final class WebFluxResponse implements ResponseSink {

    private static final ClassValue<Handles> HANDLES = new ClassValue<Handles>() {
        @Override
        protected Handles computeValue(Class<?> type) {
            return new Handles(ServerType.of(type, "org.springframework.http.server.reactive.ServerHttpResponse"));
        }
    };

    private final Object response;
    private final Handles handles;
    private Object answer;

    WebFluxResponse(Object response) {
        this.response = response;
        this.handles = HANDLES.get(response.getClass());
    }

    /** A {@code Mono<Void>} that sends what was put into the response, or leaves alone what is sent already. */
    Object answer() {
        return answer == null ? UncheckedCall.get(handles.setComplete, response) : answer;
    }

    @Override
    public boolean isCommitted() {
        return (Boolean) UncheckedCall.get(handles.isCommitted, response);
    }

    @Override
    public void setHeader(String name, String value) {
        handles.headers.set(UncheckedCall.get(handles.getHeaders, response), name, value);
    }

    /** {@inheritDoc} The status as well: an application may rely on there being none. */
    @Override
    public void reset() {
        handles.headers.clear(UncheckedCall.get(handles.getHeaders, response));
        handles.status.set(response, null);
        answer = null;
    }

    /** {@inheritDoc} The server itself sees to a body that nobody has read. */
    @Override
    public void send(RequestView request, RenderedResponse reply) {
        Object headers = UncheckedCall.get(handles.getHeaders, response);
        List<String> all = KeptHeaders.with(handles.headers.all(headers), reply.headers());
        handles.headers.clear(headers);
        handles.status.set(response, reply.status());
        for (int i = 0; i < all.size(); i += 2) {
            handles.headers.add(headers, all.get(i), all.get(i + 1));
        }
        byte[] body = reply.body();
        if (body != null) {
            handles.headers.set(headers, "Content-Type", reply.contentType());
            handles.headers.set(headers, "Content-Length", Integer.toString(body.length));
        }
        answer = body == null || body.length == 0 || request.method().equals("HEAD")
                ? UncheckedCall.get(handles.setComplete, response)
                : write(body.clone()); // Spring's buffers may be written to
    }

    private Object write(byte[] body) {
        try {
            Object buffer = (Object) handles.wrap.invokeExact(UncheckedCall.get(handles.bufferFactory, response), body);
            return (Object) handles.writeWith.invokeExact(response, (Object) handles.just.invokeExact(buffer));
        } catch (Throwable e) {
            throw UncheckedCall.rethrow(e);
        }
    }

    private static final class Handles {
        final MethodHandle isCommitted;
        final MethodHandle getHeaders;
        final MethodHandle setComplete;
        final MethodHandle bufferFactory;
        final MethodHandle wrap;
        final MethodHandle just;
        final MethodHandle writeWith;
        final ResponseStatus status;
        final Headers headers;

        Handles(ServerType response) {
            isCommitted = response.method("isCommitted", methodType(Object.class, Object.class));
            getHeaders = response.method("getHeaders", methodType(Object.class, Object.class));
            setComplete = response.method("setComplete", methodType(Object.class, Object.class));
            bufferFactory = response.method("bufferFactory", methodType(Object.class, Object.class));
            wrap = response.neighbour("org.springframework.core.io.buffer.DataBufferFactory")
                    .method("wrap", methodType(Object.class, Object.class, byte[].class), byte[].class);
            just = response.neighbour("reactor.core.publisher.Mono")
                    .method("just", methodType(Object.class, Object.class), Object.class);
            writeWith = response.method(
                    "writeWith",
                    methodType(Object.class, Object.class, Object.class),
                    response.neighbour("org.reactivestreams.Publisher").type());
            status = ResponseStatus.of(response);
            headers = new Headers(response.neighbour("org.springframework.http.HttpHeaders"));
        }
    }

    /** Spring's {@code HttpHeaders}, which are a map before Spring 7. */
    private static final class Headers {
        private final MethodHandle set;
        private final MethodHandle add;
        private final MethodHandle clear;
        private final MethodHandle forEach;

        Headers(ServerType headers) {
            Class<?> text = String.class;
            set = headers.method("set", methodType(void.class, Object.class, text, text), text, text);
            add = headers.method("add", methodType(void.class, Object.class, text, text), text, text);
            clear = headers.method("clear", methodType(void.class, Object.class));
            forEach =
                    headers.method("forEach", methodType(void.class, Object.class, BiConsumer.class), BiConsumer.class);
        }

        void set(Object headers, String name, String value) {
            try {
                set.invokeExact(headers, name, value);
            } catch (Throwable e) {
                throw UncheckedCall.rethrow(e);
            }
        }

        void add(Object headers, String name, String value) {
            try {
                add.invokeExact(headers, name, value);
            } catch (Throwable e) {
                throw UncheckedCall.rethrow(e);
            }
        }

        void clear(Object headers) {
            try {
                clear.invokeExact(headers);
            } catch (Throwable e) {
                throw UncheckedCall.rethrow(e);
            }
        }

        /** Names and values in turn. */
        List<String> all(Object headers) {
            Collector collector = new Collector();
            try {
                forEach.invokeExact(headers, (BiConsumer<?, ?>) collector);
            } catch (Throwable e) {
                throw UncheckedCall.rethrow(e);
            }
            return collector.all;
        }
    }

    private static final class Collector implements BiConsumer<String, List<String>> {
        final List<String> all = new ArrayList<String>();

        @Override
        public void accept(String name, List<String> values) {
            for (String value : values) {
                all.add(name);
                all.add(value);
            }
        }
    }
}
