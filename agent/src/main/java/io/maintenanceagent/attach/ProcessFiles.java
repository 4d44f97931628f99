package io.maintenanceagent.attach;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What Linux tells of a process in {@code /proc}: see proc(5). Read anew each time; a process may end at any moment,
 * and then it has nothing to tell.
 */
final class ProcessFiles {

    /** What a JVM is asked to listen by; bit 3 - 1 of the masks in {@code status}. */
    private static final long SIGQUIT = 1L << 3 - 1;

    private static final File PROC = new File("/proc");

    private final Path directory;

    private ProcessFiles(String pid) {
        this.directory = PROC.toPath().resolve(pid);
    }

    static ProcessFiles of(long pid) {
        return new ProcessFiles(Long.toString(pid));
    }

    static ProcessFiles self() {
        return new ProcessFiles("self");
    }

    /** Whether this is Linux. */
    static boolean areThere() {
        return new File(PROC, "self/status").canRead();
    }

    /** The processes that there are. */
    static List<Long> pids() {
        List<Long> pids = new ArrayList<Long>();
        String[] names = PROC.list();
        for (String name : names == null ? new String[0] : names) {
            if (name.matches("\\d+")) {
                pids.add(Long.parseLong(name));
            }
        }
        pids.sort(null);
        return pids;
    }

    /** This process' own id. */
    static Long ownPid() {
        try {
            return Long.valueOf(new File(PROC, "self").getCanonicalFile().getName());
        } catch (IOException | NumberFormatException e) {
            return 0L;
        }
    }

    boolean exist() {
        return Files.isDirectory(directory);
    }

    /**
     * Whether a JVM runs there, under whatever name (jsvc, a launcher of one's own): it has the library. Of others'
     * processes only the name can be read.
     */
    boolean areOfJvm() {
        try {
            for (String line : lines("maps")) {
                if (line.endsWith("/libjvm.so") || line.endsWith("/libjvm.so (deleted)")) {
                    return true;
                }
            }
            return false;
        } catch (IOException others) {
            List<String> command = command();
            return !command.isEmpty() && new File(command.get(0)).getName().matches("java|jsvc");
        }
    }

    /** Whether this user may ask that one's JVM: the same user, or root. */
    boolean areOpenTo(ProcessFiles asking) {
        String own = asking.effectiveUser();
        return own.equals("0") || own.equals(effectiveUser());
    }

    private String effectiveUser() {
        String[] ids = status("Uid").split("\\s+");
        return ids.length < 2 ? "" : ids[1];
    }

    /** The name of the user that it runs as, or a number; {@code ?} if it is gone. */
    String user() {
        try {
            return Files.getOwner(directory).getName();
        } catch (IOException gone) {
            return "?";
        }
    }

    /**
     * Whether the JVM can be attached to without harm: it listens already (with {@code -Xrs} from the start), or
     * expects the signal that asks it to. One that does not would end.
     */
    boolean areReady() {
        return ((mask("SigCgt") | mask("SigIgn")) & SIGQUIT) != 0
                || Files.exists(directory.resolve("root/tmp/.java_pid" + ownPidThere()));
    }

    /** In a container a process has another id. */
    private String ownPidThere() {
        String[] ids = status("NSpid").split("\\s+");
        return ids[ids.length - 1];
    }

    private long mask(String name) {
        String hex = status(name);
        return hex.isEmpty() ? 0 : Long.parseUnsignedLong(hex, 16);
    }

    /** Whether it sees this file under the same name; in a container it may not. */
    boolean see(File file) {
        return Files.exists(directory.resolve("root" + file.getAbsolutePath()));
    }

    /** Its arguments, the program first; empty if nothing tells. */
    List<String> command() {
        try {
            String all = new String(Files.readAllBytes(directory.resolve("cmdline")), StandardCharsets.UTF_8);
            return all.isEmpty() ? new ArrayList<String>() : Arrays.asList(all.split("\0", -1));
        } catch (IOException gone) {
            return new ArrayList<String>();
        }
    }

    /** The name of its program. */
    String name() {
        return status("Name");
    }

    private String status(String name) {
        try {
            for (String line : lines("status")) {
                if (line.startsWith(name + ":")) {
                    return line.substring(name.length() + 1).trim();
                }
            }
        } catch (IOException gone) {
            // as good as not there
        }
        return "";
    }

    private List<String> lines(String file) throws IOException {
        return Files.readAllLines(directory.resolve(file), StandardCharsets.ISO_8859_1);
    }
}
