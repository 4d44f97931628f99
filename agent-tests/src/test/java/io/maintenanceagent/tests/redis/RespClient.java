package io.maintenanceagent.tests.redis;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A connection that speaks Redis' protocol, as far as the tests need it. For one thread. */
final class RespClient implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 20_000;

    private final Socket socket;
    private final InputStream in;

    RespClient(String host, int port) throws IOException {
        socket = new Socket(host, port);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /**
     * Sends a command.
     *
     * @return the answer: a text or a number as it is, {@code null} for nothing, lists in brackets
     * @throws IllegalStateException with the server's message, if it is an error
     */
    String send(String... command) {
        try {
            post(command);
            return answer();
        } catch (IOException e) {
            throw new UncheckedIOException(String.join(" ", command), e);
        }
    }

    /** Sends a command, and waits for no answer. */
    void post(String... command) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(utf8("*" + command.length + "\r\n"));
        for (String part : command) {
            byte[] content = utf8(part);
            bytes.writeBytes(utf8("$" + content.length + "\r\n"));
            bytes.writeBytes(content);
            bytes.writeBytes(utf8("\r\n"));
        }
        socket.getOutputStream().write(bytes.toByteArray());
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String answer() throws IOException {
        String line = line();
        String rest = line.substring(1);
        switch (line.charAt(0)) {
            case '+', ':':
                return rest;
            case '$':
                return rest.equals("-1") ? null : bulk(Integer.parseInt(rest));
            case '*':
                StringBuilder list = new StringBuilder("[");
                for (int i = 0; i < Integer.parseInt(rest); i++) {
                    list.append(i == 0 ? "" : ", ").append(answer());
                }
                return list.append(']').toString();
            default:
                throw new IllegalStateException(line);
        }
    }

    private String bulk(int length) throws IOException {
        byte[] bytes = in.readNBytes(length + 2);
        if (bytes.length < length + 2) {
            throw new EOFException();
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\r'; c = in.read()) {
            if (c < 0) {
                throw new EOFException();
            }
            line.append((char) c);
        }
        in.read();
        return line.toString();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
