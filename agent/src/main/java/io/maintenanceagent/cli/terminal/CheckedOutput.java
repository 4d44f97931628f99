package io.maintenanceagent.cli.terminal;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** An output stream that keeps its first failure, which a {@link java.io.PrintStream} hides. Safe for any thread. */
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

    /** Discards all further output; what was not written is no failure. */
    void discard() {
        discarded = true;
        failure = null;
    }

    /** The first failure, or {@code null}. */
    IOException failure() {
        return failure;
    }
}
