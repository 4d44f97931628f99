package io.maintenanceagent.store.file;

import io.maintenanceagent.api.StateStore;
import java.io.File;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A state in a file, and beside it, in a directory of the same name with {@code .instances} behind, the JVMs that
 * follow it.
 *
 * <p>The file system's events tell when to read, and a slow poll sees what they do not tell: changes on a network file
 * system, a directory replaced by another. Where there are no events, and while the application starts, the poll is
 * quick.
 */
public final class FileStore implements StateStore {

    /** A flip is to be enforced within 100 ms, or within a second where only polling shows it. */
    private static final long QUICK_POLL_MILLIS = 60;

    private static final long SLOW_POLL_MILLIS = 750;

    /** Until then {@code java.nio.file} is left alone; see the ban in MaintenanceAgent. */
    private static final long START_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final File file;
    private final StateFile reader;
    private final File instances;
    private final long openedNanos = System.nanoTime();
    private volatile FileEvents events;
    private List<File> others = Collections.emptyList();
    private boolean mountLookedUp;
    private boolean mounted;

    /** @param file the file; need not exist, nor its directory */
    public FileStore(File file) {
        this.file = file.getAbsoluteFile();
        this.reader = new StateFile(this.file, openedNanos + START_NANOS);
        this.instances = new File(this.file.getPath() + ".instances");
    }

    @Override
    public byte[] read() throws IOException {
        return reader.read();
    }

    @Override
    public void awaitChange() throws InterruptedException {
        if (events == null && System.nanoTime() - openedNanos > START_NANOS) {
            events = new FileEvents(watched());
        }
        // A change outside of a mount of its own is no event in its directory here.
        if (events == null || !events.await(mounted ? QUICK_POLL_MILLIS : SLOW_POLL_MILLIS)) {
            Thread.sleep(QUICK_POLL_MILLIS);
        }
    }

    /**
     * Tells what is odd about the file, or has happened to it, and is no fault of a reading. For the thread that reads.
     *
     * @return a clause behind {@link #name}; {@code null} if there is nothing new
     */
    public String takeNotice() {
        if (!mountLookedUp && reader.isPresent()) {
            mountLookedUp = true;
            mounted = MountPoints.contain(file);
            if (mounted) {
                return "is a mount of its own: a file that replaces it outside is not seen here; mount its directory instead,"
                        + " or write it in place";
            }
        }
        return reader.takeNotice();
    }

    /**
     * Has {@link #awaitChange} return at a change of other files as well. For the thread that waits.
     *
     * @param files these files, in place of those before
     */
    public void awaitAlso(List<File> files) {
        if (!files.equals(others)) {
            others = files;
            if (events != null) {
                events.watch(watched());
            }
        }
    }

    private List<Path> watched() {
        List<Path> paths = new ArrayList<Path>();
        paths.add(file.toPath());
        for (File other : others) {
            try {
                paths.add(other.getAbsoluteFile().toPath());
            } catch (InvalidPathException e) {
                // there can be no such file
            }
        }
        return paths;
    }

    /**
     * {@inheritDoc}
     *
     * <p>Safe against other writers that come this way, in this process or another. Somebody who edits the file by hand
     * takes no lock; what is written here replaces the file as a whole, so nothing is half overwritten.
     */
    @Override
    public boolean compareAndSet(byte[] expected, byte[] content) throws IOException {
        return new StateFileWriter(file).compareAndSet(expected, content);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Nobody does while there is neither a state file nor a directory of instances: an application that never heard
     * of maintenance gets no files in its directory. And where this user may not write, as in a mounted ConfigMap,
     * there is nowhere to tell.
     */
    @Override
    public boolean wantsReports() {
        return instances.isDirectory()
                ? instances.canWrite()
                : file.isFile() && file.getParentFile().canWrite();
    }

    @Override
    public void report(String instance, byte[] report, long ttlMillis) throws IOException {
        directory().report(instance, report, ttlMillis);
    }

    @Override
    public void withdraw(String instance) throws IOException {
        directory().withdraw(instance);
    }

    @Override
    public Map<String, byte[]> instances() throws IOException {
        return directory().list();
    }

    private InstanceDirectory directory() {
        return new InstanceDirectory(instances);
    }

    /** @return the file's absolute path */
    @Override
    public String name() {
        return file.getPath();
    }

    @Override
    public void close() {
        FileEvents open = events;
        if (open != null) {
            open.close();
        }
    }
}
