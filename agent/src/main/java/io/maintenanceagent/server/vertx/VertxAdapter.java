package io.maintenanceagent.server.vertx;

import io.maintenanceagent.entrypoint.EntryPoint;
import io.maintenanceagent.server.Exchange;
import io.maintenanceagent.server.ServerAdapter;

/** Vert.x Web 3.6 and later, and what is built on it. */
public final class VertxAdapter implements ServerAdapter {

    @Override
    public Exchange exchange(EntryPoint entryPoint, Object[] arguments) {
        return VertxExchange.of(arguments[0]);
    }
}
