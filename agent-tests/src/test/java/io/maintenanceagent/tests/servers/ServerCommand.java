package io.maintenanceagent.tests.servers;

import io.maintenanceagent.tests.harness.LeftoverProcesses;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A server's command line under construction. It sees next to nothing of the surrounding environment: whoever runs the
 * tests may have options there for servers or JVMs of their own. Not thread-safe.
 */
final class ServerCommand {

    private static final Set<String> INHERITED = Set.of("PATH", "HOME", "LANG", "TMPDIR", LeftoverProcesses.VARIABLE);

    private final List<String> command = new ArrayList<>();
    private final Map<String, String> environment = new TreeMap<>();

    private ServerCommand(Deployment deployment) {
        environment("JAVA_HOME", deployment.jdk().home().toString());
    }

    /** {@code java} with the deployment's JVM options. */
    static ServerCommand java(Deployment deployment) {
        return new ServerCommand(deployment)
                .with(deployment.jdk().java().toString())
                .with(deployment.jvmOptions().toArray(String[]::new));
    }

    /**
     * A shell script, which not every archive marks as one, and which may be less portable than it says; it finds the
     * JDK in {@code JAVA_HOME}.
     */
    static ServerCommand script(Deployment deployment, Path script) {
        return new ServerCommand(deployment).with("bash", script.toString());
    }

    ServerCommand with(String... arguments) {
        command.addAll(List.of(arguments));
        return this;
    }

    ServerCommand environment(String key, Object value) {
        environment.put(key, value.toString());
        return this;
    }

    /** Starts it; its output goes to files, so that nothing it leaves behind can hold a pipe open. */
    Process start(Path directory, Path stdout, Path stderr) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(stdout.toFile())
                .redirectError(stderr.toFile());
        builder.environment().keySet().retainAll(INHERITED);
        builder.environment().putAll(environment);
        return builder.start();
    }
}
