package io.maintenanceagent.tests.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.maintenanceagent.tests.harness.Await;
import io.maintenanceagent.tests.harness.Jdk;
import io.maintenanceagent.tests.harness.Project;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The README's demo, to its end: with what was built already, and in the profile {@code demo} with the whole build. */
final class DemoTest {

    private static final Path ROOT = Project.sources("../..").normalize();
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Duration BUILD_LIMIT = Duration.ofMinutes(20);

    /** The programs that it takes on any POSIX system; a JDK and Maven come on top. */
    private static final List<String> PROGRAMS =
            List.of("sh", "dirname", "mktemp", "sed", "grep", "head", "tail", "tr", "wc", "cat", "sleep", "rm", "kill");

    /** Says what Maven says, and ends when the file is there. */
    private static final String MAVEN = """
            #!/bin/sh
            echo '[INFO] Building Maintenance Agent 0.1.0-SNAPSHOT                          [2/5]'
            until [ -e 'BUILT' ]; do sleep 0.1; done
            """;

    private final Path directory = Project.newDirectory("demo");

    @ParameterizedTest(name = "curl: {0}")
    @ValueSource(booleans = {true, false})
    void withWhatIsBuilt_showsAllSteps(boolean curl) throws Exception {
        Path bin = Files.createDirectory(directory.resolve("bin"));
        PROGRAMS.forEach(program -> link(program, bin));
        if (curl) {
            assumeTrue(find("curl").isPresent(), "no curl");
            link("curl", bin);
        }
        Path built = directory.resolve("built");
        Path maven = Files.writeString(bin.resolve("mvn"), MAVEN.replace("BUILT", built.toString()));
        Files.setPosixFilePermissions(maven, PosixFilePermissions.fromString("rwx------"));
        Path tree = directory.resolve("tree");
        copy("examples/demo", tree);
        copy("examples/Request.java", tree);
        link("agent/target", "maintenance-agent.jar", tree);
        link("examples/launcher/target", "launcher.jar", tree);
        link("examples/legacy-shop/target", "legacy-shop.war", tree);
        ProcessBuilder demo = demo(tree);
        demo.environment().put("PATH", bin.toString());
        List<String> said = run(demo, LIMIT, shown -> {
            Await.until(LIMIT, shown::toString, () -> shown.lines().contains("[2/5] Maintenance Agent 0.1.0-SNAPSHOT"));
            Files.createFile(built);
        });
        assertShowsAllSteps(said, curl ? "curl -i" : "java Request.java");
    }

    @Test
    @EnabledIfSystemProperty(named = "demo.build", matches = "true")
    void fromAClone_buildsAndShowsAllSteps() throws Exception {
        Path tree = directory.resolve("tree");
        Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) {
                boolean left =
                        List.of("target", ".git").contains(visited.getFileName().toString())
                                || visited.equals(ROOT.resolve("agent-tests/src"));
                return left ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path visited, BasicFileAttributes attributes) throws IOException {
                copy(ROOT.relativize(visited).toString(), tree);
                return FileVisitResult.CONTINUE;
            }
        });
        List<String> said = run(demo(tree), BUILD_LIMIT, shown -> {});
        assertTrue(said.stream().anyMatch(line -> line.matches("\\[\\d/\\d] Maintenance Agent .*")), said::toString);
        assertShowsAllSteps(said, find("curl").isPresent() ? "curl -i" : "java Request.java");
    }

    private static void assertShowsAllSteps(List<String> said, String client) {
        assertEquals("All steps showed what they should.", said.get(said.size() - 1));
        List<String> steps = said.stream()
                .filter(line -> line.matches("(== |HTTP/|\\$ echo |\\{\"detail).*"))
                .map(line -> line.replaceFirst("(HTTP/[\\d.]+ \\d+).*", "$1"))
                .toList();
        assertEquals(
                List.of(
                        "== Build",
                        "== Start the shop under the agent",
                        "== The shop is open",
                        "HTTP/1.1 200",
                        "== Maintenance on",
                        "$ echo 'on' > maintenance.mode",
                        "HTTP/1.1 503",
                        "{\"detail\":\"Service temporarily unavailable due to maintenance\"}",
                        "== Maintenance with a message",
                        "$ echo '{\"enabled\": true, \"message\": \"Back at noon\", \"retryAfter\": 600}'"
                                + " > maintenance.mode",
                        "HTTP/1.1 503",
                        "{\"detail\":\"Back at noon\"}",
                        "== Maintenance off",
                        "$ echo 'off' > maintenance.mode",
                        "HTTP/1.1 200",
                        "== Stop"),
                steps);
        assertEquals(
                4,
                said.stream()
                        .filter(line -> line.startsWith("$ " + client + " http://"))
                        .count(),
                client);
    }

    private interface Visitor {
        void see(Shown shown) throws IOException;
    }

    /** What it has said so far. */
    private record Shown(Path output) {
        List<String> lines() {
            try {
                return Files.readAllLines(output);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public String toString() {
            return String.join("\n", lines());
        }
    }

    private List<String> run(ProcessBuilder demo, Duration limit, Visitor visitor) throws Exception {
        Shown shown = new Shown(directory.resolve("output"));
        Process process = demo.redirectErrorStream(true)
                .redirectOutput(shown.output().toFile())
                .start();
        try {
            visitor.see(shown);
            assertTrue(process.waitFor(limit.toSeconds(), TimeUnit.SECONDS), shown::toString);
            assertEquals(0, process.exitValue(), shown::toString);
            return shown.lines();
        } finally {
            process.destroy(); // it ends what it has started
        }
    }

    private ProcessBuilder demo(Path tree) {
        ProcessBuilder demo =
                new ProcessBuilder(tree.resolve("examples/demo").toString()).directory(directory.toFile());
        demo.environment()
                .keySet()
                .removeIf(key -> key.matches("MAINTENANCE_.*|MAVEN_(PROJECTBASEDIR|CMD.*)|DEMO_KEEP"));
        demo.environment()
                .put("JAVA_HOME", Jdk.running().java().getParent().getParent().toString());
        return demo;
    }

    private static void copy(String file, Path tree) throws IOException {
        Files.createDirectories(tree.resolve(file).getParent());
        Files.copy(ROOT.resolve(file), tree.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
    }

    /** What was built into a directory. */
    private static void link(String target, String file, Path tree) throws IOException {
        Path built = ROOT.resolve(target);
        assumeTrue(Files.exists(built.resolve(file)), () -> file + " was not built; mvn verify builds it");
        Files.createDirectories(tree.resolve(target).getParent());
        Files.createSymbolicLink(tree.resolve(target), built);
    }

    private static void link(String program, Path bin) {
        find(program).ifPresent(path -> {
            try {
                Files.createSymbolicLink(bin.resolve(program), path);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static Optional<Path> find(String program) {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(path -> Path.of(path, program))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
