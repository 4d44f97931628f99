package io.maintenanceagent.server.servlet;

import static java.lang.invoke.MethodType.methodType;

import io.maintenanceagent.api.RequestView;
import io.maintenanceagent.response.RenderedResponse;
import io.maintenanceagent.server.LingeringClose;
import io.maintenanceagent.server.ResponseSink;
import io.maintenanceagent.server.UncheckedCall;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandle;

/**
 * An {@code HttpServletResponse} of either namespace, and how an answer is put into it.
 *
 * <p>Never {@code sendError}, which runs the application's error page, nor an {@code UnavailableException}, which marks
 * the servlet as down. Used on the request's thread.
 */
public final class ServletResponseSink implements ResponseSink {

    private static final ClassValue<Handles> HANDLES = new ClassValue<Handles>() {
        @Override
        protected Handles computeValue(Class<?> type) {
            return new Handles(type, ServletMethods.of(type, "servlet.http.HttpServletResponse"));
        }
    };

    private final Object response;
    private final Handles handles;

    private ServletResponseSink(Object response, Handles handles) {
        this.response = response;
        this.handles = handles;
    }

    /**
     * @param response any servlet response
     * @return its view, or {@code null} if it is no HTTP response
     */
    public static ServletResponseSink of(Object response) {
        Handles handles = HANDLES.get(response.getClass());
        return handles.isHttp ? new ServletResponseSink(response, handles) : null;
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
            handles.setHeader.invokeExact(response, name, value);
        } catch (Throwable e) {
            throw UncheckedCall.rethrow(e);
        }
    }

    @Override
    public void send(int status, String... headers) {
        try {
            handles.reset.invokeExact(response);
            handles.setStatus.invokeExact(response, status);
            for (int i = 0; i < headers.length; i += 2) {
                handles.setHeader.invokeExact(response, headers[i], headers[i + 1]);
            }
            handles.setContentLength.invokeExact(response, 0);
        } catch (Throwable e) {
            throw UncheckedCall.rethrow(e);
        }
    }

    @Override
    public void reset() {
        try {
            handles.reset.invokeExact(response);
        } catch (Throwable e) {
            throw UncheckedCall.rethrow(e);
        }
    }

    @Override
    public void send(RequestView request, RenderedResponse reply) throws IOException {
        String[] headers = reply.headers();
        byte[] body = reply.body();
        try {
            handles.reset.invokeExact(response);
            handles.setStatus.invokeExact(response, reply.status());
            for (int i = 0; i < headers.length; i += 2) {
                handles.setHeader.invokeExact(response, headers[i], headers[i + 1]);
            }
            ServletRequestView http = request instanceof ServletRequestView ? (ServletRequestView) request : null;
            boolean closes = handles.closesOnUnreadBody && http != null && http.hasBodyOnHttp1();
            if (closes) {
                handles.setHeader.invokeExact(response, "Connection", "close");
            }
            if (body == null) {
                return;
            }
            handles.setContentType.invokeExact(response, reply.contentType());
            handles.setContentLength.invokeExact(response, body.length);
            if (!request.method().equals("HEAD")) {
                OutputStream out = (OutputStream) handles.getOutputStream.invokeExact(response);
                out.write(body);
                if (closes && http.hasLargeBody()) {
                    out.flush();
                    LingeringClose.SHARED.linger();
                }
            }
        } catch (Throwable e) {
            throw UncheckedCall.rethrow(e);
        }
    }

    private static final class Handles {
        final boolean isHttp;
        final MethodHandle isCommitted;
        final MethodHandle reset;
        final MethodHandle setStatus;
        final MethodHandle setHeader;
        final MethodHandle setContentType;
        final MethodHandle setContentLength;
        final MethodHandle getOutputStream;

        /**
         * Whether the server closes a connection that a body is left on, and has to be made to say so: Jetty closes
         * without a word, Tomcat closes after any 503. Undertow takes all of the body and keeps the connection, unless
         * it is told to close; then it closes so soon that a client that is still writing sees no answer.
         */
        final boolean closesOnUnreadBody;

        Handles(Class<?> type, ServletMethods api) {
            Class<?> self = Object.class;
            closesOnUnreadBody = !type.getName().startsWith("io.undertow.");
            isHttp = api.isPresent();
            isCommitted = api.method("isCommitted", methodType(boolean.class, self));
            reset = api.method("reset", methodType(void.class, self));
            setStatus = api.method("setStatus", methodType(void.class, self, int.class), int.class);
            setHeader = api.method(
                    "setHeader", methodType(void.class, self, String.class, String.class), String.class, String.class);
            setContentType = api.method("setContentType", methodType(void.class, self, String.class), String.class);
            setContentLength = api.method("setContentLength", methodType(void.class, self, int.class), int.class);
            getOutputStream = api.method("getOutputStream", methodType(OutputStream.class, self));
        }
    }
}
