package io.maintenanceagent.container;

import static java.lang.invoke.MethodType.methodType;

import io.maintenanceagent.api.RequestView;
import io.maintenanceagent.response.Reply;
import io.maintenanceagent.servlet.Answerable;
import io.maintenanceagent.servlet.HttpResponse;
import io.maintenanceagent.servlet.Unchecked;
import java.io.IOException;
import java.lang.invoke.MethodHandle;

/**
 * Tomcat's own response. Where the container has put an error or a redirect into it, it takes nothing more until it is
 * told to.
 */
final class TomcatResponse implements Answerable {

    private static final ClassValue<MethodHandle> SET_SUSPENDED = new ClassValue<MethodHandle>() {
        @Override
        protected MethodHandle computeValue(Class<?> type) {
            return ContainerType.of(type, "org.apache.catalina.connector.Response")
                    .method("setSuspended", methodType(void.class, Object.class, boolean.class), boolean.class);
        }
    };

    private final Object response;
    private final HttpResponse http;

    TomcatResponse(Object response) {
        this.response = response;
        this.http = HttpResponse.of(response);
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
        resume();
        http.send(status, headers);
    }

    @Override
    public void send(RequestView request, Reply reply) throws IOException {
        resume();
        http.send(request, reply);
    }

    private void resume() {
        try {
            SET_SUSPENDED.get(response.getClass()).invokeExact(response, false);
        } catch (Throwable e) {
            throw Unchecked.rethrow(e);
        }
    }
}
