package io.maintenanceagent.container;

import static java.lang.invoke.MethodType.methodType;

import io.maintenanceagent.api.RequestView;
import io.maintenanceagent.response.Reply;
import io.maintenanceagent.servlet.Answerable;
import io.maintenanceagent.servlet.HttpRequest;
import io.maintenanceagent.servlet.HttpResponse;
import io.maintenanceagent.servlet.RememberedRequest;
import io.maintenanceagent.servlet.Unchecked;
import java.io.IOException;
import java.lang.invoke.MethodHandle;

/**
 * A handler of Jetty 9 to 11, and of EE 8 and 9 on Jetty 12. It is given the servlet's request and response, mapped to a
 * servlet already if it is one of an application; and Jetty's own request, which has to be told that it is answered.
 */
final class JettyHandlerArrival implements Arrival, Answerable {

    private static final ClassValue<MethodHandle> SET_HANDLED = new ClassValue<MethodHandle>() {
        @Override
        protected MethodHandle computeValue(Class<?> type) {
            return ContainerType.ofSame(type)
                    .method("setHandled", methodType(void.class, Object.class, boolean.class), boolean.class);
        }
    };

    private final Object base;
    private final Object request;
    private final HttpResponse http;
    private final boolean hasContext;

    JettyHandlerArrival(Object base, Object request, Object response, boolean hasContext) {
        this.base = base;
        this.request = request;
        this.http = HttpResponse.of(response);
        this.hasContext = hasContext;
    }

    @Override
    public RememberedRequest remembered() {
        return RememberedRequest.of(request);
    }

    @Override
    public boolean mayLogIn() {
        return hasContext;
    }

    @Override
    public RequestView request() {
        return HttpRequest.of(request);
    }

    @Override
    public Answerable response() {
        return this;
    }

    @Override
    public boolean isCommitted() {
        return http.isCommitted();
    }

    @Override
    public void setHeader(String name, String value) {
        http.setHeader(name, value);
    }

    @Override
    public void reset() {
        http.reset();
    }

    @Override
    public void send(int status, String... headers) {
        http.send(status, headers);
        setHandled();
    }

    @Override
    public void send(RequestView view, Reply reply) throws IOException {
        http.send(view, reply);
        setHandled();
    }

    private void setHandled() {
        try {
            SET_HANDLED.get(base.getClass()).invokeExact(base, true);
        } catch (Throwable e) {
            throw Unchecked.rethrow(e);
        }
    }
}
