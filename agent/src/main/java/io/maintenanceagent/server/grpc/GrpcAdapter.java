package io.maintenanceagent.server.grpc;

import io.maintenanceagent.entrypoint.EntryPoint;
import io.maintenanceagent.server.Exchange;
import io.maintenanceagent.server.ServerAdapter;

/** gRPC 1.20 and later, on Netty, in process, and on any other transport. */
public final class GrpcAdapter implements ServerAdapter {

    @Override
    public Exchange exchange(EntryPoint entryPoint, Object[] arguments) {
        return new GrpcExchange(arguments[0], (String) arguments[1], arguments[2]);
    }
}
