package io.maintenanceagent.store.file;

import io.maintenanceagent.api.StateStore;
import java.io.File;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
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
    private final long openedNanos = System.nanoTime();
    private volatile FileEvents events;
    private List<File> others = Collections.emptyList();
    private boolean mountLookedUp;
    private boolean mounted;
    private final FileInstances instances;

    /** @param file the file; need not exist, nor its directory */
    public FileStore(File file) {
        this.file = file.getAbsoluteFile();
        this.reader = new StateFile(this.file, openedNanos + START_NANOS);
        this.instances = new FileInstances(this.file);
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
     * Returns a warning about the file that is no error of a reading. For the thread that reads.
     *
     * @return a clause behind {@link #name}; {@code null} if there is nothing new
     */
    public String takeNotice() {
        if (!mountLookedUp && reader.isPresent()) {
            mountLookedUp = true;
            mounted = MountPoints.contain(file);
            if (mounted) {
                return "is a mount of its own: a file that replaces it outside is not seen here; mount its"
                        + " directory instead,"
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
     * <p>Safe against other writers that use this class, in this process or another. An editor takes no lock. How it is
     * written, and what is refused, says {@link StateFileWriter}.
     */
    @Override
    public boolean compareAndSet(byte[] expected, byte[] content) throws IOException {
        return new StateFileWriter(file).compareAndSet(expected, content);
    }

    /**
     * Finds out whether this user could write the state, and changes nothing.
     *
     * @throws IOException if not; the message is a clause that reads well behind {@link #name}
     */
    public void checkWritable() throws IOException {
        new StateFileWriter(file).check();
    }

    /**
     * Lists the links that lead to directories on the way to the file: a deployment that lets one of them lead
     * elsewhere gives the agents another file, or none. Links of the operating system or of Kubernetes are left out.
     *
     * @return the links' paths; empty also if the way cannot be followed, which reading and writing say
     */
    public List<String> linkedDirectories() {
        List<String> links = new ArrayList<String>();
        try {
            for (Path link : PathResolution.toWrite(file.toPath()).linkedDirectories()) {
                String above = link.getParent().toString();
                boolean systems = above.equals("/") || above.equals("/var");
                if (!systems && !link.getFileName().toString().startsWith("..")) {
                    links.add(link.toString());
                }
            }
        } catch (IOException ignored) {
            // reading or writing reports it
        }
        return links;
    }

    /** {@inheritDoc} Beside the state file; never {@code null}. */
    @Override
    public FileInstances instances() {
        return instances;
    }

    /** Returns the file's absolute path. */
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
