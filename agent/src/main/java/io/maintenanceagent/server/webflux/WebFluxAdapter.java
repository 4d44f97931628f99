package io.maintenanceagent.server.webflux;

import io.maintenanceagent.entrypoint.EntryPoint;
import io.maintenanceagent.server.Exchange;
import io.maintenanceagent.server.ServerAdapter;

/** Spring WebFlux, and Spring Cloud Gateway on it. */
public final class WebFluxAdapter implements ServerAdapter {

    @Override
    public Exchange exchange(EntryPoint entryPoint, Object[] arguments) {
        return new WebFluxExchange(new WebFluxRequest(arguments[0]), new WebFluxResponse(arguments[1]));
    }
}
