package io.maintenanceagent.jvm;

import java.io.BufferedReader;
import java.io.FileReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.TimeUnit;

/** This host: its name, and its processes. */
public final class LocalHost {

    /** How many ticks of Linux are a second, wherever it counts for programs (USER_HZ). */
    private static final int TICKS = 100;

    /** The clock is set now and then, and the time of the system's start is whole seconds. */
    private static final long SLACK_MILLIS = TimeUnit.SECONDS.toMillis(5);

    /** What stands behind the name of the program in {@code /proc/PID/stat}, proc(5): its state and its start. */
    private static final int STATE = 0;

    private static final int START = 19;

    private LocalHost() {}

    /** Returns the name of this host, as the system tells it; asking may take as long as the system takes. */
    public static String name() {
        // Not from a name server, which may take tens of seconds on the thread that follows the state.
        String name = System.getenv("HOSTNAME");
        if (name == null || name.isEmpty()) {
            try {
                name = firstLine("/proc/sys/kernel/hostname", "");
            } catch (IOException ignored) {
                // this is not Linux
                name = null;
            }
        }
        if (name != null && !name.isEmpty()) {
            return name;
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException ignored) {
            // this host has no name
            return "localhost";
        }
    }

    /**
     * Returns whether a process is there, running or stopped, that was there at a time.
     *
     * @param pid its number
     * @param epochMillis the time, in milliseconds since 1970
     * @return {@code false} also where the system does not tell
     */
    public static boolean hasProcess(long pid, long epochMillis) {
        try {
            String stat = firstLine("/proc/" + pid + "/stat", "");
            String bootTime = firstLine("/proc/stat", "btime ");
            if (stat == null || bootTime == null) {
                return false;
            }
            // The name is in parentheses, and may contain any.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            boolean isDead = "ZX".contains(fields[STATE]); // and nobody has asked how it ended
            long bootSeconds =
                    Long.parseLong(bootTime.substring("btime ".length()).trim());
            long started = TimeUnit.SECONDS.toMillis(bootSeconds)
                    + Long.parseLong(fields[START]) * TimeUnit.SECONDS.toMillis(1) / TICKS;
            return !isDead && started - SLACK_MILLIS <= epochMillis;
        } catch (IOException | RuntimeException ignored) {
            // there is none, or this is not Linux
            return false;
        }
    }

    private static String firstLine(String file, String beginning) throws IOException {
        try (BufferedReader in = new BufferedReader(new FileReader(file))) {
            String line = in.readLine();
            while (line != null && !line.startsWith(beginning)) {
                line = in.readLine();
            }
            return line;
        }
    }
}
