package io.maintenanceagent.container;

import static java.lang.invoke.MethodType.methodType;

import io.maintenanceagent.api.RequestView;
import io.maintenanceagent.servlet.Answerable;
import io.maintenanceagent.servlet.HttpRequest;
import io.maintenanceagent.servlet.RememberedRequest;
import io.maintenanceagent.servlet.Unchecked;
import java.lang.invoke.MethodHandle;

/** Tomcat's own request and response are servlet ones, and mapped to a servlet before they come to an entry. */
final class TomcatArrival implements Arrival {

    private static final ClassValue<Handles> HANDLES = new ClassValue<Handles>() {
        @Override
        protected Handles computeValue(Class<?> type) {
            return new Handles(ContainerType.of(type, "org.apache.catalina.connector.Request"));
        }
    };

    private final Object request;
    private final Object response;
    private final boolean hasContext;

    private TomcatArrival(Object request, Object response, boolean hasContext) {
        this.request = request;
        this.response = response;
        this.hasContext = hasContext;
    }

    static Arrival of(Object request, Object response) {
        Handles handles = HANDLES.get(request.getClass());
        try {
            // What is dispatched asynchronously passes the valves again, and says it is an ordinary request there.
            return (boolean) handles.isAsync.invokeExact(request)
                    ? null
                    : new TomcatArrival(request, response, (Object) handles.getContext.invokeExact(request) != null);
        } catch (Throwable e) {
            throw Unchecked.rethrow(e);
        }
    }

    @Override
    public RememberedRequest remembered() {
        return hasContext ? RememberedRequest.of(request) : RememberedRequest.copy(request());
    }

    @Override
    public boolean mayLogIn() {
        return hasContext;
    }

    @Override
    public RequestView request() {
        HttpRequest http = HttpRequest.of(request);
        // Without a context it has no path, no context path, and an exception for who asks for the context.
        return hasContext ? http : new OutsideServletRequest(http, "");
    }

    @Override
    public Answerable response() {
        return new TomcatResponse(response);
    }

    private static final class Handles {
        final MethodHandle isAsync;
        final MethodHandle getContext;

        Handles(ContainerType request) {
            isAsync = request.method("isAsync", methodType(boolean.class, Object.class));
            getContext = request.method("getContext", methodType(Object.class, Object.class));
        }
    }
}
