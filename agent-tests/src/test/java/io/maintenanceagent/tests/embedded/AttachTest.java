package io.maintenanceagent.tests.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.tests.cli.Cli;
import io.maintenanceagent.tests.harness.Await;
import io.maintenanceagent.tests.harness.Cell;
import io.maintenanceagent.tests.harness.Gate;
import io.maintenanceagent.tests.harness.Management;
import io.maintenanceagent.tests.harness.Refusal;
import io.maintenanceagent.tests.harness.Request;
import io.maintenanceagent.tests.harness.Response;
import java.io.File;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Attaches the agent to a running server, detaches it, and attaches it again. */
final class AttachTest {

    private static final int CLIENTS = 3;

    private static final Cli CLI = new Cli();

    @ParameterizedTest
    @MethodSource("io.maintenanceagent.tests.harness.Cell#inTurn")
    void attachAndDetach_underLoad_loseNoRequest(Cell cell) throws InterruptedException {
        try (Shop shop = Shop.open(cell, (command, state) -> {})) {
            List<Visit> visits = Visit.all(cell.server());
            Clients clients = Clients.start(shop, cell.server(), CLIENTS);
            try {
                clients.awaitServed(CLIENTS * visits.size()); // all classes are loaded then
                attach(shop, "has the agent now");
                attach(shop, "has the agent already");
                detach(shop, "has no agent any more");
                attach(shop, "has the agent now");
            } finally {
                clients.leave();
            }
            clients.assertContent();
            assertEquals(0, clients.refused());

            refusesAndServesAgain(shop, visits);

            shop.state().write("on");
            shop.awaitRefusing();
            detach(shop, "maintenance was on, and is over there");
            for (Visit visit : visits) {
                visit.assertServed(shop.send(visit.request()));
            }
            attach(shop, "maintenance is on");
            assertTrue(shop.refuses(), "a state that was there before is enforced once attach returns");
            refusesAndServesAgain(shop, visits);
            assertEquals(List.of(), shop.agentLines());
        }
    }

    /** Requests that began before the attach, and those that run during a detach, end as without the agent. */
    @Test
    void attach_requestsInFlight_finish() {
        try (Shop shop = Shop.open(Cell.any(), (command, state) -> {})) {
            Gate earlier = new Gate();
            CompletableFuture<Response> before = sendLater(shop, earlier);
            earlier.awaitEntered();
            shop.state().write("on");
            attach(shop, "maintenance is on");
            assertTrue(shop.refuses());
            earlier.open();
            assertEquals("Worth the wait.\n", before.join().text());

            shop.state().write("off");
            shop.awaitServing();
            Gate within = new Gate();
            CompletableFuture<Response> during = sendLater(shop, within);
            within.awaitEntered();
            detach(shop, "has no agent any more");
            attach(shop, "has the agent now");
            shop.state().write("on");
            shop.awaitRefusing();
            within.open();
            assertEquals("Worth the wait.\n", during.join().text());
        }
    }

    /** An agent from the JVM's start can be asked and detached like an attached one. */
    @Test
    void attach_agentFromTheStart_keepsIt() {
        try (Shop shop = Shop.open(Cell.any())) {
            shop.state().write("on");
            shop.awaitRefusing();
            String pid = pid(shop);
            attach(shop, "has the agent already");
            CLI.run("attach", pid).done();
            String others = CLI.run("attach", pid, "file=/somewhere/else,app=shop")
                    .failed(
                            1,
                            "has other settings for [file, app] and keeps them, and follows "
                                    + shop.state().path())
                    .toString();
            assertTrue(others.contains("detach " + pid + ", then attach " + pid), others);
            assertTrue(shop.refuses());
            assertTrue(
                    listed(pid)
                            .matches(
                                    pid + " .* \\d+\\.\\S+ +on +[1-9]\\d* +TomcatLauncher +file +\\S+ +TomcatLauncher"),
                    () -> listed(pid));

            try (Management management = Management.of(shop.server())) {
                Await.until(Shop.FLIP_LIMIT, () -> "no report", () -> reports(shop) == 1);
                management.call("on", "Not now.");
                detach(shop, "maintenance was on, and is over there");
                shop.awaitServing();
                assertFalse(management.isRegistered());
                assertEquals(0, reports(shop));
            }
            assertTrue(listed(pid).matches(pid + " .* - +- +- +TomcatLauncher"), () -> listed(pid));
            CLI.run("detach", pid).failed(1, pid + " (TomcatLauncher) has no agent");
            attach(shop, "maintenance is on");
            assertTrue(shop.refuses());
            assertEquals(List.of(), shop.agentLines());
        }
    }

    private static int reports(Shop shop) {
        String[] files = new File(shop.state().path() + ".instances").list((directory, name) -> name.endsWith(".json"));
        return files == null ? 0 : files.length;
    }

    private static String listed(String pid) {
        return CLI.run("list").done().out().stream()
                .filter(line -> line.startsWith(pid + " "))
                .findFirst()
                .orElseThrow();
    }

    private static void refusesAndServesAgain(Shop shop, List<Visit> visits) {
        shop.state().write("on");
        shop.awaitRefusing();
        for (Visit visit : visits) {
            Response response = shop.send(visit.request());
            Refusal.DEFAULT.assertAnswers(visit.request(), response);
        }
        shop.state().write("off");
        shop.awaitServing();
        for (Visit visit : visits) {
            visit.assertServed(shop.send(visit.request()));
        }
    }

    private static CompletableFuture<Response> sendLater(Shop shop, Gate gate) {
        return CompletableFuture.supplyAsync(() -> shop.send(Request.get(gate.on("/shop/slow"))));
    }

    /** Attaches with the options of {@link Shop#open(Cell)}. */
    static void attach(Shop shop) {
        attach(shop, "has the agent now");
    }

    private static void attach(Shop shop, String said) {
        String all = CLI.run("attach", pid(shop), "file=" + shop.state().path())
                .done()
                .text();
        assertTrue(
                all.contains(said) && all.contains("it follows " + shop.state().path()), all);
    }

    private static void detach(Shop shop, String said) {
        String all = CLI.run("detach", pid(shop)).done().text();
        assertTrue(all.contains(said), all);
    }

    private static String pid(Shop shop) {
        return Long.toString(shop.server().process().pid());
    }
}
