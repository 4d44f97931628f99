package io.maintenanceagent.tests.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.tests.harness.Cell;
import io.maintenanceagent.tests.harness.Project;
import io.maintenanceagent.tests.harness.Request;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The agent twice in one JVM, as when an image's options and a script's both have it. */
final class TwoAgentsTest {

    @Test
    void twoAgents_firstWorks_secondReportsIt() throws Exception {
        Path other =
                Files.copy(Project.agentJar(), Project.newDirectory("other").resolve("agent.jar"));
        try (Shop shop = Shop.open(
                Cell.any(),
                (command, state) -> command.agent("file=" + state)
                        .agent(Project.agentJar(), "file=" + state)
                        .agent(other, "file=/nowhere"))) {
            shop.state().write("on");
            shop.awaitRefusing();
            shop.state().write("off");
            shop.awaitServing();
            assertEquals(
                    "Good morning.\n", shop.send(Request.get("/shop/greeting")).text());
            assertEquals(1, shop.agentLines().size(), () -> shop.agentLines().toString());
            assertTrue(shop.agentLines().get(0).contains("more than once; the first one's options hold"));
        }
    }
}
