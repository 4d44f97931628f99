package io.maintenanceagent.tests.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.tests.harness.Jdk;
import io.maintenanceagent.tests.harness.Project;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code JAVA_TOOL_OPTIONS} reaches every JVM of a machine; those of the JDK's tools go on as if there were no agent.
 */
final class JdkToolsTest {

    private static final String PICKED_UP = "Picked up JAVA_TOOL_OPTIONS: ";

    static List<Jdk> jdks() {
        return Jdk.runningAndNewest();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void theCompilerCompiles(Jdk jdk) throws Exception {
        Path directory = Project.newDirectory("javac");
        Files.writeString(directory.resolve("Empty.java"), "class Empty {}");
        assertEquals(List.of(), run(jdk, directory, "javac", "Empty.java"));
        assertTrue(Files.exists(directory.resolve("Empty.class")));
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void theListOfProcessesIsTheList(Jdk jdk) throws Exception {
        List<String> processes = run(jdk, Project.newDirectory("jps"), "jps", "-q");
        assertTrue(processes.contains(Long.toString(ProcessHandle.current().pid())), processes::toString);
        assertTrue(processes.stream().allMatch(line -> line.matches("\\d+")), processes::toString);
    }

    /** Both outputs, but for the JVM's own line. */
    private static List<String> run(Jdk jdk, Path directory, String tool, String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(jdk.home().resolve("bin").resolve(tool).toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().put("JAVA_TOOL_OPTIONS", "-javaagent:" + Project.agentJar());
        Process process = builder.start();
        List<String> lines = lines(process);
        assertEquals(0, process.waitFor(), lines::toString);
        assertTrue(lines.removeIf(line -> line.startsWith(PICKED_UP)), lines::toString);
        return lines;
    }

    private static List<String> lines(Process process) throws IOException {
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new ArrayList<>(output.lines().toList());
    }
}
