package io.maintenanceagent.store.file;

import io.maintenanceagent.state.StateParser;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * Reads a state file as a whole each time, so it does not matter how the file is changed.
 *
 * <p>Written with {@code java.io}: the first readings happen while the application starts, when {@code java.nio.file}
 * must not be initialised yet on some servers. Not thread-safe.
 */
final class StateFile {

    private static final int OPEN_ATTEMPTS = 3;

    /** A missing directory may come back: it may be exchanged by moving it away first. */
    private static final long EXCHANGE_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Later than Java 8, {@code java.nio.file} is there before any agent; see the ban in MaintenanceAgent. */
    private static final boolean NIO_AT_START =
            !System.getProperty("java.specification.version", "1.").startsWith("1.");

    /** Blank, which every reader takes for a write in progress. */
    private static final byte[] SEEN_AGAIN = {};

    private final File file;
    private final long startedNanos;
    private boolean present;
    private PathResolution known; // how it was found when it was there; null if it never was, or was deleted
    private boolean directoryMissing;
    private long directoryMissingNanos;
    private String notice;

    /**
     * @param file the file, absolute; need not exist, nor its directory
     * @param startedNanos when the application can be taken to have started, as {@link System#nanoTime} tells it
     */
    StateFile(File file, long startedNanos) {
        this.file = file;
        this.startedNanos = startedNanos;
    }

    /** Returns whether the file was there when it was last read. */
    boolean isPresent() {
        return present;
    }

    /**
     * Returns what happened to the file, a clause behind its name, once; {@code null} if there is nothing to report.
     */
    String takeNotice() {
        String taken = notice;
        notice = null;
        return taken;
    }

    /** Returns the content, or {@code null} if there is no file; see {@link FileStore#read}. */
    byte[] read() throws IOException {
        for (int attempt = 1; ; attempt++) {
            // Asked first: opening a named pipe would wait for a writer, and opening a missing file makes an exception.
            if (!file.isFile()) {
                return absent();
            }
            try (InputStream in = new FileInputStream(file)) {
                byte[] content = content(in);
                remember();
                return content;
            } catch (FileNotFoundException e) {
                // Also what happens when it is being replaced.
                if (attempt == OPEN_ATTEMPTS) {
                    throw new IOException("cannot be opened: " + e.getMessage(), e);
                }
            }
        }
    }

    /** Tells a missing file from one that cannot be seen, which must not end maintenance. */
    private byte[] absent() throws IOException {
        if (file.isDirectory()) {
            throw new IOException("is a directory; allowed: a file");
        }
        if (file.isFile()) {
            return SEEN_AGAIN; // it has just come back
        }
        if (file.exists()) {
            throw new IOException("is not a regular file");
        }
        for (File above = file.getParentFile(); above != null; above = above.getParentFile()) {
            if (above.exists()) {
                if (!above.canExecute()) {
                    throw new IOException("cannot be seen; is " + above + " accessible for this user?");
                }
                break;
            }
        }
        if (present || NIO_AT_START || isStarted()) {
            // java.io says "no" to every error.
            PathResolution now = resolve();
            if (now.isComplete()) {
                return SEEN_AGAIN;
            }
            if (known != null) {
                return disappeared(now);
            }
        }
        present = false;
        return null;
    }

    private boolean isStarted() {
        return System.nanoTime() - startedNanos >= 0;
    }

    private void remember() {
        present = true;
        directoryMissing = false;
        if (NIO_AT_START || isStarted()) {
            try {
                PathResolution now = PathResolution.of(file.toPath());
                if (now.isComplete()) {
                    known = now;
                }
            } catch (IOException ignored) {
                // the next reading says it
            }
        }
    }

    private PathResolution resolve() throws IOException {
        try {
            return PathResolution.of(file.toPath());
        } catch (FileSystemException e) {
            String reason = e.getReason() == null ? e.getClass().getSimpleName() : e.getReason();
            throw new IOException("cannot be seen (" + e.getFile() + ": " + reason + ")", e);
        }
    }

    private byte[] disappeared(PathResolution now) throws IOException {
        Disappearance why = Disappearance.between(known, now);
        switch (why.kind()) {
            case NONE:
                return SEEN_AGAIN;
            case OTHER_DIRECTORY:
                throw new IOException("is gone without having been deleted: " + why.place()
                        + " is another directory now (unmounted, mounted over, or exchanged)");
            case DIRECTORY_MISSING:
                if (!directoryMissing) {
                    directoryMissing = true;
                    directoryMissingNanos = System.nanoTime();
                }
                if (System.nanoTime() - directoryMissingNanos < EXCHANGE_NANOS) {
                    return SEEN_AGAIN;
                }
                notice = "is gone with its directory, and the state in it is over: there is no " + why.place();
                break;
            case LINK_SWITCHED:
                notice = "is gone, and the state in it is over: the link " + why.place()
                        + (why.target() == null ? " is none any more" : " leads to " + why.target() + " now")
                        + "; a state file belongs into a directory that no deployment exchanges";
                break;
            default:
                break;
        }
        known = null;
        present = false;
        directoryMissing = false;
        return null;
    }

    private static byte[] content(InputStream in) throws IOException {
        byte[] buffer = new byte[256];
        int length = 0;
        for (int n = in.read(buffer, 0, buffer.length); n >= 0; n = in.read(buffer, length, buffer.length - length)) {
            length += n;
            if (length > StateParser.MAX_BYTES) {
                throw new IOException("is larger than the 1 MiB that a state may have");
            }
            if (length == buffer.length) {
                buffer = Arrays.copyOf(buffer, buffer.length * 4);
            }
        }
        return Arrays.copyOf(buffer, length);
    }
}
