package io.maintenanceagent.server.liberty;

import static java.lang.invoke.MethodType.methodType;

import io.maintenanceagent.api.RequestView;
import io.maintenanceagent.server.Exchange;
import io.maintenanceagent.server.RequestSnapshot;
import io.maintenanceagent.server.ResponseSink;
import io.maintenanceagent.server.ServerType;
import io.maintenanceagent.server.UncheckedCall;
import io.maintenanceagent.server.servlet.NotifiedResponse;
import io.maintenanceagent.server.servlet.ServletRequestSnapshot;
import io.maintenanceagent.server.servlet.ServletRequestView;
import io.maintenanceagent.server.servlet.UnmappedServletRequest;
import java.lang.invoke.MethodHandle;
import java.util.regex.Pattern;

/**
 * Open Liberty within an application, before its login, with the servlet's request and response. Liberty remembers to
 * which servlet a path has led, and what it remembers of one that was not run fails from then on (Servlet 4.0 and
 * later); it remembers nothing of a request that has the status of an error.
 */
final class LibertyServletExchange extends NotifiedResponse implements Exchange {

    private static final ClassValue<MethodHandle> SET_ATTRIBUTE = new ClassValue<MethodHandle>() {
        @Override
        protected MethodHandle computeValue(Class<?> type) {
            return ServerType.of(type, "com.ibm.wsspi.webcontainer.servlet.IExtendedRequest")
                    .method(
                            "setAttribute",
                            methodType(void.class, Object.class, String.class, Object.class),
                            String.class,
                            Object.class);
        }
    };

    private static final ClassValue<MethodHandle> GET_CONTEXT_PATH = new ClassValue<MethodHandle>() {
        @Override
        protected MethodHandle computeValue(Class<?> type) {
            return ServerType.of(type, "com.ibm.ws.webcontainer.webapp.WebApp")
                    .method("getContextPath", methodType(Object.class, Object.class));
        }
    };

    /** Paths within an application that Liberty itself keeps from any servlet: the root without a slash, and others. */
    private static final Pattern UNMAPPED = Pattern.compile(
            "|[/ ]*(WEB|META)-INF(/.*)?|.*(j_security_check|ibm_security_logout).*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private final Object request;
    private final UnmappedServletRequest unmapped; // null for one that is mapped

    private LibertyServletExchange(Object request, Object response, UnmappedServletRequest unmapped) {
        super(response, unmapped == null ? ServletRequestView.of(request) : null);
        this.request = request;
        this.unmapped = unmapped;
    }

    static Exchange mapped(Object request, Object response) {
        return new LibertyServletExchange(request, response, null);
    }

    /** {@code null} for a request that is still going to be mapped. */
    static Exchange unmapped(Object application, Object request, Object response) {
        String contextPath;
        try {
            contextPath = (String)
                    (Object) GET_CONTEXT_PATH.get(application.getClass()).invokeExact(application);
        } catch (Throwable e) {
            throw UncheckedCall.rethrow(e);
        }
        UnmappedServletRequest view = new UnmappedServletRequest(ServletRequestView.of(request), contextPath);
        String path = view.path();
        return path.startsWith(contextPath)
                        && UNMAPPED.matcher(path.substring(contextPath.length()))
                                .matches()
                ? new LibertyServletExchange(request, response, view)
                : null;
    }

    @Override
    public RequestSnapshot requestSnapshot() {
        return unmapped == null ? ServletRequestSnapshot.of(request) : RequestSnapshot.copy(unmapped);
    }

    @Override
    public boolean isAsyncStarted() {
        return unmapped == null && ServletRequestView.of(request).isAsyncStarted();
    }

    @Override
    public boolean mayAuthenticate() {
        return true;
    }

    @Override
    public RequestView request() {
        return unmapped == null ? ServletRequestView.of(request) : unmapped;
    }

    @Override
    public ResponseSink response() {
        return this;
    }

    @Override
    protected void answering(int status) {
        try {
            MethodHandle setAttribute = SET_ATTRIBUTE.get(request.getClass());
            setAttribute.invokeExact(request, "javax.servlet.error.status_code", (Object) status);
            setAttribute.invokeExact(request, "jakarta.servlet.error.status_code", (Object) status);
        } catch (Throwable e) {
            throw UncheckedCall.rethrow(e);
        }
    }
}
