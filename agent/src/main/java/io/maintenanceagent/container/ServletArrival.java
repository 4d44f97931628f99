package io.maintenanceagent.container;

import io.maintenanceagent.api.RequestView;
import io.maintenanceagent.servlet.Answerable;
import io.maintenanceagent.servlet.HttpRequest;
import io.maintenanceagent.servlet.HttpResponse;
import io.maintenanceagent.servlet.RememberedRequest;

/** Where a container has a servlet's request and response already, mapped to the servlet: before the login. */
final class ServletArrival implements Arrival {

    private final Object request;
    private final Object response;

    ServletArrival(Object request, Object response) {
        this.request = request;
        this.response = response;
    }

    @Override
    public RememberedRequest remembered() {
        return RememberedRequest.of(request);
    }

    @Override
    public boolean mayLogIn() {
        return true;
    }

    @Override
    public RequestView request() {
        return HttpRequest.of(request);
    }

    @Override
    public Answerable response() {
        return HttpResponse.of(response);
    }
}
