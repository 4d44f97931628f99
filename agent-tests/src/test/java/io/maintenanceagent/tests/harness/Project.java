package io.maintenanceagent.tests.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where things are: set by the build as system properties, relative to the module's directory otherwise. */
public final class Project {

    private Project() {}

    /**
     * The agent under test: system property {@code agent.jar}.
     *
     * @throws IllegalStateException if there is no such file
     */
    public static Path agentJar() {
        Path jar = Path.of(System.getProperty("agent.jar", "../agent/target/maintenance-agent.jar"))
                .toAbsolutePath()
                .normalize();
        if (!Files.isRegularFile(jar)) {
            throw new IllegalStateException("No agent at " + jar + ": run \"mvn verify\", or set -Dagent.jar");
        }
        return jar;
    }

    /** The API's jar, which lies beside the agent. */
    public static Path apiJar() {
        try (Stream<Path> jars = Files.list(agentJar().getParent())) {
            return jars.filter(jar -> jar.getFileName().toString().matches("maintenance-agent-.*-api\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("No API beside " + agentJar()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The build directory: system property {@code test.target}. */
    public static Path target() {
        return Path.of(System.getProperty("test.target", "target")).toAbsolutePath();
    }

    /** A directory below the module's {@code src}. */
    public static Path sources(String name) {
        return Path.of(System.getProperty("basedir", ""))
                .toAbsolutePath()
                .resolve("src")
                .resolve(name);
    }

    /** A file of the project's {@code MANIFEST-templates}. */
    public static Path manifestTemplate(String name) {
        return sources("../../MANIFEST-templates").resolve(name).normalize();
    }

    /** The jars that the build has put into {@code target/servers/NAME}, sorted by name. */
    public static List<Path> serverJars(String name) {
        Path directory = target().resolve("servers").resolve(name);
        try (Stream<Path> jars = Files.list(directory)) {
            return jars.filter(p -> p.toString().endsWith(".jar")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("No jars in " + directory + ": run the build's generate-test-resources", e);
        }
    }

    /** A new empty directory below {@code target/work}; it stays for whoever looks into a failure. */
    public static Path newDirectory(String name) {
        try {
            Path work = Files.createDirectories(target().resolve("work"));
            return Files.createTempDirectory(work, name + "-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
