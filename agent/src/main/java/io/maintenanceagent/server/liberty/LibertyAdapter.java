package io.maintenanceagent.server.liberty;

import io.maintenanceagent.entrypoint.EntryPoint;
import io.maintenanceagent.server.Exchange;
import io.maintenanceagent.server.ServerAdapter;

/** Open Liberty. */
public final class LibertyAdapter implements ServerAdapter {

    @Override
    public Exchange exchange(EntryPoint entryPoint, Object[] arguments) {
        switch (entryPoint) {
            case LIBERTY_FILTERS:
                return LibertyServletExchange.mapped(arguments[0], arguments[1]);
            case LIBERTY_APPLICATION:
                return LibertyServletExchange.unmapped(arguments[0], arguments[1], arguments[2]);
            default:
                return LibertyCoreExchange.of(arguments[0]);
        }
    }
}
