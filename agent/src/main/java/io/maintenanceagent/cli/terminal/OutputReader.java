package io.maintenanceagent.cli.terminal;

import java.io.FileDescriptor;
import java.lang.reflect.Method;

/**
 * Tells whether a pipe still has a reader. Java reports a closed pipe only to a write, and {@code --watch} writes
 * nothing until something changes. The JDK's own channels call {@code poll(2)}; the jar's manifest opens that to this
 * class. Where it cannot be called, a reader is assumed. Stateless.
 */
final class OutputReader {

    private static final int POLLERR = 8;

    private static final Method POLL = poll();

    private OutputReader() {}

    private static Method poll() {
        try {
            Method poll = Class.forName("sun.nio.ch.Net")
                    .getDeclaredMethod("poll", FileDescriptor.class, int.class, long.class);
            poll.setAccessible(true);
            return poll;
        } catch (ReflectiveOperationException | RuntimeException | LinkageError ignored) {
            // this JVM does not allow it
            return null;
        }
    }

    /** @param pipe the pipe that is written to */
    static boolean isGone(FileDescriptor pipe) {
        try {
            return POLL != null && pipe != null && ((Integer) POLL.invoke(null, pipe, 0, 0L) & POLLERR) != 0;
        } catch (ReflectiveOperationException | RuntimeException ignored) {
            // a reader is assumed
            return false;
        }
    }
}
