package io.maintenanceagent.server.servlet;

import static java.lang.invoke.MethodType.methodType;

import io.maintenanceagent.server.UncheckedCall;
import java.lang.invoke.MethodHandle;
import java.util.Locale;

/**
 * A response that goes on until somebody ends it: asynchronous, and of events that a server sends (HTML, "Server-sent
 * events"). Ended as an application would, from any thread; its listeners are told. Stateless.
 */
public final class EventStream {

    private static final String TYPE = "text/event-stream";

    private static final ClassValue<Handles> HANDLES = new ClassValue<Handles>() {
        @Override
        protected Handles computeValue(Class<?> type) {
            return new Handles(type);
        }
    };

    private EventStream() {}

    /**
     * Tells whether a request is answered by an event stream now.
     *
     * @param request the container's request, or whatever else a server knows one by
     */
    public static boolean is(Object request) {
        return context(request) != null;
    }

    /**
     * Ends the stream, if it is one still.
     *
     * @param request the container's request
     * @return whether it was
     */
    public static boolean end(Object request) {
        Object context = context(request);
        if (context == null) {
            return false;
        }
        try {
            HANDLES.get(context.getClass()).complete.invokeExact(context);
            return true;
        } catch (IllegalStateException ended) {
            return false; // by the application or the container, a moment ago
        } catch (Throwable e) {
            throw UncheckedCall.rethrow(e);
        }
    }

    private static Object context(Object request) {
        Handles handles = HANDLES.get(request.getClass());
        try {
            if (handles.isAsyncStarted == null || !(boolean) handles.isAsyncStarted.invokeExact(request)) {
                return null;
            }
            Object context = UncheckedCall.get(handles.getAsyncContext, request);
            Object response = UncheckedCall.get(HANDLES.get(context.getClass()).getResponse, context);
            Object type = UncheckedCall.get(HANDLES.get(response.getClass()).getContentType, response);
            return type != null && ((String) type).toLowerCase(Locale.ROOT).startsWith(TYPE) ? context : null;
        } catch (IllegalStateException | NullPointerException ended) {
            return null; // while it was looked at
        } catch (Throwable e) {
            throw UncheckedCall.rethrow(e);
        }
    }

    /** Of a request, of its context, or of a response. */
    private static final class Handles {
        final MethodHandle isAsyncStarted; // null if it is no request
        final MethodHandle getAsyncContext;
        final MethodHandle getResponse;
        final MethodHandle complete;
        final MethodHandle getContentType;

        Handles(Class<?> type) {
            ServletMethods request = ServletMethods.of(type, "servlet.ServletRequest");
            ServletMethods context = ServletMethods.of(type, "servlet.AsyncContext");
            ServletMethods response = ServletMethods.of(type, "servlet.ServletResponse");
            isAsyncStarted = request.method("isAsyncStarted", methodType(boolean.class, Object.class));
            getAsyncContext = request.method("getAsyncContext", methodType(Object.class, Object.class));
            getResponse = context.method("getResponse", methodType(Object.class, Object.class));
            complete = context.method("complete", methodType(void.class, Object.class));
            getContentType = response.method("getContentType", methodType(Object.class, Object.class));
        }
    }
}
