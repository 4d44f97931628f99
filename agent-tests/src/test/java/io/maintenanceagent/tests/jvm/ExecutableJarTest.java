package io.maintenanceagent.tests.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.tests.harness.JavaCommand;
import io.maintenanceagent.tests.harness.JavaProcess;
import io.maintenanceagent.tests.harness.Jdk;
import io.maintenanceagent.tests.harness.Project;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An executable jar that carries the agent, by the manifest of the template. */
final class ExecutableJarTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    static List<Jdk> jdks() {
        return Jdk.runningAndNewest();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void startsTheAgentWithTheApplication(Jdk jdk) throws IOException {
        JavaCommand command = new JavaCommand(jdk, "executable-jar")
                .property("maintenance.enable", "maybe")
                .jar(jar());
        try (JavaProcess process = command.start()) {
            assertEquals(0, process.awaitExit(LIMIT), process::toString);
            assertEquals(List.of("HELLO"), process.stdout().lines());
            List<String> said = process.stderr().lines();
            assertEquals(1, said.size(), said::toString);
            assertTrue(said.get(0).startsWith("maintenance-agent: setting \"enable\" has the bad value \"maybe\""));
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void theAgentsOwnCommandLineNeedsNoAgent(Jdk jdk) {
        JavaCommand command = new JavaCommand(jdk, "command-line")
                .property("maintenance.enable", "maybe")
                .jar(Project.agentJar());
        try (JavaProcess process = command.start()) {
            assertEquals(0, process.awaitExit(LIMIT), process::toString);
            assertEquals(List.of(), process.stderr().lines());
        }
    }

    private static Path jar() throws IOException {
        Path jar = Project.newDirectory("executable-jar").resolve("application.jar");
        try (JarFile agent = new JarFile(Project.agentJar().toFile());
                JarFile program = new JarFile(Programs.jar(new Attributes()).toFile());
                OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest())) {
            copyClasses(agent, out);
            copyClasses(program, out);
        }
        return jar;
    }

    private static Manifest manifest() throws IOException {
        try (InputStream in = Files.newInputStream(Project.manifestTemplate("executable-jar.MF"))) {
            Manifest manifest = new Manifest(in);
            manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, "Hello");
            return manifest;
        }
    }

    private static void copyClasses(JarFile from, JarOutputStream to) throws IOException {
        for (JarEntry entry : Collections.list(from.entries())) {
            if (entry.getName().endsWith(".class")) {
                to.putNextEntry(new ZipEntry(entry.getName()));
                try (InputStream in = from.getInputStream(entry)) {
                    in.transferTo(to);
                }
                to.closeEntry();
            }
        }
    }
}
