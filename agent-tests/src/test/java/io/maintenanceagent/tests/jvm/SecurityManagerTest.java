package io.maintenanceagent.tests.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.maintenanceagent.tests.embedded.Shop;
import io.maintenanceagent.tests.embedded.Visit;
import io.maintenanceagent.tests.harness.Cell;
import io.maintenanceagent.tests.harness.JavaCommand;
import io.maintenanceagent.tests.harness.JavaProcess;
import io.maintenanceagent.tests.harness.Jdk;
import io.maintenanceagent.tests.harness.Project;
import io.maintenanceagent.tests.harness.Refusal;
import io.maintenanceagent.tests.harness.Request;
import io.maintenanceagent.tests.harness.Server;
import io.maintenanceagent.tests.harness.TestApplication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Under a security manager, which JDKs have had until 23: a server that may do all, an application that may do little.
 */
final class SecurityManagerTest {

    private static final Server SERVER = Server.TOMCAT_9;
    private static final int FIRST_JDK_WITHOUT = 24;

    /** Under a security manager; there are no modules to open before 9. */
    private static final String[] TOMCATS_NEEDS = {"--add-opens=java.base/java.lang=ALL-UNNAMED"};

    private static final String[] TOMCATS_NEEDS_NONE = {};

    /** What Tomcat's own policy grants an application, and what the test application does besides. */
    private static final String APPLICATION = """
            grant codeBase "file:%s/-" {
              permission java.util.PropertyPermission "*", "read";
              permission java.lang.RuntimePermission "accessClassInPackage.org.apache.jasper.runtime";
              permission java.lang.RuntimePermission "accessClassInPackage.org.apache.jasper.runtime.*";
              permission java.lang.RuntimePermission "accessClassInPackage.org.apache.jasper.el";
              permission java.lang.RuntimePermission "accessClassInPackage.org.apache.tomcat";
            };
            """;

    private static final String ALL = """
            grant codeBase "file:%s" {
              permission java.security.AllPermission;
            };
            """;

    @ParameterizedTest
    @MethodSource("cells")
    void anAgentWithThePermissionWorks(Cell cell) {
        try (Shop shop = open(cell, ALL.formatted(Project.agentJar()))) {
            shop.assertFlips(cell);
            shop.state().write("on");
            shop.awaitRefusing();
            // Asked through the application's code, which may not look at classes as the agent does.
            assertEquals(200, shop.send(Request.get("/shop/notice")).status());
            Refusal.DEFAULT.assertAnswers(Request.get("/shop/raw"), shop.send(Request.get("/shop/raw")));
            assertEquals(List.of(), shop.agentLines());
        }
    }

    @ParameterizedTest
    @MethodSource("cells")
    void anAgentWithoutSaysWhatItNeedsAndLeavesTheApplicationAlone(Cell cell) {
        try (Shop shop = open(cell, "")) {
            shop.state().write("on");
            for (Visit visit : Visit.all(cell.server())) {
                visit.assertServed(shop.send(visit.request()));
            }
            List<String> lines = shop.agentLines();
            assertEquals(1, lines.size(), lines::toString);
            assertTrue(lines.get(0).contains("java.security.AllPermission"), lines::toString);
        }
    }

    /** The JDK's own policy grants next to nothing. */
    @ParameterizedTest
    @MethodSource("cells")
    void anyApplicationStartsAllTheSame(Cell cell) {
        JavaCommand command = new JavaCommand(cell.jdk(), "security-manager")
                .agent(null)
                .option("-Djava.security.manager")
                .classPath(List.of(Programs.classes()))
                .main("Hello");
        try (JavaProcess process = command.start()) {
            assertEquals(0, process.awaitExit(Duration.ofSeconds(20)), process::toString);
            assertEquals(List.of("HELLO"), process.stdout().lines());
            List<String> lines = process.stderr().lines(line -> line.startsWith("maintenance-agent: "));
            assertEquals(1, lines.size(), process::toString);
        }
    }

    /** One JDK that has a security manager, or all where all are tested. */
    static Stream<Cell> cells() {
        List<Cell> cells = Jdk.wanted().stream()
                .filter(jdk -> jdk.feature() < FIRST_JDK_WITHOUT)
                .map(jdk -> new Cell(SERVER, jdk))
                .toList();
        assumeFalse(cells.isEmpty(), "no JDK here has a security manager");
        return cells.stream().limit(Boolean.getBoolean("test.jdks.all") ? cells.size() : 1);
    }

    private static Shop open(Cell cell, String grant) {
        return Shop.open(cell, (command, state) -> {
            Path policy = write(
                    command,
                    "server.policy",
                    ALL.formatted(SERVER.launcherClasses() + "/-")
                            + ALL.formatted(SERVER.jars().get(0).getParent() + "/-")
                            + APPLICATION.formatted(TestApplication.exploded(SERVER.namespace()))
                            + grant);
            Path rules = write(command, "maintenance.json", """
                    {"rules": [{"annotation": "shop.AlwaysOpen", "maintenance": "off"}],
                     "exempt": {"addresses": ["192.0.2.1"]}}""");
            command.agent("file=" + state + ",policy=" + rules)
                    .option("-Djava.security.manager", "-Djava.security.policy==" + policy)
                    .option(cell.jdk().feature() < 9 ? TOMCATS_NEEDS_NONE : TOMCATS_NEEDS);
        });
    }

    private static Path write(JavaCommand command, String name, String text) {
        try {
            return Files.writeString(command.directory().resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
