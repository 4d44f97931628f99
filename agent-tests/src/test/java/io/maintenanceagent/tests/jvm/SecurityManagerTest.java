package io.maintenanceagent.tests.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Under a security manager, which JDKs have had until 23: a server that may do all, an application that may do little.
 */
final class SecurityManagerTest {

    private static final Server SERVER = Server.TOMCAT_9;
    private static final int FIRST_JDK_WITHOUT = 24;

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

    @Test
    void anAgentWithThePermissionWorks() {
        Cell cell = cell();
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

    @Test
    void anAgentWithoutSaysWhatItNeedsAndLeavesTheApplicationAlone() {
        Cell cell = cell();
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
    @Test
    void anyApplicationStartsAllTheSame() {
        JavaCommand command = new JavaCommand(cell().jdk(), "security-manager")
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

    private static Cell cell() {
        Optional<Jdk> jdk = Stream.concat(Stream.of(Jdk.running()), Jdk.others().stream())
                .filter(candidate -> candidate.feature() < FIRST_JDK_WITHOUT)
                .findFirst();
        assumeTrue(jdk.isPresent(), "no JDK here has a security manager");
        return new Cell(SERVER, jdk.get());
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
                    {"rules": [{"annotation": "shop.AlwaysOpen", "maintenance": "off"}], "exempt": {"roles": ["admin"]}}""");
            command.agent("file=" + state + ",policy=" + rules)
                    .option("-Djava.security.manager", "-Djava.security.policy==" + policy)
                    // Tomcat's own needs under a security manager.
                    .option("--add-opens=java.base/java.lang=ALL-UNNAMED");
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
