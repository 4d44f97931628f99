package io.maintenanceagent.tests.harness;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A {@code java} command line under construction. The forked JVM sees nothing of the agent's settings that the
 * surrounding environment may have. Not thread-safe.
 */
public final class JavaCommand {

    private final Jdk jdk;
    private final Path directory;
    private final List<String> prefix = new ArrayList<>();
    private final List<String> options = new ArrayList<>();
    private final Map<String, String> environment = new TreeMap<>();
    private final List<String> main = new ArrayList<>();

    /** A command that will run in a new directory of its own, below {@code target/work}. */
    public JavaCommand(Jdk jdk, String name) {
        this(jdk, Project.newDirectory(name));
    }

    /** A command that will run in an existing directory, where its output is also logged. */
    public JavaCommand(Jdk jdk, Path directory) {
        this.jdk = jdk;
        this.directory = directory;
    }

    /** The working directory. */
    public Path directory() {
        return directory;
    }

    /** Adds the agent under test; {@code null} or empty options add it without any. */
    public JavaCommand agent(String agentOptions) {
        return agent(Project.agentJar(), agentOptions);
    }

    /** Adds any agent. */
    public JavaCommand agent(Path jar, String agentOptions) {
        boolean bare = agentOptions == null || agentOptions.isEmpty();
        return option("-javaagent:" + jar + (bare ? "" : "=" + agentOptions));
    }

    /** Has another command run the JVM, as {@code nice} does. */
    public JavaCommand under(String... command) {
        prefix.addAll(List.of(command));
        return this;
    }

    /** Adds JVM options. */
    public JavaCommand option(String... jvmOptions) {
        options.addAll(List.of(jvmOptions));
        return this;
    }

    public JavaCommand property(String key, String value) {
        return option("-D" + key + "=" + value);
    }

    public JavaCommand environment(String key, String value) {
        environment.put(key, value);
        return this;
    }

    public JavaCommand classPath(Collection<Path> path) {
        return option("-cp", path.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
    }

    /** The main class and its arguments. */
    public JavaCommand main(String mainClass, String... arguments) {
        main.clear();
        main.add(mainClass);
        main.addAll(List.of(arguments));
        return this;
    }

    /** {@code -jar} and its arguments. */
    public JavaCommand jar(Path jar, String... arguments) {
        return main("-jar", arguments).jarAt(jar);
    }

    private JavaCommand jarAt(Path jar) {
        main.add(1, jar.toString());
        return this;
    }

    /** Starts the JVM. */
    public JavaProcess start() {
        List<String> command = new ArrayList<>(prefix);
        command.add(jdk.java().toString());
        command.addAll(options);
        command.addAll(main);
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment()
                .keySet()
                .removeIf(key -> key.contains("MAINTENANCE")
                        || key.endsWith("JAVA_TOOL_OPTIONS")
                        || key.endsWith("JAVA_OPTIONS"));
        builder.environment().putAll(environment);
        try {
            return new JavaProcess(builder.start(), directory);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start " + command, e);
        }
    }
}
