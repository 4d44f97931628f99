package io.maintenanceagent.server.servlet;

import static java.lang.invoke.MethodType.methodType;

import io.maintenanceagent.api.RequestView;
import io.maintenanceagent.response.KeptHeaders;
import io.maintenanceagent.response.RenderedResponse;
import io.maintenanceagent.server.LingeringClose;
import io.maintenanceagent.server.ResponseSink;
import io.maintenanceagent.server.UncheckedCall;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;

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
    private final ServletRequestView request;
    private final Handles handles;

    private ServletResponseSink(Object response, ServletRequestView request, Handles handles) {
        this.response = response;
        this.request = request;
        this.handles = handles;
    }

    /**
     * Returns the sink of a response; {@code null} if it is no HTTP response.
     *
     * @param response any servlet response
     * @param request its request, whose body stays unread; {@code null} for one that is not mapped to a servlet
     */
    public static ServletResponseSink of(Object response, ServletRequestView request) {
        Handles handles = HANDLES.get(response.getClass());
        return handles.isHttp ? new ServletResponseSink(response, request, handles) : null;
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
    public void reset() {
        try {
            handles.reset.invokeExact(response);
        } catch (Throwable e) {
            throw UncheckedCall.rethrow(e);
        }
    }

    @Override
    public void send(RequestView decided, RenderedResponse reply) throws IOException {
        byte[] body = reply.body();
        List<String> headers = KeptHeaders.with(headers(), reply.headers());
        try {
            handles.reset.invokeExact(response);
            handles.setStatus.invokeExact(response, reply.status());
            for (int i = 0; i < headers.size(); i += 2) {
                MethodHandle put = KeptHeaders.isFirst(headers, i) ? handles.setHeader : handles.addHeader;
                put.invokeExact(response, headers.get(i), headers.get(i + 1));
            }
            boolean closes = handles.closesOnUnreadBody && request != null && request.hasBodyOnHttp1();
            if (closes) {
                handles.setHeader.invokeExact(response, "Connection", "close");
            }
            if (body == null) {
                return;
            }
            handles.setContentType.invokeExact(response, reply.contentType());
            handles.setContentLength.invokeExact(response, body.length);
            if (!decided.method().equals("HEAD")) {
                OutputStream out = (OutputStream) handles.getOutputStream.invokeExact(response);
                out.write(body);
                if (closes && request.hasLargeBody()) {
                    out.flush();
                    LingeringClose.SHARED.linger();
                }
            }
        } catch (Throwable e) {
            throw UncheckedCall.rethrow(e);
        }
    }

    /** Names and values in turn of what is in the response; nothing before Servlet 3.0, which cannot be asked. */
    private List<String> headers() {
        List<String> headers = new ArrayList<String>();
        if (handles.getHeaderNames == null) {
            return headers;
        }
        try {
            // Once each: Undertow and Tomcat differ in whether a name that is there twice is told twice.
            for (Object name :
                    new LinkedHashSet<Object>((Collection<?>) handles.getHeaderNames.invokeExact(response))) {
                for (Object value : (Collection<?>) handles.getHeaders.invokeExact(response, (String) name)) {
                    headers.add((String) name);
                    headers.add((String) value);
                }
            }
        } catch (Throwable untold) {
            // A response of before Servlet 3.0 has no such method; better an answer without them than none.
        }
        return headers;
    }

    private static final class Handles {
        final boolean isHttp;
        final MethodHandle isCommitted;
        final MethodHandle reset;
        final MethodHandle setStatus;
        final MethodHandle setHeader;
        final MethodHandle addHeader;
        final MethodHandle getHeaderNames;
        final MethodHandle getHeaders;
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
            addHeader = api.method(
                    "addHeader", methodType(void.class, self, String.class, String.class), String.class, String.class);
            getHeaderNames = api.method("getHeaderNames", methodType(Collection.class, self));
            getHeaders = api.method("getHeaders", methodType(Collection.class, self, String.class), String.class);
            setContentType = api.method("setContentType", methodType(void.class, self, String.class), String.class);
            setContentLength = api.method("setContentLength", methodType(void.class, self, int.class), int.class);
            getOutputStream = api.method("getOutputStream", methodType(OutputStream.class, self));
        }
    }
}
