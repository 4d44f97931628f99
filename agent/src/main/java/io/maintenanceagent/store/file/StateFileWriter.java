package io.maintenanceagent.store.file;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * Replaces a state file as a whole: a new file is written beside it, forced to the disk, and renamed over it, under a
 * lock on a file {@code .lock} beside it that stays there. A link is followed, and the file that it leads to replaced.
 */
final class StateFileWriter {

    private static final long LOCK_MILLIS = 5000;
    private static final long LOCK_RETRY_MILLIS = 10;

    private final Path file;

    StateFileWriter(File file) throws IOException {
        Path path = file.toPath();
        this.file = Files.exists(path) ? path.toRealPath() : path;
    }

    /** See {@link FileStore#compareAndSet}. */
    boolean compareAndSet(byte[] expected, byte[] content) throws IOException {
        // Closing any channel of the lock file drops this process's locks on it (POSIX), another thread's included:
        // one channel at a time in this JVM.
        synchronized (StateFileWriter.class) {
            return lockedCompareAndSet(expected, content);
        }
    }

    private boolean lockedCompareAndSet(byte[] expected, byte[] content) throws IOException {
        try (FileChannel lockFile = openLock();
                FileLock lock = lock(lockFile)) {
            byte[] now = new StateFile(file.toFile(), System.nanoTime()).read();
            if (!Arrays.equals(now, expected)) {
                return false;
            }
            if (content == null) {
                Files.deleteIfExists(file);
            } else {
                replace(content);
            }
            return lock.isValid();
        }
    }

    private FileChannel openLock() throws IOException {
        Path lock = file.resolveSibling(file.getFileName() + ".lock");
        try {
            FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                // Nothing is in it, and whoever may write in the directory has to be able to lock it.
                Files.setPosixFilePermissions(lock, PosixFilePermissions.fromString("rw-rw-rw-"));
            } catch (IOException | UnsupportedOperationException notOurs) {
                // somebody else made it, and opened it to all
            }
            return channel;
        } catch (NoSuchFileException e) {
            throw new IOException("cannot be written: its directory does not exist", e);
        } catch (IOException e) {
            throw new IOException("cannot be written: its directory is not writable for this user (" + e + ")", e);
        }
    }

    private static FileLock lock(FileChannel lockFile) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LOCK_MILLIS);
        while (System.nanoTime() - deadline < 0) {
            try {
                FileLock lock = lockFile.tryLock();
                if (lock != null) {
                    return lock;
                }
            } catch (OverlappingFileLockException heldInThisProcess) {
                // as good as held by another
            }
            try {
                Thread.sleep(LOCK_RETRY_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        throw new IOException("cannot be written: another writer holds its lock");
    }

    private void replace(byte[] content) throws IOException {
        Path next = Files.createTempFile(file.getParent(), "." + file.getFileName() + ".", ".tmp");
        try {
            try (FileChannel out = FileChannel.open(next, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(content);
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
                out.force(true);
            }
            copyPermissions(next);
            move(next);
        } finally {
            Files.deleteIfExists(next);
        }
    }

    /** Who may read the file may go on reading it; a new file may be read by all, as one that a shell makes. */
    private void copyPermissions(Path next) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(next, PosixFileAttributeView.class);
        if (view == null) {
            return;
        }
        if (Files.exists(file)) {
            PosixFileAttributes old = Files.readAttributes(file, PosixFileAttributes.class);
            view.setPermissions(old.permissions());
            try {
                view.setGroup(old.group());
                view.setOwner(old.owner());
            } catch (IOException notAllowed) {
                // it stays the writer's
            }
        } else {
            view.setPermissions(PosixFilePermissions.fromString("rw-r--r--"));
        }
    }

    private void move(Path next) throws IOException {
        try {
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
