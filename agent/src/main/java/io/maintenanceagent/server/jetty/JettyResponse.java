package io.maintenanceagent.server.jetty;

import static java.lang.invoke.MethodType.methodType;

import io.maintenanceagent.api.RequestView;
import io.maintenanceagent.response.KeptHeaders;
import io.maintenanceagent.response.RenderedResponse;
import io.maintenanceagent.server.LingeringClose;
import io.maintenanceagent.server.ResponseSink;
import io.maintenanceagent.server.ServerType;
import io.maintenanceagent.server.UncheckedCall;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;

/** A response of Jetty 12 as its core knows it, and the callback that is told when it is sent. */
final class JettyResponse implements ResponseSink {

    private static final ClassValue<Handles> HANDLES = new ClassValue<Handles>() {
        @Override
        protected Handles computeValue(Class<?> type) {
            return new Handles(ServerType.of(type, "org.eclipse.jetty.server.Response"));
        }
    };

    private final Object response;
    private final Object callback;
    private final JettyRequest request;
    private final Handles handles;

    JettyResponse(Object response, Object callback, JettyRequest request) {
        this.response = response;
        this.callback = callback;
        this.request = request;
        this.handles = HANDLES.get(response.getClass());
    }

    @Override
    public boolean isCommitted() {
        try {
            return (boolean) handles.isCommitted.invokeExact(response);
        } catch (Throwable e) {
            throw UncheckedCall.rethrow(e);
        }
    }

    @Override
    public void setHeader(String name, String value) {
        try {
            handles.put.invokeExact((Object) handles.getHeaders.invokeExact(response), name, value);
        } catch (Throwable e) {
            throw UncheckedCall.rethrow(e);
        }
    }

    private void addHeader(String name, String value) {
        try {
            handles.add.invokeExact((Object) handles.getHeaders.invokeExact(response), name, value);
        } catch (Throwable e) {
            throw UncheckedCall.rethrow(e);
        }
    }

    /** Names and values in turn of what is in the response. */
    private List<String> headers() {
        List<String> headers = new ArrayList<String>();
        try {
            for (Object field : (Iterable<?>) (Object) handles.getHeaders.invokeExact(response)) {
                headers.add((String) handles.getName.invokeExact(field));
                headers.add((String) handles.getValue.invokeExact(field));
            }
        } catch (Throwable e) {
            throw UncheckedCall.rethrow(e);
        }
        return headers;
    }

    @Override
    public void reset() {
        try {
            handles.reset.invokeExact(response);
        } catch (Throwable e) {
            throw UncheckedCall.rethrow(e);
        }
    }

    /** {@inheritDoc} Jetty itself leaves the body out where the request was HEAD. */
    @Override
    public void send(RequestView view, RenderedResponse reply) {
        begin(reply.status(), reply.headers());
        boolean closes = request.hasBodyOnHttp1();
        if (closes) {
            setHeader("Connection", "close"); // as Jetty does, without a word
        }
        byte[] body = reply.body();
        if (body != null) {
            setHeader("Content-Type", reply.contentType());
            setHeader("Content-Length", Integer.toString(body.length));
        }
        if (closes && body != null && request.hasLargeBody()) {
            flush(body);
            LingeringClose.SHARED.linger();
            end(new byte[0]);
        } else {
            end(body == null ? new byte[0] : body);
        }
    }

    private void flush(byte[] body) {
        try {
            Object written = (Object) handles.newCompletable.invokeExact();
            handles.write.invokeExact(response, false, ByteBuffer.wrap(body), written);
            ((Future<?>) written).get();
        } catch (Throwable e) {
            throw UncheckedCall.rethrow(e);
        }
    }

    private void begin(int status, String[] own) {
        List<String> headers = KeptHeaders.with(headers(), own);
        try {
            handles.reset.invokeExact(response);
            handles.setStatus.invokeExact(response, status);
        } catch (Throwable e) {
            throw UncheckedCall.rethrow(e);
        }
        for (int i = 0; i < headers.size(); i += 2) {
            if (KeptHeaders.isFirst(headers, i)) {
                setHeader(headers.get(i), headers.get(i + 1));
            } else {
                addHeader(headers.get(i), headers.get(i + 1));
            }
        }
    }

    private void end(byte[] body) {
        try {
            handles.write.invokeExact(response, true, ByteBuffer.wrap(body), callback);
        } catch (Throwable e) {
            throw UncheckedCall.rethrow(e);
        }
    }

    private static final class Handles {
        final MethodHandle isCommitted;
        final MethodHandle reset;
        final MethodHandle setStatus;
        final MethodHandle getHeaders;
        final MethodHandle put;
        final MethodHandle add;
        final MethodHandle getName;
        final MethodHandle getValue;
        final MethodHandle write;
        final MethodHandle newCompletable;

        Handles(ServerType response) {
            Class<?> self = Object.class;
            isCommitted = response.method("isCommitted", methodType(boolean.class, self));
            reset = response.method("reset", methodType(void.class, self));
            setStatus = response.method("setStatus", methodType(void.class, self, int.class), int.class);
            getHeaders = response.method("getHeaders", methodType(Object.class, self));
            put = response.neighbour("org.eclipse.jetty.http.HttpFields$Mutable")
                    .method(
                            "put",
                            methodType(void.class, self, String.class, String.class),
                            String.class,
                            String.class);
            add = response.neighbour("org.eclipse.jetty.http.HttpFields$Mutable")
                    .method(
                            "add",
                            methodType(void.class, self, String.class, String.class),
                            String.class,
                            String.class);
            ServerType field = response.neighbour("org.eclipse.jetty.http.HttpField");
            getName = field.method("getName", methodType(String.class, self));
            getValue = field.method("getValue", methodType(String.class, self));
            newCompletable = response.neighbour("org.eclipse.jetty.util.Callback$Completable")
                    .constructor();
            write = response.method(
                    "write",
                    methodType(void.class, self, boolean.class, ByteBuffer.class, self),
                    boolean.class,
                    ByteBuffer.class,
                    response.neighbour("org.eclipse.jetty.util.Callback").type());
        }
    }
}
