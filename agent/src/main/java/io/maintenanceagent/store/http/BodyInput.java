package io.maintenanceagent.store.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;

/** The body of a response, which ends by its length, by its last chunk, or with the connection. */
final class BodyInput extends InputStream {

    static final long CHUNKED = -1;
    static final long TO_THE_END = -2;

    private static final int MAX_LINE = 8192;
    private static final int MAX_TRAILERS = 64 * 1024;

    private final InputStream in;
    private final byte[] one = new byte[1];
    private final boolean chunked;
    private final boolean delimited;
    private long left;
    private boolean behindChunk;
    private boolean ended;

    /**
     * @param in the connection behind the head of the response
     * @param length how many bytes there are, {@link #CHUNKED} or {@link #TO_THE_END}
     */
    BodyInput(InputStream in, long length) {
        this.in = in;
        this.chunked = length == CHUNKED;
        this.delimited = length != TO_THE_END;
        this.left = Math.max(0, length);
        this.ended = length == 0;
    }

    @Override
    public int read() throws IOException {
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (ended || length == 0) {
            return ended ? -1 : 0;
        }
        if (!delimited) {
            return in.read(bytes, offset, length);
        }
        if (chunked && left == 0 && !nextChunk()) {
            return -1;
        }
        int some = in.read(bytes, offset, (int) Math.min(length, left));
        if (some < 0) {
            throw new SocketException("the connection was closed");
        }
        left -= some;
        behindChunk = left == 0;
        ended = !chunked && left == 0;
        return some;
    }

    private boolean nextChunk() throws IOException {
        if (behindChunk) {
            line(MAX_LINE);
            behindChunk = false;
        }
        left = HttpConnection.number(line(MAX_LINE).split(";", 2)[0], 16);
        if (left > 0) {
            return true;
        }
        int[] bytes = {MAX_TRAILERS};
        for (String trailer = "more"; trailer != null && !trailer.isEmpty(); ) {
            trailer = HttpConnection.line(in, bytes);
        }
        ended = true;
        return false;
    }

    private String line(int max) throws IOException {
        String line = HttpConnection.line(in, new int[] {max});
        if (line == null) {
            throw new SocketException("the connection was closed");
        }
        return line;
    }
}
