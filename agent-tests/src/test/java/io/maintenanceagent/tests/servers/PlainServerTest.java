package io.maintenanceagent.tests.servers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.tests.harness.Http;
import io.maintenanceagent.tests.harness.JavaCommand;
import io.maintenanceagent.tests.harness.JavaProcess;
import io.maintenanceagent.tests.harness.Jdk;
import io.maintenanceagent.tests.harness.Project;
import io.maintenanceagent.tests.harness.Sources;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A server without servlets, whose operator has to learn that the agent stops nothing there. Takes its minute. */
final class PlainServerTest {

    @Test
    void isToldThatNothingIsWoven() {
        Path classes = Project.newDirectory("plain-server");
        new Sources(Project.sources("launchers"))
                .compile(17, List.of("Launcher.java", "PlainServer.java"), text -> text, List.of(), classes);
        JavaCommand command = new JavaCommand(Jdk.running(), "plain-server")
                .agent("enable=true")
                .classPath(List.of(classes))
                .main("PlainServer");
        try (JavaProcess process = command.start()) {
            String port = process.awaitStdout("^READY port=(\\d+)$", Duration.ofSeconds(20))
                    .group(1);
            assertEquals(204, new Http(Integer.parseInt(port)).get("/").status());
            process.awaitStderr("^maintenance-agent: nothing is woven", Duration.ofMinutes(3));
            List<String> lines = process.stderr().lines(line -> line.startsWith("maintenance-agent"));
            assertEquals(1, lines.size(), lines::toString);
            assertTrue(lines.get(0).contains("[" + port + "]"), lines::toString);
        }
    }
}
