package io.maintenanceagent.server.tomcat;

import io.maintenanceagent.entrypoint.EntryPoint;
import io.maintenanceagent.server.Exchange;
import io.maintenanceagent.server.ServerAdapter;

/** Tomcat 7 and later, with TomEE and Spring Boot on it. */
public final class TomcatAdapter implements ServerAdapter {

    @Override
    public Exchange exchange(EntryPoint entryPoint, Object[] arguments) {
        return TomcatExchange.of(arguments[0], arguments[1]);
    }
}
