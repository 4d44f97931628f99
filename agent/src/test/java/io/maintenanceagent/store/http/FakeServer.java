package io.maintenanceagent.store.http;

import io.maintenanceagent.store.remote.Endpoint;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server that sends, byte for byte, what the test wants; one connection after another, each on its own thread. */
final class FakeServer implements Closeable {

    interface Answer {
        /** Answers one request; {@code false} ends the connection. */
        boolean to(String head, OutputStream out) throws Exception;
    }

    private final ServerSocket server;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    final List<String> heads = new CopyOnWriteArrayList<>();
    volatile int connections;

    FakeServer(Answer answer) throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(() -> accept(answer));
        thread.setDaemon(true);
        thread.start();
    }

    /** Always sends this and keeps the connection. */
    static FakeServer sending(String response) throws IOException {
        return new FakeServer((head, out) -> {
            out.write(response.getBytes(StandardCharsets.UTF_8));
            return true;
        });
    }

    Endpoint endpoint() {
        return new Endpoint("127.0.0.1", server.getLocalPort());
    }

    private void accept(Answer answer) {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                connections++;
                open.add(socket);
                Thread thread = new Thread(() -> serve(socket, answer));
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                // closed
            }
        }
    }

    private void serve(Socket socket, Answer answer) {
        try (socket) {
            BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), "ISO-8859-1"));
            boolean more = true;
            while (more) {
                StringBuilder head = new StringBuilder();
                int length = 0;
                for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                    head.append(line).append('\n');
                    if (line.startsWith("Content-Length: ")) {
                        length = Integer.parseInt(line.substring("Content-Length: ".length()));
                    }
                }
                if (head.length() == 0) {
                    return;
                }
                for (int i = 0; i < length; i++) {
                    head.append((char) in.read());
                }
                heads.add(head.toString());
                more = answer.to(head.toString(), socket.getOutputStream());
                socket.getOutputStream().flush();
            }
        } catch (Exception e) {
            // the other side has gone
        }
    }

    /** Ends all connections, and takes new ones. */
    void drop() throws IOException {
        for (Socket socket : open) {
            socket.close();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        drop();
    }
}
