package io.maintenanceagent.server.servlet;

import static java.lang.invoke.MethodType.methodType;

import io.maintenanceagent.server.LibraryLoader;
import io.maintenanceagent.server.RequestSnapshot;
import io.maintenanceagent.server.UncheckedCall;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** What is kept of a servlet request, in either namespace. Immutable; safe for any thread. */
public final class ServletRequestSnapshot extends RequestSnapshot {

    private static final ClassValue<Reader> READERS = new ClassValue<Reader>() {
        @Override
        protected Reader computeValue(Class<?> type) {
            return new Reader(type);
        }
    };

    /** The one that was used last, and mostly is used next: a class value's own cache takes longer to look at. */
    private static volatile WeakReference<Reader> latest = new WeakReference<Reader>(null);

    private final Object context; // null before Servlet 3.0

    /** Called by a method handle. */
    ServletRequestSnapshot(
            Object dispatcher, Object method, Object requestUri, Object host, Object context, Object contextPath) {
        super(
                dispatcher == null ? null : ((Enum<?>) dispatcher).name(),
                (String) method,
                (String) requestUri,
                (String) host,
                (String) contextPath);
        this.context = context;
    }

    /**
     * @param request any servlet request, on its thread
     * @return what is kept of it; {@code null} if it is no HTTP request
     */
    public static RequestSnapshot of(Object request) {
        Reader reader = reader(request.getClass());
        if (!reader.api.isPresent()) {
            return null;
        }
        try {
            return reader.read(request);
        } catch (RuntimeException malformed) {
            // A host, say, that the container fails on: the request is to be decided all the same.
            return new ServletRequestSnapshot(null, null, null, null, null, null);
        } catch (Throwable e) {
            throw UncheckedCall.rethrow(e);
        }
    }

    /**
     * Returns what is kept of a request, as a {@link SnapshotReader} has read it.
     *
     * @param dispatcher its dispatcher type
     * @param method its method
     * @param requestUri its path as it was sent
     * @param host the host that it is for
     * @param context its servlet context, or {@code null}
     */
    public static ServletRequestSnapshot of(
            Enum<?> dispatcher, String method, String requestUri, String host, Object context) {
        return new ServletRequestSnapshot(dispatcher, method, requestUri, host, context, null);
    }

    private static Reader reader(Class<?> type) {
        Reader reader = latest.get();
        if (reader == null || reader.type != type) {
            reader = READERS.get(type);
            latest = reader.weak;
        }
        return reader;
    }

    @Override
    public String contextPath() {
        return context == null
                ? super.contextPath()
                : ContextHandles.of(context).path(context);
    }

    /**
     * Reads all of it in one call: by a class that was compiled against the API; before Servlet 3.0, or where that
     * cannot be loaded, by a handle, which has nothing for what this version of the API does not have.
     */
    private static final class Reader {
        private static final String BESIDE = "io.maintenanceagent.server.servlet.reader.";

        final Class<?> type;
        final ServletMethods api;
        final WeakReference<Reader> weak = new WeakReference<Reader>(this);
        private SnapshotReader direct; // null for a handle; so is the next for it
        private volatile MethodHandle handle;

        Reader(Class<?> type) {
            this.type = type;
            api = ServletMethods.of(type, "servlet.http.HttpServletRequest");
            direct = api.isPresent() ? direct(api.type()) : null;
        }

        ServletRequestSnapshot read(Object request) throws Throwable {
            SnapshotReader reading = direct;
            if (reading != null) {
                try {
                    return reading.read(request);
                } catch (LinkageError older) {
                    direct = null;
                }
            }
            if (handle == null) {
                handle = reading(api);
            }
            return (ServletRequestSnapshot) handle.invokeExact(request);
        }

        private static SnapshotReader direct(Class<?> api) {
            String namespace = api.getName().startsWith("javax.") ? "Javax" : "Jakarta";
            try {
                return (SnapshotReader) LibraryLoader.newInstance(api, BESIDE + namespace + "SnapshotReader");
            } catch (RuntimeException | LinkageError unsuitable) {
                return null;
            }
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
                        .findConstructor(ServletRequestSnapshot.class, methodType(void.class, parameters));
                for (int i = parts.length - 1; i >= 0; i--) {
                    if (parts[i] == null) {
                        all = MethodHandles.insertArguments(all, i, (Object) null);
                    }
                }
                List<MethodHandle> present = new ArrayList<MethodHandle>(Arrays.asList(parts));
                present.removeAll(Collections.singleton(null));
                all = MethodHandles.filterArguments(all, 0, present.toArray(new MethodHandle[0]));
                MethodType type = methodType(ServletRequestSnapshot.class, Object.class);
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
