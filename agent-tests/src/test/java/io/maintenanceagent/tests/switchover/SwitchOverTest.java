package io.maintenanceagent.tests.switchover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.maintenanceagent.tests.cli.Cli;
import io.maintenanceagent.tests.harness.Cell;
import io.maintenanceagent.tests.harness.JavaCommand;
import io.maintenanceagent.tests.harness.Jdk;
import io.maintenanceagent.tests.harness.Machine;
import io.maintenanceagent.tests.harness.Project;
import io.maintenanceagent.tests.harness.Server;
import io.maintenanceagent.tests.harness.ServerProcess;
import io.maintenanceagent.tests.harness.Sources;
import io.maintenanceagent.tests.harness.StateFile;
import io.maintenanceagent.tests.harness.WebApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A real database is away for five seconds under a steady load: nobody gets anything but an answer. Writes
 * {@code docs/switch-over.md}; {@code -Dswitchover.rate} is the number of requests a second.
 */
final class SwitchOverTest {

    private static final int RATE = Integer.getInteger("switchover.rate", 500);
    private static final int SECONDS = 5;
    private static final int HOLD = 10;
    private static final int REQUESTS = 6000;
    private static final int WARM_UP = 1000;
    private static final List<String> REPORT = new ArrayList<>();

    private static Postgres postgres;
    private static String load;

    private final Cli cli = new Cli();

    /** Servers; the first two with threads enough for all that wait. */
    enum Kind {
        TOMCAT(Server.TOMCAT_11, 8, "threads", "13000"),
        JETTY(Server.JETTY_12, 8, "threads", "13000"),
        UNDERTOW(Server.UNDERTOW_2, 8, "threads", "default"),
        TOMCAT_VIRTUAL(Server.TOMCAT_11, 21, "virtual", "true"),
        WEBFLUX(null, 17, "threads", "default");

        private final Server server;
        private final int release;
        private final String key;
        private final String value;

        Kind(Server server, int release, String key, String value) {
            this.server = server;
            this.release = release;
            this.key = key;
            this.value = value;
        }

        private Jdk jdk() {
            return Jdk.all().stream()
                    .filter(jdk -> jdk.feature() >= release)
                    .findFirst()
                    .orElse(null);
        }

        ServerProcess start(String options) {
            Jdk jdk = jdk();
            assumeTrue(jdk != null, () -> "no JDK " + release + " here");
            List<Path> driver = Project.serverJars("postgresql");
            if (server != null) {
                WebApplication application = new WebApplication("switch-over", driver.toArray(new Path[0]));
                return ServerProcess.start(
                        new Cell(server, jdk),
                        application,
                        command -> set(command, options).option("-Xss256k", "-Xmx1g"));
            }
            List<Path> jars = new ArrayList<>(Project.serverJars("webflux-6"));
            jars.addAll(driver);
            Path classes = Project.newDirectory("webflux-orders");
            new Sources(Project.sources("switch-over/java"))
                    .compile(17, List.of("shop/Orders.java"), text -> text, jars, classes);
            jars.add(classes);
            new Sources(Project.sources("launchers"))
                    .compile(17, List.of("Launcher.java", "WebFluxOrdersLauncher.java"), text -> text, jars, classes);
            return ServerProcess.start(set(new JavaCommand(jdk, "webflux-orders"), options)
                    .option("-Xmx1g")
                    .classPath(jars)
                    .main("WebFluxOrdersLauncher"));
        }

        /** A path that the probes have by default: within a context where the server has any. */
        String health(ServerProcess running) {
            return "http://127.0.0.1:" + running.http().port() + (server == null ? "/health" : "/shop/health");
        }

        private JavaCommand set(JavaCommand command, String options) {
            return (value.equals("default") ? command : command.property(key, value))
                    .property("database", postgres.url())
                    .agent(options);
        }
    }

    @BeforeAll
    static void open() throws IOException {
        load = Machine.load();
        postgres = Postgres.start();
    }

    @AfterAll
    static void close() throws IOException {
        if (postgres == null) {
            return;
        }
        postgres.close();
        List<String> lines = new ArrayList<>(List.of(
                "# A switch-over under load",
                "",
                "A PostgreSQL is stopped and started within `run --hold " + HOLD + "s`, " + SECONDS
                        + " seconds in all, while " + RATE + " requests a",
                "second come, each of which writes to it; counted from three seconds before until three after, on a "
                        + "server that keeps up.",
                "By `mvn verify -pl agent-tests -am -Pswitch-overs`, which writes this page.",
                "",
                "- " + Machine.description() + ", with a load of " + load + " from other work before",
                "",
                "| Server | Requests | Answers | p50 | p99 | Longest | Health checks, longest |",
                "|---|---|---|---|---|---|---|"));
        lines.addAll(REPORT);
        Files.write(Path.of(System.getProperty("basedir", "")).resolve("docs/switch-over.md"), lines);
    }

    @ParameterizedTest
    @EnumSource
    void switchOver_underLoad_answersEverybody(Kind kind) throws Exception {
        Path files = Project.newDirectory("switch-over");
        StateFile state = new StateFile(files.resolve("maintenance.mode"));
        state.write("off");
        try (ServerProcess server = kind.start("file=" + state.path())) {
            String shop = "http://127.0.0.1:" + server.http().port() + "/shop";
            for (int i = 0; i < WARM_UP; i++) {
                assertEquals(200, server.http().get("/shop/order").status());
            }
            int before = postgres.orders();
            long settled;
            Queue<Clients.Answer> answers;
            Queue<Clients.Answer> checks;
            try (Clients clients = new Clients(shop + "/order", RATE);
                    Clients monitor = new Clients(kind.health(server), 10)) {
                clients.settle();
                settled = System.nanoTime();
                Thread.sleep(3000);
                Cli.Outcome run = cli.run(
                        "run",
                        "--file",
                        state.path().toString(),
                        "--hold",
                        HOLD + "s",
                        "--hold-requests",
                        "" + REQUESTS,
                        "--",
                        "sh",
                        postgres.switchOver(SECONDS).toString());
                assertEquals(0, run.code(), run::toString);
                Thread.sleep(3000);
                answers = clients.end();
                checks = monitor.end();
            }
            Map<Integer, Integer> statuses = Clients.statuses(answers);
            worst(checks);
            Queue<Clients.Answer> measured = Clients.since(settled, answers);
            REPORT.add("| " + kind + " | " + measured.size() + " | " + Clients.statuses(measured) + " | "
                    + Clients.percentile(measured, 50) + " ms | " + Clients.percentile(measured, 99) + " ms | "
                    + Clients.longest(measured) + " ms | " + Clients.statuses(checks) + ", " + Clients.longest(checks)
                    + " ms |");
            System.out.println(REPORT.get(REPORT.size() - 1));
            assertEquals(
                    Map.of(200, answers.size()),
                    statuses,
                    () -> server.agentLines().toString());
            assertEquals(Map.of(200, checks.size()), Clients.statuses(checks));
            assertEquals(answers.size(), postgres.orders() - before, "each order is there once");
            assertTrue(
                    Clients.percentile(measured, 99) <= HOLD * 1000 + 100,
                    () -> Clients.percentile(measured, 99) + " ms");
        }
    }

    private static void worst(Queue<Clients.Answer> checks) {
        long first = checks.stream().mapToLong(Clients.Answer::sentNanos).min().orElse(0);
        checks.stream()
                .filter(check -> check.millis() > 1000)
                .forEach(check -> System.out.println("slow check sent at " + (check.sentNanos() - first) / 1_000_000
                        + " ms: " + check.millis() + " ms"));
    }
}
