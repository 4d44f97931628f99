package shop;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * How much of the application's own work is under way, by its own count; and a watch that compares it with what the
 * agent's MBean says all the time. The results are in a file that another process maps as well.
 */
final class Work {

    /** Where the numbers are in the file, each an {@code int}. */
    private static final int RUNNING = 0;

    private static final int IN_MAINTENANCE = 4;
    private static final int DRAINED = 8;
    private static final int WRONG = 12;
    private static final int SIZE = 16;

    private static MappedByteBuffer memory; // guarded by the class; null until somebody watches

    private Work() {}

    static void begin() {
        add(RUNNING, 1);
    }

    static void end() {
        add(RUNNING, -1);
    }

    private static synchronized void add(int place, int more) {
        if (memory != null) {
            memory.putInt(place, memory.getInt(place) + more);
        }
    }

    private static synchronized int running() {
        return memory.getInt(RUNNING);
    }

    private static synchronized void put(int place, int value) {
        memory.putInt(place, value);
    }

    /** Begins to count and to watch, before there is any work. */
    static synchronized void watch(String path) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path, "rw")) {
            memory = file.getChannel().map(FileChannel.MapMode.READ_WRITE, 0, SIZE);
        }
        Thread watch = new Thread(Work::watch, "work-watch");
        watch.setDaemon(true);
        watch.start();
    }

    private static void watch() {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        boolean drainedBefore = false;
        while (true) {
            try {
                Thread.sleep(1);
                ObjectName agent = new ObjectName("io.maintenanceagent:type=Maintenance");
                put(IN_MAINTENANCE, Boolean.TRUE.equals(server.getAttribute(agent, "InMaintenance")) ? 1 : 0);
                Object since = server.getAttribute(agent, "Since");
                boolean drained = Boolean.TRUE.equals(server.getAttribute(agent, "Drained"));
                int running = running();
                // While one state holds, nothing is let in that could have begun after "drained" was said.
                boolean held = since.equals(server.getAttribute(agent, "Since"));
                if (drained && held && running > 0) {
                    add(WRONG, 1);
                    System.err.println("drained, and " + running + " at work");
                }
                if (drained && held && !drainedBefore) {
                    add(DRAINED, 1);
                }
                drainedBefore = drained && (held || drainedBefore);
            } catch (InstanceNotFoundException notYet) {
                continue;
            } catch (JMException e) {
                throw new IllegalStateException(e);
            } catch (InterruptedException e) {
                return;
            }
        }
    }
}
