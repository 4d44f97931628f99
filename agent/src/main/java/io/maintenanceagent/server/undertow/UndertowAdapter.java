package io.maintenanceagent.server.undertow;

import io.maintenanceagent.entrypoint.EntryPoint;
import io.maintenanceagent.server.Exchange;
import io.maintenanceagent.server.ServerAdapter;

/** Undertow and WildFly. */
public final class UndertowAdapter implements ServerAdapter {

    @Override
    public Exchange exchange(EntryPoint entryPoint, Object[] arguments) {
        switch (entryPoint) {
            case UNDERTOW_APPLICATION:
            case UNDERTOW_LOGIN:
            case UNDERTOW_DIRECTORY:
                return UndertowServletExchange.of(arguments[0], arguments[1]);
            case UNDERTOW_ROOT:
                return UndertowCoreExchange.root(arguments[1], arguments[0]);
            case UNDERTOW_END:
                return UndertowServletExchange.atEnd(arguments[0], arguments[1]);
            case UNDERTOW_DISPATCHED:
                return "REQUEST".equals(String.valueOf(arguments[2]))
                        ? UndertowServletExchange.onItsWay(arguments[0], arguments[1])
                        : null;
            case UNDERTOW_REDIRECT:
                return UndertowCoreExchange.redirected(arguments[0]);
            case UNDERTOW_FILE:
            case UNDERTOW_FILE_DISPATCHED:
                return UndertowCoreExchange.atResources(arguments[0]);
            case UNDERTOW_DISALLOWED_METHOD:
            case UNDERTOW_OPTIONS:
                return UndertowCoreExchange.ofServer(arguments[0]);
            default:
                return UndertowCoreExchange.unserved(arguments[0]);
        }
    }
}
