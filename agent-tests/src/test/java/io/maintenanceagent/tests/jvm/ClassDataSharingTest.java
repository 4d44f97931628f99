package io.maintenanceagent.tests.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.tests.harness.JavaCommand;
import io.maintenanceagent.tests.harness.JavaProcess;
import io.maintenanceagent.tests.harness.Jdk;
import io.maintenanceagent.tests.harness.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An application's archive of shared classes stays in use with the agent. */
final class ClassDataSharingTest {

    private static final int FIRST_JDK = 13;
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Path APPLICATION = Programs.jar(new Attributes());

    /** Those that archive what a JVM has loaded (JEP 350). */
    static List<Jdk> jdks() {
        return Jdk.runningAndNewest().stream()
                .filter(jdk -> jdk.feature() >= FIRST_JDK)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void theArchiveStaysInUse(Jdk jdk) throws IOException {
        Path archive = archive(jdk);
        // Some JDKs have something to say about the archive whatever the agent is.
        List<String> withIdleAgent = linesWhenShared(jdk, archive, Programs.idleAgent());
        assertEquals(withIdleAgent, linesWhenShared(jdk, archive, Project.agentJar()));
    }

    private static Path archive(Jdk jdk) {
        JavaCommand command = hello(jdk);
        Path archive = command.directory().resolve("hello.jsa");
        command.option("-XX:ArchiveClassesAtExit=" + archive);
        try (JavaProcess process = command.start()) {
            assertEquals(0, process.awaitExit(LIMIT), process::toString);
        }
        return archive;
    }

    /** Runs the application, asserts that its classes come from the archive, and returns what was printed. */
    private static List<String> linesWhenShared(Jdk jdk, Path archive, Path agent) throws IOException {
        JavaCommand command =
                hello(jdk).option("-XX:SharedArchiveFile=" + archive).agent(agent, null);
        Path log = command.directory().resolve("classes.log");
        command.option("-Xlog:class+load:file=" + log + ":none");
        List<String> lines = new ArrayList<>();
        try (JavaProcess process = command.start()) {
            assertEquals(0, process.awaitExit(LIMIT), process::toString);
            process.stdout().lines().forEach(line -> lines.add(withoutTime(line)));
            process.stderr().lines().forEach(line -> lines.add(withoutTime(line)));
        }
        assertTrue(lines.contains("HELLO"), lines::toString);
        List<String> application = Files.readAllLines(log).stream()
                .filter(line -> line.startsWith("Hello"))
                .toList();
        assertTrue(application.size() >= 2, application::toString);
        assertTrue(
                application.stream().allMatch(line -> line.contains("source: shared objects file")),
                application::toString);
        return lines;
    }

    private static String withoutTime(String line) {
        return line.replaceFirst("^\\[[0-9.]+s]", "");
    }

    private static JavaCommand hello(Jdk jdk) {
        return new JavaCommand(jdk, "class-data-sharing")
                .classPath(List.of(APPLICATION))
                .main("Hello");
    }
}
