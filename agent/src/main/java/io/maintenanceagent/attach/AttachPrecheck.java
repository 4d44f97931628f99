package io.maintenanceagent.attach;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/**
 * Finds out whether a JVM will answer, without touching it. The attach API makes a file and sends a signal. A JVM that
 * does not allow attaching, or does not accept the file or its owner, prints a thread dump into the application's log
 * instead. Linux only.
 */
final class AttachPrecheck {

    /**
     * The first version whose API finds processes of another PID namespace, and lets root attach to other users' JVMs.
     */
    private static final int CONTAINERS_FEATURE = 11;

    /** The first version that finds another {@code /tmp} in the same PID namespace, in each of its updates. */
    private static final int MOUNTS_FEATURE = 21;

    private static final String DISABLED = "-XX:+DisableAttachMechanism";
    private static final String[] VARIABLES = {"JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "JDK_JAVA_OPTIONS"};
    private static final String[] FILES = {"-XX:Flags=", "-XX:VMOptionsFile="};

    private final ProcessFiles files;
    private final ProcessFiles asking;
    private final int ownFeature;

    /**
     * @param files the JVM's files
     * @param asking the files of the process that would attach
     * @param ownFeature the version of that process' Java, 8 or 17
     */
    AttachPrecheck(ProcessFiles files, ProcessFiles asking, int ownFeature) {
        this.files = files;
        this.asking = asking;
        this.ownFeature = ownFeature;
    }

    /**
     * @param atStart how to load the agent at the JVM's start
     * @param otherwise another way to ask the JVM, or {@code null}
     * @throws AttachException if the JVM must not be asked, since it would not answer, or that is unknown
     */
    void check(String atStart, String otherwise) throws AttachException {
        String asItsUser = "as that user run this command" + (otherwise == null ? "" : ", or: " + otherwise);
        if (!files.areOpenTo(asking)) {
            throw new AttachException(
                    "belongs to " + files.user() + ", and only its own user or root may attach to it", asItsUser);
        }
        if (!files.showRoot()) {
            throw new AttachException(
                    "runs in a container or name space of its own, which this user may not look into",
                    "run this command there");
        }
        if (files.areStopped()) {
            throw new AttachException(
                    "is stopped, by a signal or a debugger, and does not answer", "try again when it runs");
        }
        int needed = files.areInSameNamespaces(asking) ? 0 : files.haveSamePid() ? MOUNTS_FEATURE : CONTAINERS_FEATURE;
        if (ownFeature < needed) {
            throw new AttachException(
                    "runs in another mount or PID namespace, which the Java " + ownFeature
                            + " of this command does not look into",
                    "run this command there, or with Java " + needed + " or later");
        }
        if (!files.areListening()) {
            checkSignal(atStart, asItsUser);
        }
    }

    private void checkSignal(String atStart, String asItsUser) throws AttachException {
        PerformanceData told = files.performanceData();
        if (told == null) {
            checkOptions(atStart);
        } else if (told.isComplete() && !told.isAttachable()) {
            throw new AttachException("does not allow attaching (" + DISABLED + ")", atStart);
        }
        if (!files.expectSignal() || told != null && !told.isComplete()) {
            throw new AttachException("is only just starting, and would be ended by the signal to attach", "try again");
        }
        if (!files.areOfSameUser(asking) && Jvm.feature(files.javaVersion()) < CONTAINERS_FEATURE) {
            throw new AttachException(
                    "belongs to " + files.user() + ", and before Java " + CONTAINERS_FEATURE
                            + " not even root may attach to it",
                    asItsUser);
        }
        checkFile(files.attachFile());
    }

    /**
     * Checks the JVM's options, where there is no performance data; a file of options may have changed since it was
     * read.
     */
    private void checkOptions(String atStart) throws AttachException {
        String file = null;
        try {
            List<String> command = files.command();
            String options = String.join(" ", JavaCommandLine.options(command));
            for (String variable : VARIABLES) {
                options += " " + files.environment(variable);
            }
            if (options.contains(DISABLED)) {
                throw new AttachException("does not allow attaching (" + DISABLED + ")", atStart);
            }
            for (String option : options.trim().split("\\s+")) {
                if (option.startsWith("@") || option.startsWith(FILES[0]) || option.startsWith(FILES[1])) {
                    file = option;
                }
            }
            if (file == null && files.haveInWorkingDirectory(".hotspotrc")) {
                file = ".hotspotrc";
            }
            File executable = files.executable();
            if (file == null && executable != null && executable.getName().equals("java") && !files.areOfOpenJ9()) {
                return;
            }
        } catch (IOException ignored) {
            // as good as unknown
        }
        throw new AttachException(
                "has no performance data (as with -XX:-UsePerfData)"
                        + (file == null ? "" : " and takes options from " + file)
                        + ": whether it would answer, or print what its threads do, cannot be known",
                atStart);
    }

    /**
     * Checks an existing attach file, which the API uses again, and which the JVM accepts only from its user or root.
     */
    private void checkFile(Path file) throws AttachException {
        try {
            Object owner = Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS);
            if (!owner.toString().equals(files.effectiveUser())
                    && !owner.toString().equals("0")) {
                throw new AttachException(
                        "would not answer, but print what its threads do, because of a file of another user's: " + file,
                        "remove that file");
            }
        } catch (IOException ignored) {
            // as it should be
        }
    }
}
