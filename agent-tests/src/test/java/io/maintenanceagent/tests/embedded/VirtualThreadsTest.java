package io.maintenanceagent.tests.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.maintenanceagent.tests.cli.Cli;
import io.maintenanceagent.tests.harness.Cell;
import io.maintenanceagent.tests.harness.Gate;
import io.maintenanceagent.tests.harness.Jdk;
import io.maintenanceagent.tests.harness.Request;
import io.maintenanceagent.tests.harness.Response;
import io.maintenanceagent.tests.harness.Server;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Servers whose requests run on virtual threads. */
final class VirtualThreadsTest {

    private static final int FIRST_JDK = 21;

    private final Cli cli = new Cli();

    static Stream<Cell> cells() {
        List<Cell> cells = Jdk.runningAndNewest().stream()
                .filter(jdk -> jdk.feature() >= FIRST_JDK)
                .flatMap(jdk -> Stream.of(new Cell(Server.TOMCAT_11, jdk), new Cell(Server.JETTY_12, jdk)))
                .toList();
        assumeFalse(cells.isEmpty(), "no JDK here has virtual threads");
        return cells.stream();
    }

    @ParameterizedTest
    @MethodSource("cells")
    void virtualThreads_flipDrainDetachAndAttach_work(Cell cell) {
        try (Shop shop = Shop.open(
                cell, (command, state) -> command.property("virtual", "true").agent("file=" + state))) {
            shop.assertFlips(cell);
            drains(shop);
            shop.state().write("off");
            shop.awaitServing();
            String pid = Long.toString(shop.server().process().pid());
            cli.run("detach", pid).done();
            comes(shop, pid);
            assertEquals(List.of(), shop.agentLines());
        }
    }

    private void drains(Shop shop) {
        Gate gate = new Gate();
        CompletableFuture<Response> running = sendLater(shop, gate);
        gate.awaitEntered();
        String file = shop.state().path().toString();
        Cli.Outcome tooEarly = cli.run("on", "--file", file, "--wait=3s");
        assertEquals(1, tooEarly.code(), tooEarly::toString);
        assertTrue(shop.refuses());
        gate.open();
        assertEquals("Worth the wait.\n", running.join().text());
        cli.run("on", "--file", file, "--wait=60s").done();
    }

    /** While a request is running that the agent has not seen begin. */
    private void comes(Shop shop, String pid) {
        Gate gate = new Gate();
        CompletableFuture<Response> running = sendLater(shop, gate);
        gate.awaitEntered();
        shop.state().write("on");
        assertEquals(0, cli.run("attach", pid, "file=" + shop.state().path()).code());
        assertTrue(shop.refuses());
        Cli.Outcome tooEarly = cli.run("on", "--file", shop.state().path().toString(), "--wait=3s");
        assertEquals(1, tooEarly.code(), tooEarly::toString);
        gate.open();
        assertEquals("Worth the wait.\n", running.join().text());
        cli.run("on", "--file", shop.state().path().toString(), "--wait=60s").done();
    }

    private static CompletableFuture<Response> sendLater(Shop shop, Gate gate) {
        return CompletableFuture.supplyAsync(() -> shop.send(Request.get(gate.on("/shop/slow"))));
    }
}
