package io.maintenanceagent.tests.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.tests.harness.Await;
import io.maintenanceagent.tests.harness.JavaCommand;
import io.maintenanceagent.tests.harness.JavaProcess;
import io.maintenanceagent.tests.harness.Jdk;
import io.maintenanceagent.tests.harness.Project;
import io.maintenanceagent.tests.harness.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The classes that the store and its client load: none without it, and none of what it does not use. */
final class RedisClassesTest {

    private static final String CLIENT = "io.maintenanceagent.store.redis.";
    private static final List<String> STORE = List.of(CLIENT, "io.maintenanceagent.store.remote.");

    /** Of sentinels and clusters. */
    private static final List<String> OTHERS = List.of("Sentinel", "Cluster", "EpochGuard", "HashSlot");

    private static final List<String> FORBIDDEN =
            List.of("java.util.logging.", "java.lang.management.", "javax.management.", "com.sun.jmx.");
    private static final Duration LIMIT = Duration.ofSeconds(20);

    static List<Jdk> jdks() {
        return Jdk.runningAndNewest();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void otherStore_loadsNoClassOfTheClient(Jdk jdk) throws IOException {
        JavaCommand command = hello(jdk, "file=" + Project.newDirectory("state").resolve("state"), "1000");
        try (JavaProcess process = command.start()) {
            assertEquals(0, process.awaitExit(LIMIT), process::toString);
        }
        assertEquals(List.of(), loaded(command, STORE));
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void redisStore_initialisesNeitherLoggingNorManagement(Jdk jdk) throws IOException {
        Certificate certificate = Certificate.of("ip:127.0.0.1");
        int port = Redis.freePort();
        try (Redis redis = Redis.running(certificate.serverOptions(port, false))) {
            JavaCommand command = hello(jdk, "store=rediss://127.0.0.1:" + port, "20000");
            certificate.trustedBy(command);
            try (JavaProcess process = command.start()) {
                Await.until(
                        LIMIT,
                        process::toString,
                        () -> redis.send("CLIENT", "LIST").contains(" sub=2 "));
                assertEquals(List.of(), process.stderr().lines());
            }
            List<String> classes = loaded(command, STORE);
            assertTrue(classes.contains(CLIENT + "RedisConnection"), classes::toString);
            assertEquals(
                    List.of(),
                    classes.stream()
                            .filter(name -> OTHERS.stream().anyMatch(other -> name.startsWith(CLIENT + other)))
                            .toList());
            assertEquals(List.of(), loaded(command, FORBIDDEN));
        }
    }

    private static JavaCommand hello(Jdk jdk, String options, String millis) {
        Path classes = Project.newDirectory("hello");
        new Sources(Project.sources("launchers")).compile(8, List.of("Hello.java"), text -> text, List.of(), classes);
        JavaCommand command = new JavaCommand(jdk, "redis-classes");
        return command.agent(options)
                .option("-Xlog:class+load:file=" + log(command) + ":none")
                .classPath(List.of(classes))
                .main("Hello", millis);
    }

    private static Path log(JavaCommand command) {
        return command.directory().resolve("classes.log");
    }

    private static List<String> loaded(JavaCommand command, List<String> prefixes) throws IOException {
        return Files.readAllLines(log(command)).stream()
                .map(line -> line.split(" ")[0])
                .filter(name -> prefixes.stream().anyMatch(name::startsWith))
                .toList();
    }
}
