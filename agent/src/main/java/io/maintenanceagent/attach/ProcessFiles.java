package io.maintenanceagent.attach;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files of a process in Linux's {@code /proc} (proc(5)). Read anew each time; they are empty once the process has
 * ended.
 */
final class ProcessFiles {

    /** The signal that asks a JVM to listen; bit 3 - 1 of the masks in {@code status}. */
    private static final long SIGQUIT = 1L << 3 - 1;

    private static final Pattern JVM_LIBRARY = Pattern.compile("(/.*/libjvm\\.so)(?: \\(deleted\\))?$");
    private static final Pattern OPENJ9_LIBRARY = Pattern.compile("(/.*/libj9vm\\d*\\.so)");
    private static final Pattern PERFORMANCE_DATA = Pattern.compile("(/tmp/hsperfdata_[^/]+/\\d+)$");
    private static final String TMP = "root/tmp";

    private static final File PROC = new File("/proc");

    private final Path directory;

    /** @param directory that of a process in {@code /proc} */
    ProcessFiles(Path directory) {
        this.directory = directory;
    }

    static ProcessFiles of(long pid) {
        return new ProcessFiles(PROC.toPath().resolve(Long.toString(pid)));
    }

    static ProcessFiles self() {
        return new ProcessFiles(PROC.toPath().resolve("self"));
    }

    /** Whether this is Linux. */
    static boolean areThere() {
        return new File(PROC, "self/status").canRead();
    }

    /** Returns the ids of all processes. */
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
     * Whether the process is a JVM, under any name (jsvc, a custom launcher): it has loaded the library. Of other
     * users' processes only the name can be read.
     */
    boolean areOfJvm() {
        try {
            return mapped(JVM_LIBRARY) != null;
        } catch (IOException ignored) {
            // another user's process
            List<String> command = command();
            return !command.isEmpty() && new File(command.get(0)).getName().matches("java|jsvc");
        }
    }

    /** Whether another process may attach: it is of the same user, or of root. */
    boolean areOpenTo(ProcessFiles asking) {
        return asking.effectiveUser().equals("0") || areOfSameUser(asking);
    }

    boolean areOfSameUser(ProcessFiles asking) {
        return asking.effectiveUser().equals(effectiveUser());
    }

    /** The number of the user whose rights it has; empty if it is gone. */
    String effectiveUser() {
        String[] ids = status("Uid").split("\\s+");
        return ids.length < 2 ? "" : ids[1];
    }

    /** The name of the user that it runs as, or a number; {@code ?} if it is gone. */
    String user() {
        try {
            return Files.getOwner(directory).getName();
        } catch (IOException ignored) {
            // the process has ended
            return "?";
        }
    }

    /** Whether the JVM is an OpenJ9. */
    boolean areOfOpenJ9() throws IOException {
        return mapped(OPENJ9_LIBRARY) != null;
    }

    /** Whether the process's root directory can be read. */
    boolean showRoot() {
        return Files.exists(directory.resolve("root/."));
    }

    /** Whether it sees the same {@code /tmp} and the same process id as another process. */
    boolean areInSameNamespaces(ProcessFiles looking) {
        try {
            return haveSamePid() && Files.isSameFile(directory.resolve(TMP), looking.directory.resolve(TMP));
        } catch (IOException ignored) {
            // one of them cannot be seen
            return false;
        }
    }

    /** Whether it sees itself under the same process id, as it does outside of PID namespaces. */
    boolean haveSamePid() {
        return pidThere().equals(directory.getFileName().toString());
    }

    /** Whether it was stopped, by a signal or a debugger. */
    boolean areStopped() {
        return status("State").startsWith("T") || status("State").startsWith("t");
    }

    /** Whether the JVM listens to those who attach, as it does once asked to, and with {@code -Xrs} from its start. */
    boolean areListening() {
        return Files.exists(directory.resolve(TMP).resolve(".java_pid" + pidThere()));
    }

    /**
     * Whether the JVM handles or still ignores the signal that asks it to listen; otherwise the signal would end it.
     */
    boolean expectSignal() {
        return ((mask("SigCgt") | mask("SigIgn")) & SIGQUIT) != 0;
    }

    /**
     * The file beside that signal, whether it is there or not: where the API makes it, and where the JVM looks for it
     * first.
     */
    Path attachFile() {
        return directory.resolve("cwd").resolve(".attach_pid" + pidThere());
    }

    /** Returns the JVM's performance data, or {@code null} if there is none. */
    PerformanceData performanceData() {
        try {
            String file = mapped(PERFORMANCE_DATA);
            return file == null ? null : PerformanceData.parse(Files.readAllBytes(directory.resolve("root" + file)));
        } catch (IOException ignored) {
            // the process has ended
            return null;
        }
    }

    /** The version of its Java, as far as it can be known without asking it; else {@code null}. */
    String javaVersion() {
        PerformanceData told = performanceData();
        return told != null && told.javaVersion() != null ? told.javaVersion() : releasedVersion();
    }

    /** Returns the version in the {@code release} file of its JDK. */
    private String releasedVersion() {
        List<String> command = command();
        File java = new File(command.isEmpty() ? "" : command.get(0));
        if (!java.isAbsolute()) {
            return null;
        }
        Properties release = new Properties();
        try (InputStream in =
                Files.newInputStream(java.toPath().resolveSibling("../release").toRealPath())) {
            release.load(in);
            return release.getProperty("JAVA_VERSION", "").replace("\"", "");
        } catch (IOException | IllegalArgumentException ignored) {
            // the JDK has no such file
            return null;
        }
    }

    /** The first mapped file that matches, as the process names it, or {@code null}. */
    private String mapped(Pattern name) throws IOException {
        for (String line : lines("maps")) {
            Matcher matcher = name.matcher(line);
            if (matcher.find()) {
                return matcher.group(1);
            }
        }
        return null;
    }

    /** Returns the process id in its own namespace: in a container it is another one. */
    private String pidThere() {
        String[] ids = status("NSpid").split("\\s+");
        String id = ids[ids.length - 1];
        return id.isEmpty() ? directory.getFileName().toString() : id; // older kernels do not tell
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
        } catch (IOException ignored) {
            // the process has ended
            return new ArrayList<String>();
        }
    }

    /** The file that it executes, or {@code null}. */
    File executable() {
        try {
            return Files.readSymbolicLink(directory.resolve("exe")).toFile();
        } catch (IOException ignored) {
            // the process has ended
            return null;
        }
    }

    /**
     * A variable of the environment that it was started with.
     *
     * @return its value, or an empty text
     * @throws IOException if nothing tells
     */
    String environment(String name) throws IOException {
        String all = new String(Files.readAllBytes(directory.resolve("environ")), StandardCharsets.UTF_8);
        for (String variable : all.split("\0")) {
            if (variable.startsWith(name + "=")) {
                return variable.substring(name.length() + 1);
            }
        }
        return "";
    }

    /** Whether there is such a file in its working directory. */
    boolean haveInWorkingDirectory(String name) {
        return Files.exists(directory.resolve("cwd").resolve(name));
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
        } catch (IOException ignored) {
            // treated as missing
        }
        return "";
    }

    private List<String> lines(String file) throws IOException {
        return Files.readAllLines(directory.resolve(file), StandardCharsets.ISO_8859_1);
    }
}
