package io.maintenanceagent.store.remote;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Hands bytes on between clients and a server, both on the loopback address. */
public final class Relay implements AutoCloseable {

    private volatile int serverPort;
    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile int frozen;

    /** @param serverPort where the server listens */
    public Relay(int serverPort) throws IOException {
        this.serverPort = serverPort;
        thread(this::accept);
    }

    /** Returns the port that clients connect to. */
    public int port() {
        return listener.getLocalPort();
    }

    /** Ends all connections; new ones lead to another server, as behind a virtual address. */
    public void leadTo(int port) throws IOException {
        serverPort = port;
        for (Socket socket : sockets) {
            socket.close();
        }
        sockets.clear();
    }

    /** How many connections there have been. */
    public int connections() {
        return connections.get();
    }

    /** Stops data on the open connections; new ones are not affected. */
    public void freeze() {
        frozen = connections.get();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = listener.accept();
            Socket server = new Socket("127.0.0.1", serverPort);
            sockets.addAll(List.of(client, server));
            int number = connections.incrementAndGet();
            thread(() -> copy(client, server, number));
            thread(() -> copy(server, client, number));
        }
    }

    private void copy(Socket from, Socket to, int number) throws IOException {
        byte[] bytes = new byte[8192];
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        for (int length = in.read(bytes); length >= 0; length = in.read(bytes)) {
            if (number > frozen) {
                out.write(bytes, 0, length);
            }
        }
        if (number > frozen) {
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
