package io.maintenanceagent.server.jetty;

import io.maintenanceagent.entrypoint.EntryPoint;
import io.maintenanceagent.server.Exchange;
import io.maintenanceagent.server.ServerAdapter;

/** Jetty 9 to 11, and EE 8 and 9 on Jetty 12. */
public final class Jetty9Adapter implements ServerAdapter {

    @Override
    public Exchange exchange(EntryPoint entryPoint, Object[] arguments) {
        switch (entryPoint) {
            case JETTY_9_REDIRECT:
                return JettyHandlerExchange.redirected(arguments[0], arguments[1], arguments[2]);
            case JETTY_9_SERVER:
                return JettyHandlerExchange.atEnd(arguments[0]);
            case JETTY_9_CONTEXT:
            case JETTY_EE8_CONTEXT:
            case JETTY_EE9_CONTEXT:
                return JettyHandlerExchange.inContext(arguments[0], arguments[1], arguments[2]);
            case JETTY_9_FILE:
                return JettyHandlerExchange.atResources(arguments[0], arguments[1]);
            case JETTY_9_HANDLER:
                return JettyHandlerExchange.atHandler(arguments[0]);
            default:
                return JettyHandlerExchange.unserved(arguments[0]);
        }
    }
}
