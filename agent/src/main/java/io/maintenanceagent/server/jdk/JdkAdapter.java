package io.maintenanceagent.server.jdk;

import io.maintenanceagent.entrypoint.EntryPoint;
import io.maintenanceagent.server.Exchange;
import io.maintenanceagent.server.ServerAdapter;

/** The JDK's HttpServer, and what is published on it ({@code Endpoint.publish}). */
public final class JdkAdapter implements ServerAdapter {

    @Override
    public Exchange exchange(EntryPoint entryPoint, Object[] arguments) {
        return JdkExchange.of(arguments[0]);
    }
}
