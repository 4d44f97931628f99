package io.maintenanceagent.server.helidon;

import static io.maintenanceagent.server.UncheckedCall.get;

import io.maintenanceagent.api.RequestView;
import io.maintenanceagent.server.Exchange;
import io.maintenanceagent.server.RequestSnapshot;
import io.maintenanceagent.server.ResponseSink;

/** A WebSocket handshake. Where it is refused, the routing gets it as a request like any other, and refuses it. */
final class HelidonUpgrade implements Exchange {

    private final Request request;

    HelidonUpgrade(Object connection, Object prologue, Object headers) {
        this.request = new Request(connection, prologue, headers);
    }

    @Override
    public boolean isAnsweredWithin() {
        return true;
    }

    @Override
    public RequestSnapshot requestSnapshot() {
        return RequestSnapshot.copy(request);
    }

    @Override
    public boolean mayAuthenticate() {
        return false;
    }

    @Override
    public RequestView request() {
        return request;
    }

    /** {@inheritDoc} There is none yet. */
    @Override
    public ResponseSink response() {
        throw new UnsupportedOperationException();
    }

    private static final class Request extends HelidonRequest {
        private final Object connection;
        private final Object prologue;
        private final Object headers;

        Request(Object connection, Object prologue, Object headers) {
            super(null, HelidonMethods.ofConnection(connection));
            this.connection = connection;
            this.prologue = prologue;
            this.headers = headers;
        }

        @Override
        Object prologue() {
            return prologue;
        }

        @Override
        String authority() {
            String host = header("Host");
            return host == null ? "" : host;
        }

        @Override
        Object requestHeaders() {
            return headers;
        }

        @Override
        Object remotePeer() {
            return get(methods.getConnectionPeer, connection);
        }

        @Override
        public boolean isSecure() {
            return (Boolean) get(methods.isConnectionSecure, connection);
        }
    }
}
