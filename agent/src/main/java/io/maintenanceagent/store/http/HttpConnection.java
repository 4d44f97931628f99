package io.maintenanceagent.store.http;

import io.maintenanceagent.store.remote.Endpoint;
import io.maintenanceagent.store.remote.Tls;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * One connection to a server, HTTP/1.1 (RFC 9112). For one thread; any thread may {@link #close} it, which ends what is
 * being connected, written or read.
 */
final class HttpConnection implements Closeable {

    static final int CONNECT_MILLIS = 1_000;
    static final int ANSWER_MILLIS = 2_000;

    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] [1-5][0-9][0-9]( .*)?");
    private static final int MAX_ADDRESSES = 2;
    private static final int MAX_HEADERS = 64 * 1024;
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    private final Endpoint endpoint;
    private final Tls tls;
    private volatile Socket plain; // null before it connects
    private volatile boolean closed;
    private Socket socket;
    private DeadlineInput in;
    private boolean reusable;
    private Map<String, String> headers;
    private int status;

    /**
     * @param endpoint the server
     * @param tls how to connect with TLS; {@code null} for without
     */
    HttpConnection(Endpoint endpoint, Tls tls) {
        this.endpoint = endpoint;
        this.tls = tls;
    }

    Endpoint endpoint() {
        return endpoint;
    }

    /** Connects, within a time of its own. */
    void connect() throws IOException {
        InetAddress[] addresses;
        try {
            addresses = InetAddress.getAllByName(endpoint.host());
        } catch (UnknownHostException e) {
            throw new UnknownHostException(endpoint.host()); // the message has no more, whatever the system says
        }
        socket = connect(addresses);
        socket.setTcpNoDelay(true);
        if (tls != null) {
            socket.setSoTimeout(ANSWER_MILLIS);
            SSLSocket secure =
                    (SSLSocket) tls.socketFactory().createSocket(socket, endpoint.host(), endpoint.port(), true);
            SSLParameters parameters = secure.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            secure.setSSLParameters(parameters);
            secure.startHandshake();
            socket = secure;
        }
        in = new DeadlineInput(socket);
        reusable = true;
    }

    /** One of a host's addresses may be of a protocol that leads nowhere here. */
    private Socket connect(InetAddress[] addresses) throws IOException {
        int last = Math.min(addresses.length, MAX_ADDRESSES) - 1;
        for (int i = 0; ; i++) {
            Socket next = new Socket();
            // Assign the field, then check closed; close does the opposite, so one of the two threads sees the other.
            plain = next;
            try {
                if (closed) {
                    throw new SocketException("closed");
                }
                next.connect(new InetSocketAddress(addresses[i], endpoint.port()), CONNECT_MILLIS);
                return next;
            } catch (IOException e) {
                next.close();
                if (closed || i == last) {
                    throw e;
                }
            }
        }
    }

    /** Returns whether another request can be sent. */
    boolean isReusable() {
        return reusable;
    }

    /**
     * Sends a request and reads the whole response.
     *
     * @param request the request
     * @param maxBytes how large its body may be
     */
    HttpResponse exchange(HttpRequest request, int maxBytes) throws IOException {
        InputStream body = open(request);
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            byte[] some = new byte[8192];
            for (int length = body.read(some); length >= 0; length = body.read(some)) {
                bytes.write(some, 0, length);
                if (bytes.size() > maxBytes) {
                    throw new HttpFailure(status, "answers with more than " + maxBytes + " bytes");
                }
            }
            reusable = keepsAlive();
            return new HttpResponse(status, headers, bytes.toByteArray());
        } finally {
            if (!reusable) {
                close();
            }
        }
    }

    /**
     * Sends a request and reads the head of the response.
     *
     * @return the body, which ends where the response does
     */
    InputStream open(HttpRequest request) throws IOException {
        reusable = false;
        in.within(ANSWER_MILLIS + request.waitMillis());
        write(request);
        do {
            readHead();
        } while (status >= 100 && status < 200);
        if (request.method().equals("HEAD") || status == NO_CONTENT || status == NOT_MODIFIED) {
            return new BodyInput(in, 0);
        }
        String encoding = headers.get("transfer-encoding");
        if (encoding != null) {
            if (!encoding.equalsIgnoreCase("chunked")) {
                throw new ProtocolException("a transfer encoding that is not asked for");
            }
            return new BodyInput(in, BodyInput.CHUNKED);
        }
        String length = headers.get("content-length");
        return new BodyInput(in, length == null ? BodyInput.TO_THE_END : number(length, 10));
    }

    /** Returns the status of the response whose head was read last. */
    int status() {
        return status;
    }

    /** Gives what is read from now on so many milliseconds. */
    void within(long millis) {
        in.within(millis);
    }

    private boolean keepsAlive() {
        String connection = headers.get("connection");
        boolean delimited = headers.containsKey("content-length")
                || headers.containsKey("transfer-encoding")
                || status == NO_CONTENT
                || status == NOT_MODIFIED;
        return delimited
                && (connection == null || !connection.toLowerCase(Locale.ROOT).contains("close"));
    }

    private void write(HttpRequest request) throws IOException {
        StringBuilder head = new StringBuilder();
        head.append(request.method()).append(' ').append(request.target()).append(" HTTP/1.1\r\n");
        boolean usual = endpoint.port() == (tls == null ? HTTP_PORT : HTTPS_PORT);
        String place = endpoint.toString();
        line(head, "Host", usual ? place.substring(0, place.lastIndexOf(':')) : place);
        line(head, "User-Agent", "maintenance-agent");
        for (Map.Entry<String, String> header : request.headers().entrySet()) {
            line(head, header.getKey(), header.getValue());
        }
        byte[] body = request.body();
        if (body != null) {
            line(head, "Content-Length", Integer.toString(body.length));
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
        if (body != null) {
            bytes.write(body);
        }
        OutputStream out = socket.getOutputStream();
        bytes.writeTo(out);
        out.flush();
    }

    private static void line(StringBuilder head, String name, String value) {
        head.append(name).append(": ").append(value).append("\r\n");
    }

    private void readHead() throws IOException {
        int[] left = {MAX_HEADERS};
        String first = line(in, left);
        if (first == null) {
            throw new SocketException("the connection was closed");
        }
        if (!STATUS_LINE.matcher(first).matches()) {
            throw new ProtocolException("no HTTP/1.1");
        }
        status = Integer.parseInt(first.substring(9, 12));
        headers = new HashMap<String, String>();
        for (String line = line(in, left); !"".equals(line); line = line(in, left)) {
            if (line == null) {
                throw new SocketException("the connection was closed");
            }
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).trim());
            }
        }
        if (first.startsWith("HTTP/1.0") && !headers.containsKey("connection")) {
            headers.put("connection", "close");
        }
    }

    /** Returns a line without its end, or {@code null} at the end of the stream. */
    static String line(InputStream in, int[] left) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                if (line.size() == 0) {
                    return null;
                }
                throw new SocketException("the connection was closed");
            }
            if (--left[0] < 0) {
                throw new ProtocolException("a head or a line that is too long");
            }
            if (b != '\r') {
                line.write(b);
            }
        }
        return new String(line.toByteArray(), StandardCharsets.UTF_8);
    }

    static long number(String digits, int radix) throws IOException {
        try {
            long number = Long.parseLong(digits.trim(), radix);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException ignored) {
            // said below
        }
        throw new ProtocolException("a length that is no number");
    }

    /** Closes the socket itself: TLS would have to wait for whoever reads. */
    @Override
    public void close() {
        reusable = false;
        closed = true;
        Socket open = plain;
        try {
            if (open != null) {
                open.close();
            }
        } catch (IOException ignored) {
            // it is of no use any more
        }
    }
}
