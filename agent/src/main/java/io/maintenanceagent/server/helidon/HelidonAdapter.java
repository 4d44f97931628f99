package io.maintenanceagent.server.helidon;

import io.maintenanceagent.entrypoint.EntryPoint;
import io.maintenanceagent.server.Exchange;
import io.maintenanceagent.server.ServerAdapter;

/** Helidon 4 (SE, and MP on it), on HTTP/1.1 and HTTP/2. */
public final class HelidonAdapter implements ServerAdapter {

    @Override
    public Exchange exchange(EntryPoint entryPoint, Object[] arguments) {
        switch (entryPoint) {
            case HELIDON_WEB_SOCKET:
                return new HelidonUpgrade(arguments[0], arguments[1], arguments[2]);
            case HELIDON_ROUTED_WEB_SOCKET:
                return new HelidonRoutedUpgrade(arguments[0]);
            default:
                return HelidonExchange.of(arguments[0], arguments[1]);
        }
    }
}
