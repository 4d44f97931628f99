package io.maintenanceagent.tests.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.maintenanceagent.tests.embedded.Shop;
import io.maintenanceagent.tests.harness.Cell;
import io.maintenanceagent.tests.harness.JavaCommand;
import io.maintenanceagent.tests.harness.Jdk;
import io.maintenanceagent.tests.harness.LoadedClassesLog;
import io.maintenanceagent.tests.harness.Project;
import io.maintenanceagent.tests.harness.Server;
import io.maintenanceagent.tests.harness.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.jar.Attributes;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Classes that are there when the agent starts: from a cache of the JDK's, or because of another agent. */
final class LoadedBeforeTest {

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Server SERVER = Server.TOMCAT_11;
    private static final Path LAUNCHER = SERVER.launcherJar();
    private static final int FIRST_JDK_WITH_CACHE = 25;

    /** What the cache was trained with. */
    enum Trained {
        WITHOUT_AGENT,
        WITH_THE_AGENT,
        WITH_ANOTHER_AGENT
    }

    @Test
    void anAgentBefore() {
        Cell cell = new Cell(SERVER, Jdk.running());
        Path eager = agent("EagerAgent");
        String classes = "org.apache.catalina.servlets.DefaultServlet:org.apache.catalina.connector.CoyoteAdapter"
                + ":org.apache.catalina.core.ApplicationFilterChain:org.apache.catalina.connector.Request";
        try (Shop shop = Shop.open(
                cell, (command, state) -> command.agent(eager, classes).agent("file=" + state))) {
            shop.assertFlips(cell);
            shop.assertSilent();
        }
    }

    static Stream<Trained> trainings() {
        Stream<Trained> all = Arrays.stream(Trained.values());
        return Boolean.getBoolean("test.jdks.all") ? all : all.limit(1);
    }

    @ParameterizedTest
    @MethodSource("trainings")
    void aCacheOfTheJdk(Trained trained) throws IOException {
        Jdk jdk = Jdk.all().stream().max(Comparator.comparingInt(Jdk::feature)).orElseThrow();
        assumeTrue(jdk.feature() >= FIRST_JDK_WITH_CACHE, "no JDK here has a cache of this kind");
        Cell cell = new Cell(SERVER, jdk);
        Path cache = train(cell, trained);
        AtomicReference<LoadedClassesLog> log = new AtomicReference<>();
        try (Shop shop = Shop.open(cell, (command, state) -> {
            cacheable(command).option("-XX:AOTCache=" + cache);
            log.set(new LoadedClassesLog(jdk, command));
            command.agent("file=" + state);
        })) {
            shop.assertFlips(cell);
            shop.assertSilent();
        }
        long shared = log.get().shared("org.apache.");
        assertTrue(shared > 300, "the application's classes come from the cache: " + shared);
    }

    private static Path train(Cell cell, Trained trained) throws IOException {
        Path cache = Project.newDirectory("cache").resolve("shop.aot");
        try (ServerProcess server = ServerProcess.start(cell, command -> {
            cacheable(command).option("-XX:AOTCacheOutput=" + cache);
            if (trained == Trained.WITH_THE_AGENT) {
                command.agent(null);
            } else if (trained == Trained.WITH_ANOTHER_AGENT) {
                command.agent(Programs.idleAgent(), null);
            }
        })) {
            server.http().get("/shop/static.txt");
            server.process().endInput();
            assertEquals(0, server.process().awaitExit(LIMIT), server.process()::toString);
        }
        assertTrue(Files.exists(cache));
        return cache;
    }

    /** A cache wants jars, and the module of agents even if there is none. */
    private static JavaCommand cacheable(JavaCommand command) {
        List<Path> jars = new ArrayList<>(List.of(LAUNCHER));
        jars.addAll(SERVER.jars());
        return command.classPath(jars).option("--add-modules", "java.instrument");
    }

    private static Path agent(String type) {
        Attributes attributes = new Attributes();
        attributes.putValue("Premain-Class", type);
        return Programs.jar(attributes);
    }
}
