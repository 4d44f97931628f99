package io.maintenanceagent.socket;

import io.maintenanceagent.hook.MaintenanceHook;
import io.maintenanceagent.inflight.InFlightRequest;
import io.maintenanceagent.inflight.InFlightRequests;
import io.maintenanceagent.inflight.OpenSocket;
import io.maintenanceagent.inflight.OpenSockets;
import io.maintenanceagent.report.ErrorReporter;
import java.util.function.ObjLongConsumer;

/**
 * What the hook tells of a WebSocket that is opened: once each, with the request that is its handshake. Safe for any
 * thread.
 */
public final class OpeningSockets implements ObjLongConsumer<Object> {

    private final InFlightRequests requests;
    private final OpenSockets sockets;
    private final ErrorReporter errors;

    /**
     * @param requests the requests in flight
     * @param sockets gets each socket
     * @param errors where its own faults are reported
     */
    public OpeningSockets(InFlightRequests requests, OpenSockets sockets, ErrorReporter errors) {
        this.requests = requests;
        this.sockets = sockets;
        this.errors = errors;
    }

    /**
     * @param opened a socket, or the handshake that leads to one
     * @param ticket of the request that runs on this thread; {@link MaintenanceHook#NOTHING} if there is none
     */
    @Override
    public void accept(Object opened, long ticket) {
        try {
            SocketAdapter adapter = SocketAdapters.of(opened);
            Object connection = adapter == null ? null : adapter.connection(opened);
            if (connection == null) {
                return;
            }
            OpenSocket socket = sockets.get(connection);
            InFlightRequest handshake =
                    socket == null && adapter.isHandshake(opened) ? handshake(adapter.request(opened), ticket) : null;
            if (handshake != null) {
                socket = sockets.add(connection, handshake);
            }
            if (socket != null && adapter.isSocket(opened)) {
                socket.isSocket(opened);
            }
        } catch (Throwable fault) {
            errors.reportOnce(
                    "socket " + fault.getClass(),
                    "a WebSocket could not be noted (" + fault + "); such sockets stay open in maintenance");
        }
    }

    private InFlightRequest handshake(Object request, long ticket) {
        if (request != null) {
            return requests.of(request);
        }
        return ticket == MaintenanceHook.NOTHING ? null : requests.with(ticket);
    }
}
