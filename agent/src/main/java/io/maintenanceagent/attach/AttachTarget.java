package io.maintenanceagent.attach;

import io.maintenanceagent.instance.AgentProperties;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;

/**
 * A JVM to ask, or to load the agent into. What can be known without touching it is checked first, since attaching
 * sends a signal, and some failures give no reason. For one thread.
 */
public final class AttachTarget {

    private static final int ASK_SECONDS = 10;
    private static final int LOAD_SECONDS = 60;
    private static final int FIRST_STATE_TRIES = 50;
    private static final long RETRY_NANOS = 100_000_000;

    private final long pid;
    private final ProcessFiles files; // null where the system has none
    private final File jar;

    /**
     * @param pid a process id
     * @throws AttachException if there is no such process, or it is no JVM
     */
    public AttachTarget(long pid) throws AttachException {
        this.pid = pid;
        this.files = ProcessFiles.areThere() ? ProcessFiles.of(pid) : null;
        this.jar = ownJar();
        if (files != null && !files.exist()) {
            throw new AttachException("is no process here", "list shows the JVMs that are");
        }
        if (files != null && !files.areOfJvm()) {
            throw new AttachException("is " + files.name() + ", which is no JVM", "list shows the JVMs here");
        }
    }

    static File ownJar() {
        try {
            return new File(AttachTarget.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Asks the JVM what it runs, and whether the agent is in it. Loads nothing into it.
     *
     * @return its answer
     * @throws AttachException if it does not answer
     */
    public Jvm ask() throws AttachException {
        return asked().await();
    }

    /** Starts {@link #ask} and does not wait for it. */
    TimeLimit<Jvm> asked() {
        return TimeLimit.start(ASK_SECONDS, () -> {
            checkOpen();
            try (AttachConnection machine = attach()) {
                return Jvm.of(pid, user(), runs(), machine.properties());
            } catch (IOException e) {
                throw refused(e.getMessage());
            }
        });
    }

    /**
     * Returns whether the JVM will print a warning of its own when the agent is loaded, as since Java 21, unless an
     * option forbids it (JEP 451).
     *
     * @param jvm the JVM's answer
     */
    public boolean warns(Jvm jvm) {
        return jvm.feature() >= 21 && (files == null || !files.command().contains("-XX:+EnableDynamicAgentLoading"));
    }

    /** Whether the process has not ended, as far as can be known. */
    boolean isThere() {
        return files == null || files.exist();
    }

    /** Returns a description of the JVM if it does not answer. */
    Jvm silent(AttachException e) {
        return Jvm.silent(pid, user(), runs(), e.getMessage());
    }

    private String user() {
        return files == null ? "?" : files.user();
    }

    private String runs() {
        return files == null ? "?" : JavaCommandLine.runs(files.command());
    }

    /**
     * Loads the agent, or passes an argument to the one that is loaded.
     *
     * @param argument options, or {@link AgentProperties#DETACH}
     * @return its answer
     * @throws AttachException if the JVM does not load the agent, or does not confirm it
     */
    public LoadResult load(String argument) throws AttachException {
        checkOpen();
        if (files != null && !files.see(jar)) {
            throw new AttachException(
                    "does not see " + jar + ", since it runs in a container",
                    "copy the jar into it and run this command there"
                            + (jcmd() == null ? "" : ", or in it: jcmd PID JVMTI.agent_load JAR"));
        }
        return TimeLimit.start(LOAD_SECONDS, () -> {
                    try (AttachConnection machine = attach()) {
                        return load(machine, argument);
                    }
                })
                .await();
    }

    private LoadResult load(AttachConnection machine, String argument) throws AttachException {
        try {
            Properties before = machine.properties();
            String failure = "";
            try {
                machine.load(jar, argument);
            } catch (IOException e) {
                failure = String.valueOf(e.getMessage());
            }
            LoadResult answer = LoadResult.in(before, machine.properties());
            for (int i = 0; i < FIRST_STATE_TRIES && answer != null && answer.isEarly(); i++) {
                LockSupport.parkNanos(RETRY_NANOS);
                answer = LoadResult.in(before, machine.properties());
            }
            if (answer == null) {
                throw notLoaded(failure);
            }
            return answer;
        } catch (IOException e) {
            throw notLoaded(String.valueOf(e.getMessage()));
        }
    }

    private void checkOpen() throws AttachException {
        if (files != null) {
            int own = Jvm.feature(System.getProperty("java.version"));
            new AttachPrecheck(files, ProcessFiles.self(), own).check(atStart(), jcmd());
        }
    }

    private AttachConnection attach() throws AttachException {
        try {
            return AttachConnection.attach(pid);
        } catch (AttachException e) {
            throw new AttachException(e.getMessage(), e.workaround() + (jcmd() == null ? "" : ", or: " + jcmd()));
        } catch (IOException e) {
            throw refused(e.getMessage());
        }
    }

    private AttachException refused(String why) {
        if (files != null && !files.exist()) {
            return new AttachException("has ended", null);
        }
        return new AttachException("does not allow attaching (" + why + ")", atStart());
    }

    private AttachException notLoaded(String why) {
        if (files != null && !files.exist()) {
            return new AttachException("has ended", null);
        }
        if (why.isEmpty() || why.equals("0") || why.startsWith("return code: 0")) {
            return new AttachException(
                    "has loaded the agent and does not confirm that it is active", "look into its standard error");
        }
        if (why.contains("EnableDynamicAgentLoading") || why.contains("Dynamic agent loading is not enabled")) {
            return new AttachException("takes no agent while it runs (-XX:-EnableDynamicAgentLoading)", atStart());
        }
        if (why.contains("Agent JAR not found")) {
            return new AttachException(
                    "cannot read " + jar, "put the jar where " + user() + " may read it, and run it from there");
        }
        return new AttachException("does not take the agent (" + why + ")", "look into its standard error");
    }

    /** Since Java 9; {@code null} for a JVM that is known to be older. */
    private String jcmd() {
        int feature = files == null ? 0 : Jvm.feature(files.javaVersion());
        return feature != 0 && feature < 9 ? null : "jcmd " + pid + " JVMTI.agent_load " + jar;
    }

    private String atStart() {
        return "start it with -javaagent:" + jar;
    }
}
