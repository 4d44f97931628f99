package io.maintenanceagent.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Remembers why it could not be written, which a {@link java.io.PrintStream} does not tell. Safe for any thread. */
final class CheckedOutput extends FilterOutputStream {

    private volatile IOException failure;
    private volatile boolean discarded;

    CheckedOutput(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (discarded) {
            return;
        }
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            failure = failure == null ? e : failure;
            throw e;
        }
    }

    /** Nobody wants it any more: what comes, and what was not written, is no failure. */
    void discard() {
        discarded = true;
        failure = null;
    }

    /** Why something was not written, or {@code null}. */
    IOException failure() {
        return failure;
    }
}
