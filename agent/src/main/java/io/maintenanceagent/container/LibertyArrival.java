package io.maintenanceagent.container;

import static java.lang.invoke.MethodType.methodType;

import io.maintenanceagent.api.RequestView;
import io.maintenanceagent.servlet.Answerable;
import io.maintenanceagent.servlet.HttpRequest;
import io.maintenanceagent.servlet.RememberedRequest;
import io.maintenanceagent.servlet.Unchecked;
import java.lang.invoke.MethodHandle;
import java.util.regex.Pattern;

/**
 * Open Liberty within an application, before its login, with the servlet's request and response. Liberty remembers to
 * which servlet a path has led, and what it remembers of one that was not run fails from then on (Servlet 4.0 and
 * later); it remembers nothing of a request that has the status of an error.
 */
final class LibertyArrival extends ContainerResponse implements Arrival {

    private static final ClassValue<MethodHandle> SET_ATTRIBUTE = new ClassValue<MethodHandle>() {
        @Override
        protected MethodHandle computeValue(Class<?> type) {
            return ContainerType.of(type, "com.ibm.wsspi.webcontainer.servlet.IExtendedRequest")
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
            return ContainerType.of(type, "com.ibm.ws.webcontainer.webapp.WebApp")
                    .method("getContextPath", methodType(Object.class, Object.class));
        }
    };

    /** Paths within an application that Liberty itself keeps from any servlet: the root without a slash, and others. */
    private static final Pattern UNMAPPED = Pattern.compile(
            "|[/ ]*(WEB|META)-INF(/.*)?|.*(j_security_check|ibm_security_logout).*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private final Object request;
    private final OutsideServletRequest unmapped; // null for one that is mapped

    private LibertyArrival(Object request, Object response, OutsideServletRequest unmapped) {
        super(response);
        this.request = request;
        this.unmapped = unmapped;
    }

    static Arrival mapped(Object request, Object response) {
        return new LibertyArrival(request, response, null);
    }

    /** {@code null} for a request that is still going to be mapped. */
    static Arrival unmapped(Object application, Object request, Object response) {
        String contextPath;
        try {
            contextPath = (String) (Object) GET_CONTEXT_PATH.get(application.getClass()).invokeExact(application);
        } catch (Throwable e) {
            throw Unchecked.rethrow(e);
        }
        OutsideServletRequest view = new OutsideServletRequest(HttpRequest.of(request), contextPath);
        String path = view.path();
        return path.startsWith(contextPath)
                        && UNMAPPED.matcher(path.substring(contextPath.length())).matches()
                ? new LibertyArrival(request, response, view)
                : null;
    }

    @Override
    public RememberedRequest remembered() {
        return unmapped == null ? RememberedRequest.of(request) : RememberedRequest.copy(unmapped);
    }

    @Override
    public boolean mayLogIn() {
        return true;
    }

    @Override
    public RequestView request() {
        return unmapped == null ? HttpRequest.of(request) : unmapped;
    }

    @Override
    public Answerable response() {
        return this;
    }

    @Override
    void answering(int status) {
        try {
            MethodHandle setAttribute = SET_ATTRIBUTE.get(request.getClass());
            setAttribute.invokeExact(request, "javax.servlet.error.status_code", (Object) status);
            setAttribute.invokeExact(request, "jakarta.servlet.error.status_code", (Object) status);
        } catch (Throwable e) {
            throw Unchecked.rethrow(e);
        }
    }
}
