package io.maintenanceagent.tests.bench;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * As many requests as a server answers, from a few threads, each with one request at a time. A connection is used as
 * long as the server keeps it. Does little, since it shares the processors with the server.
 */
final class LoadGenerator {

    private static final int THREADS = 2;
    private static final String END_OF_HEAD = "\r\n\r\n";
    private static final String LENGTH = "\r\ncontent-length: ";
    private static final String CLOSE = "\r\nconnection: close";

    private final int port;
    private final byte[] request;
    private final String statusLine;

    /**
     * @param path what to ask for
     * @param status the status that each response must have
     */
    LoadGenerator(int port, String path, int status) {
        this.port = port;
        this.request = ("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nAccept: */*\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        this.statusLine = "HTTP/1.1 " + status;
    }

    /**
     * Sends requests and waits for the responses.
     *
     * @return how many seconds it took
     */
    double run(int requests) {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            long start = System.nanoTime();
            List<Future<?>> ends = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                ends.add(threads.submit(() -> send(requests / THREADS)));
            }
            for (Future<?> end : ends) {
                end.get();
            }
            return (System.nanoTime() - start) / 1e9;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            threads.shutdownNow();
        }
    }

    private void send(int requests) {
        byte[] buffer = new byte[8192];
        int sent = 0;
        try {
            while (sent < requests) {
                try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                    socket.setTcpNoDelay(true);
                    boolean kept = true;
                    while (kept && sent < requests) {
                        socket.getOutputStream().write(request);
                        kept = readResponse(socket.getInputStream(), buffer);
                        sent++;
                    }
                    if (!kept) {
                        // The server is the first to close, as it said.
                        socket.getInputStream().read();
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns whether the server keeps the connection. */
    private boolean readResponse(InputStream in, byte[] buffer) throws IOException {
        int length = 0;
        String head;
        int end;
        do {
            length += read(in, buffer, length);
            head = new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
            end = head.indexOf(END_OF_HEAD);
        } while (end < 0);
        if (!head.startsWith(statusLine)) {
            throw new IOException("not a " + statusLine + ": " + head);
        }
        head = head.toLowerCase(Locale.ROOT); // as Vert.x writes names
        int value = head.indexOf(LENGTH) + LENGTH.length();
        int total = end + END_OF_HEAD.length() + Integer.parseInt(head.substring(value, head.indexOf('\r', value)));
        while (length < total) {
            length += read(in, buffer, length);
        }
        return !head.contains(CLOSE);
    }

    private static int read(InputStream in, byte[] buffer, int from) throws IOException {
        int read = in.read(buffer, from, buffer.length - from);
        if (read < 0) {
            throw new EOFException("the connection ended within a response");
        }
        return read;
    }
}
