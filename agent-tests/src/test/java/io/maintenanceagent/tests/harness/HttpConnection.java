package io.maintenanceagent.tests.harness;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;

/** One connection to the loopback address, for requests one after the other. For one thread at a time. */
public final class HttpConnection implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 20_000;

    private final Socket socket = new Socket();
    private final InputStream in;
    private final int port;

    HttpConnection(int port) throws IOException {
        this.port = port;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /**
     * Sends a request and reads the whole response.
     *
     * @throws EOFException if the connection ends before the first byte, or before the response is complete
     * @throws ProtocolException if the response is not well-formed
     */
    public Response send(Request request) throws IOException {
        begin(request);
        return receive(request.method());
    }

    /** Sends a request, and does not read the response. */
    public void begin(Request request) throws IOException {
        try {
            socket.getOutputStream().write(request.bytes(port));
        } catch (SocketException e) {
            // A server may answer and close before it has read the body; its answer counts.
        }
    }

    /** Reads the whole response, as {@link #send} does. */
    public Response receive(String method) throws IOException {
        Response response = read(method);
        while (response.status() / 100 == 1) {
            response = read(method);
        }
        return response;
    }

    /** Goes away by a reset, which no server can miss. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** Makes sure that the server ends the connection and sends nothing more. */
    public void expectEnd() throws IOException {
        int next;
        try {
            next = in.read();
        } catch (SocketException e) {
            // A reset: the server closed without having read all that was sent.
            return;
        }
        if (next >= 0) {
            throw new ProtocolException("bytes after the response: " + (char) next + line());
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private Response read(String method) throws IOException {
        String statusLine = line();
        if (!statusLine.matches("HTTP/1\\.[01] \\d{3}( .*)?")) {
            throw new ProtocolException("not a status line: " + statusLine);
        }
        int status = Integer.parseInt(statusLine.substring(9, 12));
        List<Response.Header> headers = new ArrayList<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (colon <= 0) {
                throw new ProtocolException("not a header: " + line);
            }
            headers.add(new Response.Header(
                    line.substring(0, colon), line.substring(colon + 1).trim()));
        }
        Response head = new Response(status, headers, new byte[0]);
        boolean bodiless = method.equals("HEAD") || status / 100 == 1 || status == 204 || status == 304;
        return bodiless ? head : new Response(status, headers, body(head));
    }

    private byte[] body(Response head) throws IOException {
        if ("chunked".equalsIgnoreCase(head.header("Transfer-Encoding"))) {
            return chunks();
        }
        String length = head.header("Content-Length");
        return length == null ? in.readAllBytes() : exactly(Integer.parseInt(length));
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            int size = Integer.parseInt(line().split(";")[0].trim(), 16);
            body.writeBytes(exactly(size));
            if (size == 0) {
                while (!line().isEmpty()) {}
                return body.toByteArray();
            }
            if (!line().isEmpty()) {
                throw new ProtocolException("a chunk is longer than it says");
            }
        }
    }

    private byte[] exactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("ended after " + bytes.length + " of " + length + " bytes");
        }
        return bytes;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException(line.isEmpty() ? "ended" : "ended within the line " + line);
            }
            line.append((char) c);
        }
        int end = line.length();
        return end > 0 && line.charAt(end - 1) == '\r' ? line.substring(0, end - 1) : line.toString();
    }
}
