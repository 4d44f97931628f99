package io.maintenanceagent.attach;

import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A JVM on this machine, as it was when it was asked. Immutable. */
public final class Jvm {

    /** {@code 1.8.0_402}, {@code 17.0.15}, {@code 25-ea}. */
    private static final Pattern FEATURE = Pattern.compile("(?:1\\.)?(\\d{1,4})");

    private final long pid;
    private final String user;
    private final String runs;
    private final String java;
    private final ActiveAgent agent;
    private final String problem;

    private Jvm(long pid, String user, String runs, String java, ActiveAgent agent, String problem) {
        this.pid = pid;
        this.user = user;
        this.runs = runs;
        this.java = java;
        this.agent = agent;
        this.problem = problem;
    }

    /** Returns a JVM that has answered. */
    static Jvm of(long pid, String user, String runs, Properties properties) {
        return new Jvm(
                pid,
                user,
                runs(properties, runs),
                properties.getProperty("java.version"),
                ActiveAgent.in(properties),
                null);
    }

    /** Returns a JVM that has not answered. */
    static Jvm silent(long pid, String user, String runs, String problem) {
        return new Jvm(pid, user, runs, null, null, problem);
    }

    /** HotSpot and OpenJ9 tell the command line here, main class or jar first. */
    private static String runs(Properties properties, String otherwise) {
        String first = properties.getProperty("sun.java.command", "").trim().split(" ", 2)[0];
        return first.isEmpty() ? otherwise : first;
    }

    /** Returns its process id, as this process sees it. */
    public long pid() {
        return pid;
    }

    /** Returns the user that it runs as; {@code ?} where nothing tells. */
    public String user() {
        return user;
    }

    /** Returns the main class or the jar. */
    public String runs() {
        return runs;
    }

    /** Returns the version of its Java, or {@code null} if it has not answered. */
    public String java() {
        return java;
    }

    /** Returns the version of its Java as one number, 8, 17 or 25; 0 if it has not answered. */
    public int feature() {
        return feature(java);
    }

    /** Returns the feature number of a version as {@code java.version} has it; 0 for {@code null}. */
    static int feature(String java) {
        Matcher feature = FEATURE.matcher(java == null ? "" : java);
        return feature.lookingAt() ? Integer.parseInt(feature.group(1)) : 0;
    }

    /** Returns its agent, or {@code null} if it has none, or has not answered. */
    public ActiveAgent agent() {
        return agent;
    }

    /** Returns why it has not answered, a clause that reads well behind its process id; {@code null} if it has. */
    public String problem() {
        return problem;
    }
}
