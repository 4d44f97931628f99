package io.maintenanceagent.tests.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.tests.cli.Cli;
import io.maintenanceagent.tests.embedded.Shop;
import io.maintenanceagent.tests.harness.Cell;
import io.maintenanceagent.tests.harness.Gate;
import io.maintenanceagent.tests.harness.Jdk;
import io.maintenanceagent.tests.harness.Request;
import io.maintenanceagent.tests.harness.Response;
import io.maintenanceagent.tests.harness.Server;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The shortest that shows whether the agent works on a JDK: on each that is here, not on the newest alone. */
final class EveryJdkTest {

    static List<Jdk> jdks() {
        return Jdk.wanted();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void comesWithTheJvm_flips_leaves_andComesBack(Jdk jdk) {
        Cell cell = new Cell(Server.TOMCAT_9, jdk);
        Cli own = new Cli(jdk);
        try (Shop shop = Shop.open(cell)) {
            shop.assertServesAll(cell);
            Gate gate = new Gate();
            CompletableFuture<Response> running =
                    CompletableFuture.supplyAsync(() -> shop.send(Request.get(gate.on("/shop/slow"))));
            gate.awaitEntered();
            own.run("on", "--file", shop.state().path().toString()).done();
            shop.awaitRefusing();
            gate.open();
            assertEquals("Worth the wait.\n", running.join().text());

            String pid = Long.toString(shop.server().process().pid());
            assertTrue(own.run("list").done().text().contains("\n" + pid + " "));
            own.run("detach", pid).done();
            assertFalse(shop.refuses());
            // Across versions, both ways.
            String options = "file=" + shop.state().path();
            assertSaid(new Cli().run("attach", pid, options), "has the agent now");
            assertTrue(shop.refuses());
            assertSaid(own.run("attach", pid, options), "has the agent already");
            assertEquals(List.of(), shop.agentLines());
        }
    }

    private static void assertSaid(Cli.Outcome outcome, String text) {
        assertTrue(outcome.done().text().contains(text), outcome::toString);
    }
}
