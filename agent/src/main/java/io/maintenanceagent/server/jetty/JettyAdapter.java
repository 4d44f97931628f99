package io.maintenanceagent.server.jetty;

import io.maintenanceagent.entrypoint.EntryPoint;
import io.maintenanceagent.server.Exchange;
import io.maintenanceagent.server.ServerAdapter;

/** Jetty 12, its core and EE 10 and later. */
public final class JettyAdapter implements ServerAdapter {

    @Override
    public Exchange exchange(EntryPoint entryPoint, Object[] arguments) {
        Object request = arguments[0];
        Object response = arguments[1];
        Object callback = arguments[2];
        switch (entryPoint) {
            case JETTY_LOGIN:
                return JettyServletExchange.of(request, response, callback);
            case JETTY_REDIRECT:
                return JettyCoreExchange.redirected(request, response, callback);
            case JETTY_CONTEXT:
                return JettyCoreExchange.inContext(request, response, callback);
            case JETTY_FILE:
                return JettyCoreExchange.served(request, response, callback);
            case JETTY_FILE_OPTIONS:
                return JettyCoreExchange.options(request, response, callback);
            case JETTY_HANDLER:
            case JETTY_NON_BLOCKING_HANDLER:
                return JettyCoreExchange.atHandler(request, response, callback);
            default:
                return JettyCoreExchange.unserved(request, response, callback);
        }
    }
}
