package io.maintenanceagent.tests.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.tests.harness.JavaCommand;
import io.maintenanceagent.tests.harness.JavaProcess;
import io.maintenanceagent.tests.harness.Jdk;
import io.maintenanceagent.tests.harness.LoadedClassesLog;
import io.maintenanceagent.tests.harness.Project;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the agent makes a JVM load at its start. Some servers do not start any more when an agent initialises logging or
 * management before them, and what is loaded costs time.
 */
final class PremainClassesTest {

    private static final String LONG_ENOUGH_TO_READ_THE_STATE = "500";

    private static final List<String> FORBIDDEN = List.of(
            "java.util.logging.",
            "java.lang.management.",
            "javax.management.",
            "sun.management.",
            "com.sun.jmx.",
            "sun.util.logging.",
            "io.maintenanceagent.shaded.",
            // What nobody needs while maintenance is off, and before a server has answered.
            "io.maintenanceagent.policy.Policy",
            "io.maintenanceagent.match.",
            "io.maintenanceagent.json.JsonValue",
            "java.util.UUID",
            "java.lang.ProcessHandle",
            // Reflection on methods with many parameters, since Java 18.
            "java.lang.invoke.BoundMethodHandle$Species_LLLLL");

    static List<Jdk> jdks() {
        return Jdk.runningAndNewest();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void nothingThatBelongsToTheApplicationIsInitialised(Jdk jdk) throws IOException {
        Set<String> added = loaded(jdk, Project.agentJar());
        assertTrue(
                added.contains("io.maintenanceagent.MaintenanceAgent"), "the log of loaded classes is not understood");
        added.removeAll(loaded(jdk, Programs.idleAgent()));
        assertEquals(
                List.of(),
                added.stream().filter(PremainClassesTest::isForbidden).toList());
    }

    private static boolean isForbidden(String name) {
        return FORBIDDEN.stream().anyMatch(name::startsWith)
                || name.startsWith("io.maintenanceagent") && name.contains("$$Lambda");
    }

    private static Set<String> loaded(Jdk jdk, Path agent) throws IOException {
        JavaCommand command = new JavaCommand(jdk, "premain-classes");
        LoadedClassesLog log = new LoadedClassesLog(jdk, command);
        command.agent(agent, null).classPath(List.of(Programs.classes())).main("Hello", LONG_ENOUGH_TO_READ_THE_STATE);
        try (JavaProcess process = command.start()) {
            assertEquals(0, process.awaitExit(Duration.ofSeconds(20)), process::toString);
        }
        return new TreeSet<>(log.names());
    }
}
