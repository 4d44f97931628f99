package io.maintenanceagent.tests.servers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.tests.harness.Await;
import io.maintenanceagent.tests.harness.Http;
import io.maintenanceagent.tests.harness.JavaCommand;
import io.maintenanceagent.tests.harness.JavaProcess;
import io.maintenanceagent.tests.harness.Jdk;
import io.maintenanceagent.tests.harness.LoadedClassesLog;
import io.maintenanceagent.tests.harness.Project;
import io.maintenanceagent.tests.harness.Refusal;
import io.maintenanceagent.tests.harness.Request;
import io.maintenanceagent.tests.harness.StateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Spring Boot 4 with what its documents have for a faster start, by the commands that stand there. */
final class SpringBootCachesTest {

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Request HELLO = Request.get("/hello");
    private static final int FIRST_JDK_WITH_CACHE = 25;

    /** What the JVM has of the application before it starts. */
    enum Kind {
        AHEAD_OF_TIME(17),
        CLASS_DATA(17),
        CACHE_WITHOUT_AGENT(FIRST_JDK_WITH_CACHE),
        CACHE_WITH_AGENT(FIRST_JDK_WITH_CACHE);

        private final int firstJdk;

        Kind(int firstJdk) {
            this.firstJdk = firstJdk;
        }
    }

    record On(Kind kind, Jdk jdk) {}

    static Stream<On> all() {
        return Jdk.runningAndNewest().stream()
                .flatMap(jdk -> Stream.of(Kind.values())
                        .filter(kind -> jdk.feature() >= kind.firstJdk)
                        .map(kind -> new On(kind, jdk)));
    }

    @ParameterizedTest
    @MethodSource("all")
    void flips(On on) throws IOException {
        Path directory = Project.newDirectory("boot-caches");
        Path jar = extracted(on.jdk, directory);
        String archive = directory.resolve("application.archive").toString();
        if (on.kind != Kind.AHEAD_OF_TIME) {
            train(on, directory, jar, archive);
        }
        StateFile state = new StateFile(directory.resolve("maintenance.mode"));
        JavaCommand command = command(on, directory, jar).agent("file=" + state.path());
        switch (on.kind) {
            case AHEAD_OF_TIME -> command.property("spring.aot.enabled", "true");
            case CLASS_DATA -> command.option("-XX:SharedArchiveFile=" + archive);
            default -> command.option("-XX:AOTCache=" + archive);
        }
        LoadedClassesLog log = new LoadedClassesLog(on.jdk, command);
        try (JavaProcess process = command.start()) {
            Http http = new Http(Integer.parseInt(
                    process.awaitStdout("^READY port=(\\d+)$", LIMIT).group(1)));
            assertEquals("Hello, world\n", http.send(HELLO).text());
            state.write("on");
            Await.until(LIMIT, () -> "still serves" + process, () -> Refusal.refuses(http.send(HELLO)));
            Refusal.DEFAULT.assertAnswers(HELLO, http.send(HELLO));
            state.write("off");
            Await.until(LIMIT, () -> "still refuses" + process, () -> !Refusal.refuses(http.send(HELLO)));
            assertEquals("Hello, world\n", http.send(HELLO).text());
            assertEquals(List.of(), process.stderr().lines(line -> line.startsWith("maintenance-agent")));
        }
        if (on.kind == Kind.AHEAD_OF_TIME) {
            assertTrue(log.names().contains("hello.HelloBoot__BeanDefinitions"), "made at build time");
        } else {
            long shared = log.shared("org.springframework.");
            assertTrue(shared > 1000, "the application's classes come from the archive: " + shared);
        }
    }

    /** {@code java -Djarmode=tools -jar hello.jar extract}. */
    private static Path extracted(Jdk jdk, Path directory) {
        Path jar = Distribution.of("boot-4-caches").jars().get(0);
        JavaCommand command = new JavaCommand(jdk, directory)
                .property("jarmode", "tools")
                .jar(jar, "extract", "--destination", "extracted");
        end(command);
        return directory.resolve("extracted").resolve(jar.getFileName());
    }

    private static void train(On on, Path directory, Path jar, String archive) {
        JavaCommand command = command(on, directory, jar)
                .option((on.kind == Kind.CLASS_DATA ? "-XX:ArchiveClassesAtExit=" : "-XX:AOTCacheOutput=") + archive)
                .property("spring.context.exit", "onRefresh");
        if (on.kind == Kind.CACHE_WITH_AGENT) {
            command.agent("file=" + directory.resolve("training.mode"));
        }
        end(command);
        assertTrue(Files.exists(Path.of(archive)));
    }

    /** An archive is for the modules that it was made with, and the JVM adds the one of agents where there is one. */
    private static JavaCommand command(On on, Path directory, Path jar) {
        return new JavaCommand(on.jdk, directory)
                .option("--add-modules", "java.instrument")
                .jar(jar, "--server.address=127.0.0.1", "--server.port=0");
    }

    private static void end(JavaCommand command) {
        try (JavaProcess process = command.start()) {
            assertEquals(0, process.awaitExit(LIMIT), process::toString);
        }
    }
}
