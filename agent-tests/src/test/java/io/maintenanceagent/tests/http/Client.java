package io.maintenanceagent.tests.http;

import io.maintenanceagent.tests.harness.Gate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client whose request waits at a gate. */
final class Client {

    private final Socket socket;
    private final Gate gate;

    Client(int port, Gate gate, String path) {
        this.gate = gate;
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(30_000);
            socket.getOutputStream()
                    .write(("GET " + gate.on(path) + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Goes away. */
    void cancel() {
        try {
            socket.setSoLinger(true, 0); // a reset, which the server cannot miss
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets the request go on. */
    void open() {
        gate.open();
    }

    /** Everything that is answered, to the end. */
    String read() {
        try (Socket open = socket) {
            return new String(open.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
