package io.maintenanceagent.store.file;

import io.maintenanceagent.state.StateParser;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Writes a state file so that a reader at any moment finds the old state or the new one.
 *
 * <p>A new file is written under another name, with the rights of its directory, and then gets its own name as a whole,
 * unless there is one by then.
 *
 * <p>An existing file is written in place, so that it stays what and whose it is: white space, which means nothing in a
 * state, is appended until the new content fits; that one is written over it in one call; and what is too much is cut
 * off. If the disk is full, or this process is killed, the file holds the one or the other. Writers lock the file
 * itself, far behind its content, where no platform keeps readers from reading.
 */
final class StateFileWriter {

    private static final long LOCK_MILLIS = 5000;
    private static final long LOCK_RETRY_MILLIS = 10;
    private static final long LOCK_POSITION = 1L << 40;

    /** A file that is being made has a second name for a moment. */
    private static final long SECOND_NAME_MILLIS = 500;

    /** Reading and writing both: so that opening a pipe, if the file is one by now, does not block. */
    private static final Set<OpenOption> OVERWRITE = options(StandardOpenOption.READ, StandardOpenOption.WRITE);

    private static final Set<OpenOption> CREATE_NEW = options(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

    private final PathResolution path;

    /** @throws IOException see {@link PathResolution#toWrite}, {@link PathResolution#refuseForeignLinks} */
    StateFileWriter(File file) throws IOException {
        try {
            this.path = PathResolution.toWrite(file.toPath());
        } catch (NoSuchFileException e) {
            throw new IOException("cannot be written: its directory does not exist", e);
        }
        path.refuseForeignLinks();
    }

    /** Finds out whether a state could be written, and changes nothing; see {@link FileStore#checkWritable}. */
    void check() throws IOException {
        synchronized (StateFileWriter.class) {
            try (OpenDirectory directory = OpenDirectory.open(path.directory())) {
                FileFacts facts = FileFacts.of(directory.at(path.name()));
                if (facts != null) {
                    open(directory, facts).close();
                } else if (!Files.isWritable(directory.at(path.name()).getParent())) {
                    throw notWritable(null);
                }
            } catch (FileSystemException e) {
                throw cannot(e);
            }
        }
    }

    private IOException notWritable(IOException cause) {
        return new IOException("cannot be written: " + path.directory() + " is not writable for this user", cause);
    }

    /** Without the path, which is one of this process. */
    private static IOException cannot(FileSystemException e) {
        return new IOException("cannot be written: " + (e.getReason() == null ? e : e.getReason()), e);
    }

    /** See {@link FileStore#compareAndSet}. */
    boolean compareAndSet(byte[] expected, byte[] content) throws IOException {
        // Closing any channel of a file drops this process's locks on it (POSIX): one channel at a time in this JVM.
        synchronized (StateFileWriter.class) {
            try (OpenDirectory directory = OpenDirectory.open(path.directory())) {
                FileFacts facts = FileFacts.of(directory.at(path.name()));
                if (facts == null) {
                    return expected == null && (content == null || create(directory, content));
                }
                try (FileChannel file = open(directory, facts)) {
                    return lockedCompareAndSet(directory, facts, file, expected, content);
                }
            } catch (NoSuchFileException ignored) {
                // another writer was faster
                return false;
            } catch (AccessDeniedException e) {
                throw notWritable(e);
            } catch (FileSystemException e) {
                throw cannot(e);
            }
        }
    }

    private boolean create(OpenDirectory directory, byte[] content) throws IOException {
        Path temporary = path.directory().getFileSystem().getPath("." + path.name() + "." + UUID.randomUUID() + ".tmp");
        Path there = directory.at(temporary);
        try (FileChannel file = FileChannel.open(there, CREATE_NEW, Rights.ofNewFile(directory.facts()))) {
            try {
                Path opened = descriptor(directory, temporary, FileFacts.of(there));
                if (opened != null) {
                    Rights.give(opened, directory.facts(), true);
                }
                write(file, 0, ByteBuffer.wrap(content));
                name(there, directory.at(path.name()));
                return true;
            } catch (FileAlreadyExistsException ignored) {
                // another writer was faster
                return false;
            } finally {
                Files.deleteIfExists(there);
            }
        }
    }

    /** Fails if there is something of that name. */
    private static void name(Path temporary, Path name) throws IOException {
        try {
            Files.createLink(name, temporary);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (UnsupportedOperationException | FileSystemException ignored) {
            // this file system has no hard links
            Files.move(temporary, name);
        }
    }

    private static Set<OpenOption> options(OpenOption first, OpenOption second) {
        return new HashSet<OpenOption>(Arrays.asList(first, second, LinkOption.NOFOLLOW_LINKS));
    }

    /** Opens an existing file, if it is one that may be written in place. */
    private FileChannel open(OpenDirectory directory, FileFacts facts) throws IOException {
        if (!facts.isRegular()) {
            throw new IOException("is not written: it is " + facts.kind() + "; allowed: a regular file");
        }
        FileChannel file;
        try {
            file = FileChannel.open(directory.at(path.name()), OVERWRITE);
        } catch (AccessDeniedException e) {
            throw new IOException(
                    "cannot be written: " + path.real()
                            + " is not readable and writable for this user, and a file of this user's in its"
                            + " place would"
                            + " lose its owner and rights; let its owner write it, or change its permissions",
                    e);
        }
        try {
            Path opened = descriptor(directory, path.name(), facts);
            refuseSecondName(opened == null ? directory.at(path.name()) : opened);
            FileChannel checked = file;
            file = null;
            return checked;
        } finally {
            if (file != null) {
                file.close();
            }
        }
    }

    /** Refuses hard links: a user who may write in the directory could make another user's file a state file. */
    private static void refuseSecondName(Path opened) throws IOException {
        for (long waited = 0; ; waited += LOCK_RETRY_MILLIS) {
            FileFacts facts = FileFacts.following(opened);
            if (facts == null || facts.names() <= 1) {
                return;
            }
            if (waited >= SECOND_NAME_MILLIS) {
                throw new IOException("is not written: it has " + facts.names()
                        + " names (hard links), and would be changed under all of them; put a copy in its place");
            }
            pause();
        }
    }

    /** What is open by a name in a directory; {@code null} where the platform does not tell. */
    private static Path descriptor(OpenDirectory directory, Path name, FileFacts file) throws IOException {
        Path opened = Descriptors.areShown() ? Descriptors.find(directory.path().resolve(name), file) : null;
        if (opened == null
                && (Descriptors.areShown() || file == null || !file.isSame(FileFacts.of(directory.at(name))))) {
            throw new IOException("is not written: it was exchanged while it was opened; try again");
        }
        return opened;
    }

    private boolean lockedCompareAndSet(
            OpenDirectory directory, FileFacts facts, FileChannel file, byte[] expected, byte[] content)
            throws IOException {
        Path there = directory.at(path.name());
        try (FileLock lock = lock(file)) {
            if (!facts.isSame(FileFacts.of(there)) || !Arrays.equals(read(file), expected)) {
                return false;
            }
            if (content == null) {
                Files.delete(there);
                return true;
            }
            overwrite(file, expected.length, content);
            return lock.isValid() && facts.isSame(FileFacts.of(there));
        }
    }

    private static FileLock lock(FileChannel file) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LOCK_MILLIS);
        while (System.nanoTime() - deadline < 0) {
            try {
                FileLock lock = file.tryLock(LOCK_POSITION, 1, false);
                if (lock != null) {
                    return lock;
                }
            } catch (OverlappingFileLockException ignored) {
                // as good as held by another
            }
            pause();
        }
        throw new IOException("cannot be written: another writer holds its lock");
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(LOCK_RETRY_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("cannot be written: interrupted", e);
        }
    }

    private static byte[] read(FileChannel file) throws IOException {
        if (file.size() > StateParser.MAX_BYTES) {
            throw new IOException("is larger than the 1 MiB that a state may have; nothing was written");
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) file.size());
        while (bytes.hasRemaining() && file.read(bytes, bytes.position()) >= 0) {
            // on, to the end
        }
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    private static void overwrite(FileChannel file, int length, byte[] content) throws IOException {
        if (content.length > length) {
            try {
                write(file, length, blank(new byte[content.length - length], 0));
            } catch (IOException e) {
                file.truncate(length);
                throw e;
            }
        }
        write(file, 0, blank(Arrays.copyOf(content, Math.max(content.length, length)), content.length));
        if (content.length < length) {
            file.truncate(content.length);
            file.force(true);
        }
    }

    private static ByteBuffer blank(byte[] bytes, int from) {
        Arrays.fill(bytes, from, bytes.length, (byte) '\n');
        return ByteBuffer.wrap(bytes);
    }

    private static void write(FileChannel file, long position, ByteBuffer bytes) throws IOException {
        try {
            long at = position;
            while (bytes.hasRemaining()) {
                at += file.write(bytes, at);
            }
            file.force(true); // a network file system may notice only now that it is full
        } catch (IOException e) {
            throw new IOException("cannot be written: " + e.getMessage(), e);
        }
    }
}
