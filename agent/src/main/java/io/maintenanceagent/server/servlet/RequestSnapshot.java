package io.maintenanceagent.server.servlet;

import static java.lang.invoke.MethodType.methodType;

import io.maintenanceagent.api.RequestView;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * What is kept of a request while it runs. The request object belongs to its thread, and to another request as soon as
 * this one is over: reading it from elsewhere can damage what the container makes of it (Tomcat converts texts when
 * they are first asked for). So its thread writes down at the beginning what is cheap to have; address, headers and
 * roles are not among it. Immutable; safe for any thread.
 */
public final class RequestSnapshot implements RequestView {

    private static final ClassValue<Reader> READERS = new ClassValue<Reader>() {
        @Override
        protected Reader computeValue(Class<?> type) {
            return new Reader(type);
        }
    };

    /** The one that was used last, and mostly is used next: a class value's own cache takes longer to look at. */
    private static volatile WeakReference<Reader> latest = new WeakReference<Reader>(null);

    private final String dispatcher;
    private final String method;
    private final String requestUri;
    private final String host;
    private final Object context;
    private final String contextPath;

    /** Called by a method handle. */
    RequestSnapshot(
            Object dispatcher, Object method, Object requestUri, Object host, Object context, Object contextPath) {
        this.dispatcher = dispatcher == null ? "REQUEST" : ((Enum<?>) dispatcher).name();
        this.method = text(method);
        this.requestUri = text(requestUri);
        this.host = text(host);
        this.context = context;
        this.contextPath = text(contextPath);
    }

    /**
     * @param request any servlet request, on its thread
     * @return what is kept of it; {@code null} if it is no HTTP request
     */
    public static RequestSnapshot of(Object request) {
        MethodHandle read = reader(request.getClass()).read;
        if (read == null) {
            return null;
        }
        try {
            return (RequestSnapshot) read.invokeExact(request);
        } catch (RuntimeException malformed) {
            // A host, say, that the container fails on: the request is to be decided all the same.
            return new RequestSnapshot(null, null, null, null, null, null);
        } catch (Throwable e) {
            throw UncheckedCall.rethrow(e);
        }
    }

    private static Reader reader(Class<?> type) {
        Reader reader = latest.get();
        if (reader == null || reader.type != type) {
            reader = READERS.get(type);
            latest = reader.weak;
        }
        return reader;
    }

    /**
     * @param request a request at an entry of the container's own
     * @return what is kept of it
     */
    public static RequestSnapshot copy(RequestView request) {
        return new RequestSnapshot(
                null, request.method(), request.requestUri(), request.host(), null, request.contextPath());
    }

    private static String text(Object value) {
        return value == null ? "" : (String) value;
    }

    /**
     * Tells whether the container has just begun this request, or shows something of its own in its place (Tomcat
     * forwards to a FORM login page before any filter runs), or runs a part of it on another thread. Before Servlet 3.0
     * there is nothing else.
     *
     * @return {@code false} for error pages, includes, and what was dispatched asynchronously
     */
    public boolean mayBegin() {
        return dispatcher.equals("REQUEST") || dispatcher.equals("FORWARD");
    }

    /** @return whether this is what was dispatched asynchronously of a request that has begun before */
    public boolean isAsync() {
        return dispatcher.equals("ASYNC");
    }

    @Override
    public String method() {
        return method;
    }

    /** Decoded from what was sent; where that and the container's reading differ, the path is ambiguous anyway. */
    @Override
    public String path() {
        return decoded(requestUri);
    }

    /**
     * @param requestUri a path as it was sent
     * @return what it says without {@code ;parameters} at its end; the same if it cannot be decoded
     */
    public static String decoded(String requestUri) {
        if (requestUri.indexOf('%') < 0 && requestUri.indexOf(';') < 0) {
            return requestUri;
        }
        int parameters = requestUri.indexOf(';', requestUri.lastIndexOf('/') + 1);
        try {
            String path = new URI(parameters < 0 ? requestUri : requestUri.substring(0, parameters)).getPath();
            return path == null ? requestUri : path;
        } catch (URISyntaxException notOne) {
            return requestUri;
        }
    }

    @Override
    public String contextPath() {
        return context == null ? contextPath : ContextHandles.of(context).path(context);
    }

    @Override
    public String host() {
        return host;
    }

    @Override
    public String requestUri() {
        return requestUri;
    }

    @Override
    public String header(String name) {
        return null;
    }

    /**
     * Reads all of it in one call: each call of a handle that is no constant costs as much as everything that is read.
     * There is no handle for what this version of the API does not have.
     */
    private static final class Reader {
        final Class<?> type;
        final MethodHandle read;
        final WeakReference<Reader> weak = new WeakReference<Reader>(this);

        Reader(Class<?> type) {
            this.type = type;
            ServletMethods api = ServletMethods.of(type, "servlet.http.HttpServletRequest");
            read = api.isPresent() ? reading(api) : null;
        }

        private static MethodHandle reading(ServletMethods api) {
            MethodHandle context = getter(api, "getServletContext");
            MethodHandle[] parts = {
                getter(api, "getDispatcherType"),
                getter(api, "getMethod"),
                getter(api, "getRequestURI"),
                getter(api, "getServerName"),
                context,
                context == null ? getter(api, "getContextPath") : null
            };
            Class<?>[] parameters = new Class<?>[parts.length];
            Arrays.fill(parameters, Object.class);
            try {
                MethodHandle all = MethodHandles.lookup()
                        .findConstructor(RequestSnapshot.class, methodType(void.class, parameters));
                for (int i = parts.length - 1; i >= 0; i--) {
                    if (parts[i] == null) {
                        all = MethodHandles.insertArguments(all, i, (Object) null);
                    }
                }
                List<MethodHandle> present = new ArrayList<MethodHandle>(Arrays.asList(parts));
                present.removeAll(Collections.singleton(null));
                all = MethodHandles.filterArguments(all, 0, present.toArray(new MethodHandle[0]));
                MethodType type = methodType(RequestSnapshot.class, Object.class);
                return MethodHandles.permuteArguments(all, type, new int[present.size()]);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }

        private static MethodHandle getter(ServletMethods api, String name) {
            return api.method(name, methodType(Object.class, Object.class));
        }
    }
}
