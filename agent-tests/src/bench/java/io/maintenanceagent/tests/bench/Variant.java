package io.maintenanceagent.tests.bench;

import io.maintenanceagent.tests.harness.JavaCommand;
import io.maintenanceagent.tests.harness.Project;
import io.maintenanceagent.tests.harness.Sources;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/**
 * A JVM to compare with another.
 *
 * @param name as reports call it
 * @param setup adds to the command line what makes the difference
 */
record Variant(String name, Consumer<JavaCommand> setup) {

    static Variant withoutAgent() {
        return new Variant("no agent", command -> {});
    }

    /** With an agent that does nothing at all: what any agent costs. */
    static Variant withIdleAgent() {
        Path jar = idleAgent();
        return new Variant("idle agent", command -> command.agent(jar, null));
    }

    /** With the agent, and no state file: maintenance is off. */
    static Variant withAgent() {
        return new Variant("maintenance-agent", command -> command.agent(null));
    }

    /** With the agent and some options, and no state file. */
    static Variant withAgent(String options) {
        return new Variant("maintenance-agent, " + options, command -> command.agent(options));
    }

    /** With the agent in a maintenance that does not end. */
    static Variant inMaintenance() {
        return new Variant("maintenance-agent, on", command -> command.agent("enable=true"));
    }

    /** With OpenTelemetry's agent, which exports nothing. */
    static Variant withOpenTelemetry() {
        Path jar = Project.serverJars("opentelemetry").get(0);
        return new Variant(
                jar.getFileName().toString().replace(".jar", ""),
                command -> command.agent(jar, null)
                        .property("otel.traces.exporter", "none")
                        .property("otel.metrics.exporter", "none")
                        .property("otel.logs.exporter", "none"));
    }

    private static Path idleAgent() {
        Path classes = Project.newDirectory("idle-agent");
        new Sources(Project.sources("launchers"))
                .compile(8, List.of("IdleAgent.java"), text -> text, List.of(), classes);
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", "IdleAgent");
        Path jar = classes.resolve("idle-agent.jar");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out, manifest)) {
            entries.putNextEntry(new ZipEntry("IdleAgent.class"));
            Files.copy(classes.resolve("IdleAgent.class"), entries);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return jar;
    }
}
