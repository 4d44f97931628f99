package io.maintenanceagent.store.file;

import io.maintenanceagent.state.StateParser;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;

/**
 * Reads a state file, anew each time: whatever way a file is changed in, its content is the truth.
 *
 * <p>Written with {@code java.io}: the first readings happen while the application starts, when {@code java.nio.file}
 * must not be initialised yet on some servers. Not safe for threads.
 */
final class StateFile {

    private static final int OPEN_ATTEMPTS = 3;

    /** Blank, which every reader takes for a write in progress. */
    private static final byte[] SEEN_AGAIN = {};

    private final File file;
    private boolean present;

    /** @param file the file, absolute; need not exist, nor its directory */
    StateFile(File file) {
        this.file = file;
    }

    /** @return the content, or {@code null} if there is no file; see {@link FileStore#read} */
    byte[] read() throws IOException {
        for (int attempt = 1; ; attempt++) {
            // Asked first: opening a named pipe would wait for a writer, and opening a missing file makes an exception.
            if (!file.isFile()) {
                return absent();
            }
            try (InputStream in = new FileInputStream(file)) {
                byte[] content = content(in);
                present = true;
                return content;
            } catch (FileNotFoundException e) {
                // Also what happens when it is being replaced.
                if (attempt == OPEN_ATTEMPTS) {
                    throw new IOException("cannot be opened: " + e.getMessage(), e);
                }
            }
        }
    }

    /** Tells "there is no file" from "it cannot be seen", which must not end a maintenance. */
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
        File parent = file.getParentFile();
        if (parent != null && parent.exists() && !parent.canExecute()) {
            throw new IOException("cannot be seen; is its directory accessible for this user?");
        }
        if (present) {
            // java.io says "no" to every error. It takes java.nio to know, by now the application has started.
            try {
                Files.readAttributes(file.toPath(), BasicFileAttributes.class);
                return SEEN_AGAIN;
            } catch (NoSuchFileException gone) {
                present = false;
            }
        }
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
