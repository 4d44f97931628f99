package io.maintenanceagent.server.grizzly;

import io.maintenanceagent.entrypoint.EntryPoint;
import io.maintenanceagent.server.Exchange;
import io.maintenanceagent.server.ServerAdapter;

/** Grizzly with its own HttpServer, and below GlassFish and Payara. */
public final class GrizzlyAdapter implements ServerAdapter {

    @Override
    public Exchange exchange(EntryPoint entryPoint, Object[] arguments) {
        return GrizzlyExchange.of(arguments[0], arguments[1], arguments[2]);
    }
}
