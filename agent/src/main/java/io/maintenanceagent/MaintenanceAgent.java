package io.maintenanceagent;

import io.maintenanceagent.boot.Agent;
import io.maintenanceagent.cli.Cli;
import io.maintenanceagent.instance.AgentProperties;
import io.maintenanceagent.report.ErrorReporter;
import java.io.File;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.net.URISyntaxException;
import java.net.URL;
import java.security.AllPermission;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/**
 * What a JVM starts the agent by: {@code -javaagent} calls {@link #premain}, an attach or {@code Launcher-Agent-Class}
 * calls {@link #agentmain}, {@code java -jar} calls {@link #main}.
 *
 * <p>What runs from {@code premain} runs before the application's first class, and must not
 *
 * <ul>
 *   <li>use {@code java.util.logging} or {@code java.lang.management}: WildFly dies when its log manager is not the
 *       first (WFLYLOG0078), and whatever a server sets for either comes too late;
 *   <li>use {@code java.nio.file}, lambdas or method references: on Java 8 they have deadlocked the start of a Tomcat;
 *   <li>wait for a file, a network or a lock; for its own line on standard error it waits half a second at most;
 *   <li>throw, print more than one line for a fault, or end the JVM.
 * </ul>
 */
public final class MaintenanceAgent {

    private MaintenanceAgent() {}

    /**
     * Starts with the JVM; with the agent's own command line it does not, which {@code JAVA_TOOL_OPTIONS} may ask for.
     *
     * @param argument what follows {@code =} behind the jar's name, or {@code null}
     * @param instrumentation the agent's
     */
    public static void premain(String argument, Instrumentation instrumentation) {
        start(argument, instrumentation, false);
    }

    /**
     * Starts in a running JVM, or, named by {@code Launcher-Agent-Class}, with the jar that is executed. The agent's
     * own jar names it too, for those who copy its manifest: its command line needs no agent. In a JVM that has the
     * agent already, asks it or takes it out.
     *
     * @param argument the options, {@code detach}, or {@code null}
     * @param instrumentation the agent's
     */
    public static void agentmain(String argument, Instrumentation instrumentation) {
        start(argument, instrumentation, true);
    }

    /**
     * The command line.
     *
     * @param arguments a command and its options
     */
    public static void main(String[] arguments) {
        System.exit(Cli.run(arguments));
    }

    /** Beforehand: an agent that may do only a part of its work would be worse than none. */
    private static void refuseRestrictions() {
        try {
            SecurityManager manager = System.getSecurityManager();
            if (manager != null) {
                manager.checkPermission(new AllPermission());
            }
        } catch (SecurityException ignored) {
            throw new SecurityException(
                    "under a security manager the policy has to grant its jar java.security.AllPermission");
        } catch (LinkageError ignored) {
            // a JDK to come
        }
    }

    private static boolean isOwnCommandLine() {
        try {
            // The JVM appends agents to the class path.
            String first = System.getProperty("java.class.path", "").split(File.pathSeparator, 2)[0];
            if (!first.endsWith(".jar") || !isOwnJar(new File(first))) {
                return false;
            }
            try (JarFile executed = new JarFile(first)) {
                Manifest manifest = executed.getManifest();
                return manifest != null
                        && MaintenanceAgent.class
                                .getName()
                                .equals(manifest.getMainAttributes().getValue("Main-Class"));
            }
        } catch (Exception ignored) {
            // the jar cannot be read
            return false;
        }
    }

    private static boolean isOwnJar(File jar) throws IOException, URISyntaxException {
        URL own = MaintenanceAgent.class.getProtectionDomain().getCodeSource().getLocation();
        return jar.getCanonicalFile().equals(new File(own.toURI()).getCanonicalFile());
    }

    private static void start(String argument, Instrumentation instrumentation, boolean running) {
        try {
            refuseRestrictions();
            if (isOwnCommandLine()) {
                return;
            }
            ErrorReporter errors = new ErrorReporter(System.err);
            if (running) {
                Agent.attach(argument, instrumentation, errors);
            } else {
                Agent.start(argument, instrumentation, errors);
            }
            errors.flush();
        } catch (Throwable e) {
            System.err.println(ErrorReporter.PREFIX + "cannot start (" + e + "); the application runs without it");
            if (running) {
                AgentProperties.answer(AgentProperties.Outcome.FAILED, "it cannot start there (" + e + ")");
            }
        }
    }
}
