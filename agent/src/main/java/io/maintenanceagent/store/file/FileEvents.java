package io.maintenanceagent.store.file;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The file system's change events for a few files.
 *
 * <p>It uses none where the platform's watch service itself polls, every few seconds (macOS); where the user has no
 * watches left; and, for {@link #REST_NANOS}, in a directory in which others write all the time, since each line of a
 * log would wake two threads. Then the caller polls.
 *
 * <p>Not thread-safe, but for {@link #close}.
 */
final class FileEvents {

    private static final long REST_NANOS = TimeUnit.MINUTES.toNanos(10);

    /** This many batches of other files' events in this time cost as much as polling. */
    private static final int TOO_MANY = 150;

    private static final long TOO_MANY_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final WatchEvent.Kind<?>[] KINDS = {
        StandardWatchEventKinds.ENTRY_CREATE,
        StandardWatchEventKinds.ENTRY_MODIFY,
        StandardWatchEventKinds.ENTRY_DELETE,
    };

    /** After this many waits without an event, the files' paths are resolved again. */
    private static final int IDLE_WAITS = 10;

    private final Map<WatchedNames.Directory, WatchKey> keys = new HashMap<WatchedNames.Directory, WatchKey>();

    private volatile WatchService service;
    private List<Path> files;
    private WatchedNames names;
    private int idleWaits;
    private long restUntil = System.nanoTime();
    private long countBegan;
    private int batches;

    /** @param files absolute */
    FileEvents(List<Path> files) {
        this.files = files;
    }

    /** Changes what is waited for. */
    void watch(List<Path> others) {
        files = others;
        idleWaits = 0;
    }

    /**
     * Waits until one of the files may have changed.
     *
     * @param millis how long to wait at the most, in milliseconds
     * @return {@code false}, at once, if there are no events to wait for
     */
    boolean await(long millis) throws InterruptedException {
        if (System.nanoTime() - restUntil < 0) {
            return false;
        }
        try {
            if (service == null) {
                service = FileSystems.getDefault().newWatchService();
                if (service.getClass().getSimpleName().startsWith("Polling")) {
                    rest();
                    return false;
                }
            }
            if (idleWaits == 0) {
                names = WatchedNames.of(files);
                if (register(names.directories())) {
                    return true;
                }
            }
            return poll(millis);
        } catch (NoSuchFileException | NotDirectoryException ignored) {
            // the directory is changing
            idleWaits = 0;
            return false;
        } catch (IOException | ClosedWatchServiceException | UnsupportedOperationException e) {
            rest();
            return false;
        }
    }

    /** Returns whether a directory is watched anew, in which something may have happened before. */
    private boolean register(Set<WatchedNames.Directory> directories) throws IOException {
        for (Iterator<Map.Entry<WatchedNames.Directory, WatchKey>> i =
                        keys.entrySet().iterator();
                i.hasNext(); ) {
            Map.Entry<WatchedNames.Directory, WatchKey> watched = i.next();
            if (!directories.contains(watched.getKey()) || !watched.getValue().isValid()) {
                watched.getValue().cancel();
                i.remove();
            }
        }
        boolean anew = false;
        for (WatchedNames.Directory directory : directories) {
            if (!keys.containsKey(directory)) {
                keys.put(directory, directory.path().register(service, KINDS));
                anew = true;
            }
        }
        return anew;
    }

    /** Returns {@code true} at an event about one of the names, or at the end of the time. */
    private boolean poll(long millis) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            WatchKey key = service.poll(left, TimeUnit.NANOSECONDS);
            if (key == null) {
                idleWaits = (idleWaits + 1) % IDLE_WAITS;
                return true;
            }
            idleWaits = 0;
            boolean concerned = !keys.containsValue(key);
            for (WatchEvent<?> event : key.pollEvents()) {
                concerned |= event.context() == null
                        || names.contains(event.context().toString());
            }
            concerned |= !key.reset();
            if (concerned) {
                return true;
            }
            if (tooMany()) {
                rest();
                return false;
            }
        }
        return true;
    }

    private boolean tooMany() {
        long now = System.nanoTime();
        if (now - countBegan > TOO_MANY_NANOS) {
            countBegan = now;
            batches = 0;
        }
        return ++batches > TOO_MANY;
    }

    private void rest() {
        restUntil = System.nanoTime() + REST_NANOS;
        keys.clear();
        idleWaits = 0;
        close();
    }

    /** Releases the watches; may be called from any thread. */
    void close() {
        WatchService open = service;
        service = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // nothing is held that could be kept
            }
        }
    }
}
