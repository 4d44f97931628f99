package io.maintenanceagent.tests.http;

import io.maintenanceagent.tests.harness.Gate;
import io.maintenanceagent.tests.harness.Http;
import io.maintenanceagent.tests.harness.HttpConnection;
import io.maintenanceagent.tests.harness.Request;
import io.maintenanceagent.tests.harness.Response;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A client whose request waits at a gate. */
final class Client {

    private final HttpConnection connection;
    private final Gate gate;

    Client(Http http, Gate gate, String path) {
        this.gate = gate;
        try {
            connection = http.connect();
            connection.begin(Request.get(gate.on(path)).with("Connection", "close"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Goes away. */
    void cancel() {
        try {
            connection.reset();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets the request go on. */
    void open() {
        gate.open();
    }

    /** The whole response. */
    Response read() {
        try (HttpConnection open = connection) {
            return open.receive("GET");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
