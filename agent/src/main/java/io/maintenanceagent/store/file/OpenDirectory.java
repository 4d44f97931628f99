package io.maintenanceagent.store.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/**
 * A directory that is held open. Names in it mean the same as long as it is open, even if its path leads elsewhere
 * meanwhile. Where the platform does not show opened files, or the directory may not be listed, names in it are found
 * by its path.
 */
final class OpenDirectory implements Closeable {

    private final Path path;
    private final Path base;
    private final DirectoryStream<Path> stream;

    private OpenDirectory(Path path, Path base, DirectoryStream<Path> stream) {
        this.path = path;
        this.base = base;
        this.stream = stream;
    }

    /**
     * @param real its path, without links
     * @throws IOException if it cannot be opened, or is no longer what the path led to; the message is a clause
     */
    static OpenDirectory open(Path real) throws IOException {
        DirectoryStream<Path> stream;
        try {
            stream = Files.newDirectoryStream(real);
        } catch (NoSuchFileException | NotDirectoryException e) {
            throw new IOException("cannot be written: its directory does not exist", e);
        } catch (AccessDeniedException ignored) {
            // the directory may not be listed
            return new OpenDirectory(real, real, null);
        }
        try {
            Path base = real;
            if (Descriptors.areShown()) {
                base = Descriptors.find(real);
                if (base == null) {
                    throw new IOException("is not touched: " + real + " was exchanged while it was opened");
                }
            }
            OpenDirectory opened = new OpenDirectory(real, base, stream);
            stream = null;
            return opened;
        } finally {
            if (stream != null) {
                stream.close();
            }
        }
    }

    /** Its path when it was opened, for messages and to find what was opened in it. */
    Path path() {
        return path;
    }

    /** A path for a name in it, to be opened without following links. */
    Path at(Path name) {
        return base.resolve(name);
    }

    /**
     * The names in it; once.
     *
     * @throws AccessDeniedException if it may not be listed
     */
    Iterable<Path> names() throws AccessDeniedException {
        if (stream == null) {
            throw new AccessDeniedException(path.toString());
        }
        return stream;
    }

    /** What it is. */
    FileFacts facts() throws IOException {
        return FileFacts.following(base);
    }

    /** For one that this process has made: see {@link Rights#give}. */
    void giveRightsOf(FileFacts parent) throws IOException {
        if (!base.equals(path)) {
            Rights.give(base, parent, false);
        }
    }

    @Override
    public void close() throws IOException {
        if (stream != null) {
            stream.close();
        }
    }
}
