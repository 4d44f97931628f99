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
import java.util.stream.Stream;
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

    /** With an agent that is shown every class and changes none: the least that an agent costs that weaves. */
    static Variant withIdleTransformer() {
        Path jar = idleAgent();
        return new Variant("idle transformer", command -> command.agent(jar, "look"));
    }

    /** With the agent, and no state file: maintenance is off. */
    static Variant withAgent() {
        return new Variant("maintenance-agent", command -> command.agent(null));
    }

    /** With the agent and some options, and no state file. */
    static Variant withAgent(String options) {
        return new Variant("maintenance-agent, " + options, command -> command.agent(options));
    }

    /** With the agent, a state in JSON that is off, and a policy. */
    static Variant withStateAndPolicy() {
        Path directory = Project.newDirectory("state-and-policy");
        Path state = directory.resolve("maintenance.mode");
        Path policy = directory.resolve("policy.json");
        try {
            Files.writeString(state, """
                    {"enabled": false, "message": "We are moving to a bigger machine.", "retryAfter": 600}""");
            Files.writeString(policy, """
                    {
                      "rules": [{"path": "/status", "maintenance": "off"}, {"path": "/beta/**", "maintenance": "on"}],
                      "exempt": {"paths": ["/assets/**"], "addresses": ["10.0.0.0/8", "::1"]},
                      "response": {"retryAfter": 3600, "headers": {"X-Maintenance": "on"}}
                    }""");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Variant(
                "maintenance-agent, JSON state and policy",
                command -> command.agent("file=" + state + ",policy=" + policy));
    }

    /** With an agent of the usual kind: Byte Buddy's {@code AgentBuilder}, supertypes and {@code Advice}. */
    static Variant withAgentBuilder() {
        Path byteBuddy = Project.serverJars("byte-buddy").get(0);
        Path classes = Project.newDirectory("builder-agent");
        List<String> files = List.of("BuilderAgent.java");
        new Sources(Project.sources("bench/agent")).compile(8, files, text -> text, List.of(byteBuddy), classes);
        Path jar = agent(classes, "BuilderAgent", byteBuddy.toUri().toString());
        return new Variant("AgentBuilder, hasSuperType, Advice", command -> command.agent(jar, null));
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
        return agent(classes, "IdleAgent", null);
    }

    private static Path agent(Path classes, String type, String classPath) {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", type);
        manifest.getMainAttributes().putValue("Can-Retransform-Classes", "true");
        if (classPath != null) {
            manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath);
        }
        Path jar = classes.resolve("agent.jar");
        try (Stream<Path> all = Files.list(classes)) {
            List<Path> files = all.sorted().toList();
            try (OutputStream out = Files.newOutputStream(jar);
                    JarOutputStream entries = new JarOutputStream(out, manifest)) {
                for (Path file : files) {
                    entries.putNextEntry(new ZipEntry(file.getFileName().toString()));
                    Files.copy(file, entries);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return jar;
    }
}
