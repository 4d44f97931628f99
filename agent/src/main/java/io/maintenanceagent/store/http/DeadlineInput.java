package io.maintenanceagent.store.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;

/** Buffered bytes of a socket, up to a point in time: a server that sends a byte now and then is no exception. */
final class DeadlineInput extends InputStream {

    private static final int BUFFER = 8192;

    private final Socket socket;
    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER];
    private int position;
    private int limit;
    private long deadlineNanos;

    /** @param socket a connected socket */
    DeadlineInput(Socket socket) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
    }

    /** Gives all that is read from now on so many milliseconds. */
    void within(long millis) {
        deadlineNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    }

    private boolean fill() throws IOException {
        long left = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime());
        if (left <= 0) {
            throw new SocketTimeoutException();
        }
        socket.setSoTimeout((int) left);
        limit = Math.max(0, in.read(buffer, 0, BUFFER));
        position = 0;
        return limit > 0;
    }

    @Override
    public int read() throws IOException {
        return position < limit || fill() ? buffer[position++] & 0xff : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (position >= limit && !fill()) {
            return -1;
        }
        int some = Math.min(length, limit - position);
        System.arraycopy(buffer, position, bytes, offset, some);
        position += some;
        return some;
    }
}
