package io.maintenanceagent.store.redis;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads replies in the second version of Redis' protocol, which every server speaks unless it is asked for another one.
 * Takes no more memory than the server has sent. Not thread-safe.
 */
final class RespReader {

    private static final int MAX_LINE = 65_536;
    private static final int MAX_BULK = 64 * 1024 * 1024;
    private static final int MAX_ELEMENTS = 1_000_000;
    private static final int MAX_DEPTH = 8;

    private final InputStream in;

    /** @param in what the server sends; better buffered */
    RespReader(InputStream in) {
        this.in = in;
    }

    /**
     * Reads a reply.
     *
     * @return {@code byte[]} for a text, {@code Long}, {@code List}, {@link ErrorReply}, or {@code null}
     * @throws IOException if there is none; then the connection is of no more use
     */
    Object read() throws IOException {
        return read(0);
    }

    private Object read(int depth) throws IOException {
        int type = in.read();
        switch (type) {
            case '+':
                return line();
            case '-':
                return new ErrorReply(text(line()));
            case ':':
                return number();
            case '$':
                return bulk();
            case '*':
                return list(depth);
            case -1:
                throw new EOFException("the connection has ended");
            default:
                throw new ProtocolException("a reply begins with the byte " + type);
        }
    }

    private byte[] bulk() throws IOException {
        int length = length(MAX_BULK);
        if (length < 0) {
            return null;
        }
        byte[] bytes = new byte[Math.min(length, MAX_LINE)];
        int read = 0;
        while (read < length) {
            if (read == bytes.length) {
                bytes = Arrays.copyOf(bytes, (int) Math.min(length, 2L * read));
            }
            int more = in.read(bytes, read, bytes.length - read);
            if (more < 0) {
                throw new EOFException("the connection has ended");
            }
            read += more;
        }
        if (in.read() != '\r' || in.read() != '\n') {
            throw new ProtocolException("a text does not end where it should");
        }
        return bytes;
    }

    private List<Object> list(int depth) throws IOException {
        int length = length(MAX_ELEMENTS);
        if (length < 0) {
            return null;
        }
        if (depth == MAX_DEPTH) {
            throw new ProtocolException("lists are nested too deeply");
        }
        List<Object> list = new ArrayList<Object>();
        for (int i = 0; i < length; i++) {
            list.add(read(depth + 1));
        }
        return list;
    }

    /** Returns a length; -1 for none. */
    private int length(int max) throws IOException {
        long length = number();
        if (length < -1 || length > max) {
            throw new ProtocolException("a length of " + length);
        }
        return (int) length;
    }

    private Long number() throws IOException {
        String line = text(line());
        try {
            return Long.valueOf(line);
        } catch (NumberFormatException e) {
            throw new ProtocolException("no number where one should be");
        }
    }

    private byte[] line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\r'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("the connection has ended");
            }
            if (line.size() == MAX_LINE) {
                throw new ProtocolException("a line is too long");
            }
            line.write(b);
        }
        if (in.read() != '\n') {
            throw new ProtocolException("a line does not end where it should");
        }
        return line.toByteArray();
    }

    private static String text(byte[] line) {
        return new String(line, StandardCharsets.UTF_8);
    }
}
