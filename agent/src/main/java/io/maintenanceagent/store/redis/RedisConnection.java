package io.maintenanceagent.store.redis;

import io.maintenanceagent.store.remote.Endpoint;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * A connection to a server, logged in. After any exception but an {@link ErrorReply} it is of no more use.
 *
 * <p>For one thread; any thread may call {@link #close}.
 */
final class RedisConnection implements Closeable {

    /** This client's name in the server's list of clients. */
    private static final String CLIENT_NAME = "maintenance-agent";

    private final Endpoint endpoint;
    private final int timeoutMillis;
    private final Socket raw;
    private final Socket socket;
    private final OutputStream out;
    private final InputStream in;
    private final RespReader replies;

    private boolean proven;

    private RedisConnection(Endpoint endpoint, Socket raw, ConnectionSettings settings) throws IOException {
        this.endpoint = endpoint;
        this.timeoutMillis = settings.timeoutMillis();
        this.raw = raw;
        raw.setTcpNoDelay(true);
        raw.setKeepAlive(true);
        raw.setSoTimeout(timeoutMillis);
        this.socket = settings.tls() == null ? raw : encrypted(settings);
        this.out = new BufferedOutputStream(socket.getOutputStream());
        this.in = new BufferedInputStream(socket.getInputStream());
        this.replies = new RespReader(in);
    }

    /** Connects and logs in, which takes a while. */
    static RedisConnection open(Endpoint endpoint, ConnectionSettings settings) throws IOException {
        Socket raw = connect(endpoint, settings.timeoutMillis());
        try {
            RedisConnection server = new RedisConnection(endpoint, raw, settings);
            server.logIn(settings);
            return server;
        } catch (IOException | RuntimeException | Error e) {
            close(raw);
            throw e;
        }
    }

    private static Socket connect(Endpoint endpoint, int timeoutMillis) throws IOException {
        IOException first = null;
        for (InetAddress address : InetAddress.getAllByName(endpoint.host())) {
            Socket socket = new Socket();
            try {
                socket.connect(new InetSocketAddress(address, endpoint.port()), timeoutMillis);
                return socket;
            } catch (IOException e) {
                close(socket);
                first = first == null ? e : first;
            }
        }
        throw first;
    }

    private Socket encrypted(ConnectionSettings settings) throws IOException {
        SSLSocket encrypted =
                (SSLSocket) settings.tls().socketFactory().createSocket(raw, endpoint.host(), endpoint.port(), true);
        SSLParameters parameters = encrypted.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        encrypted.setSSLParameters(parameters);
        encrypted.startHandshake();
        return encrypted;
    }

    private void logIn(ConnectionSettings settings) throws IOException {
        if (settings.password() != null) {
            String password = settings.password().read();
            Object reply = ask(settings.user() == null
                            ? new Command("AUTH", password)
                            : new Command("AUTH", settings.user(), password))
                    .get(0);
            if (reply instanceof ErrorReply) {
                // Servers quote the arguments of commands that they do not know.
                String message = ((ErrorReply) reply).getMessage();
                throw new ErrorReply(password.isEmpty() ? message : message.replace(password, "…"));
            }
        }
        if (settings.database() != 0) {
            askOne(new Command("SELECT", settings.database()));
        }
        askIfAllowed(new Command("CLIENT", "SETNAME", CLIENT_NAME));
    }

    Endpoint endpoint() {
        return endpoint;
    }

    /** Returns whether {@link #prove} was called: this server was checked once. */
    boolean isProven() {
        return proven;
    }

    void prove() {
        proven = true;
    }

    /** Sends commands in one go, and returns their replies, errors among them. */
    List<Object> ask(Command... commands) throws IOException {
        send(commands);
        List<Object> answers = new ArrayList<Object>();
        for (int i = 0; i < commands.length; i++) {
            answers.add(replies.read());
        }
        return answers;
    }

    /**
     * Returns the reply to a command.
     *
     * @throws ErrorReply if it is an error
     */
    Object askOne(Command command) throws IOException {
        Object reply = ask(command).get(0);
        if (reply instanceof ErrorReply) {
            throw (ErrorReply) reply;
        }
        return reply;
    }

    /**
     * Sends commands in one go, and returns their replies; {@code null} for one that the server does not let this user
     * use, or has none of the name.
     *
     * @throws ErrorReply the first other error among them
     */
    List<Object> askIfAllowed(Command... commands) throws IOException {
        List<Object> replies = ask(commands);
        for (int i = 0; i < commands.length; i++) {
            if (replies.get(i) instanceof ErrorReply) {
                ErrorReply error = (ErrorReply) replies.get(i);
                if (error.code().equals("NOAUTH") || !error.isRefusal() && !error.isUnknownCommand()) {
                    throw error;
                }
                replies.set(i, null);
            }
        }
        return replies;
    }

    /** Sends commands whose replies {@link #receive} reads. */
    void send(Command... commands) throws IOException {
        for (Command command : commands) {
            command.writeTo(out);
        }
        out.flush();
    }

    /** Reads one reply. */
    Object receive() throws IOException {
        return replies.read();
    }

    /**
     * Waits for something to {@link #receive}.
     *
     * @param millis how long to wait at most, in milliseconds, more than none
     * @return whether there is something
     */
    boolean awaitInput(int millis) throws IOException {
        socket.setSoTimeout(millis);
        try {
            in.mark(1);
            if (in.read() >= 0) {
                in.reset();
            }
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } finally {
            socket.setSoTimeout(timeoutMillis);
        }
    }

    /** Closes the connection without a word, so that it waits for nobody. */
    @Override
    public void close() {
        close(raw);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException ignored) {
            // it is of no use either way
        }
    }

    /** Returns a reply as text. */
    static String text(Object reply) {
        return new String((byte[]) reply, StandardCharsets.UTF_8);
    }
}
