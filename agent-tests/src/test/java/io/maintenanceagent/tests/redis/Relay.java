package io.maintenanceagent.tests.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A network between clients and a server on the loopback address, which can be cut: connections stay, no data passes.
 */
final class Relay implements AutoCloseable {

    private final int serverPort;
    private final ServerSocket listener;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private volatile boolean cut;

    Relay(int serverPort) {
        this.serverPort = serverPort;
        try {
            this.listener = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Drops data from now on. */
    void cut() {
        cut = true;
    }

    /** Ends the connections that have lost data; new ones work. */
    void mend() {
        cut = false;
        closeAll();
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        closeAll();
    }

    private void closeAll() {
        for (Socket socket : sockets) {
            try {
                socket.close();
            } catch (IOException ignored) {
                // it is of no use either way
            }
        }
        sockets.clear();
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = listener.accept();
            sockets.add(client);
            Socket server = new Socket("127.0.0.1", serverPort);
            sockets.add(server);
            thread(() -> copy(client, server));
            thread(() -> copy(server, client));
        }
    }

    private void copy(Socket from, Socket to) throws IOException {
        byte[] bytes = new byte[8192];
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        for (int length = in.read(bytes); length >= 0; length = in.read(bytes)) {
            if (!cut) {
                out.write(bytes, 0, length);
            }
        }
        if (!cut) {
            to.close();
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void thread(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException closed) {
                // the end of a connection, or of the test
            }
        });
        thread.setDaemon(true);
        thread.start();
    }
}
