package io.maintenanceagent.tests.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.tests.harness.Await;
import io.maintenanceagent.tests.harness.Cell;
import io.maintenanceagent.tests.harness.Gate;
import io.maintenanceagent.tests.harness.Jdk;
import io.maintenanceagent.tests.harness.Management;
import io.maintenanceagent.tests.harness.Refusal;
import io.maintenanceagent.tests.harness.Request;
import io.maintenanceagent.tests.harness.Response;
import io.maintenanceagent.tests.harness.Server;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests that wait for the end of a short maintenance, on servlet containers, with their default threads. */
final class HoldTest {

    /** The default; Tomcat and Jetty have 200 threads by default. */
    private static final int LIMIT = 100;

    private static final int SURPLUS = 10;

    /** Undertow's, on two processors. */
    private static final int WORKERS = 16;

    private static final int FIRST_VIRTUAL = 21;
    private static final Request GREETING = Request.get("/shop/greeting");

    private final ExecutorService clients = Executors.newCachedThreadPool();

    /** A server, on virtual threads or not. */
    record On(Cell cell, boolean isVirtual) {}

    static Stream<On> servers() {
        Jdk running = Jdk.running();
        Stream<On> virtual = Jdk.runningAndNewest().stream()
                .filter(jdk -> jdk.feature() >= FIRST_VIRTUAL)
                .limit(1)
                .map(jdk -> new On(new Cell(Server.TOMCAT_11, jdk), true));
        return Stream.concat(
                Stream.of(Server.TOMCAT_11, Server.JETTY_12, Server.UNDERTOW_2)
                        .map(server -> new On(new Cell(server, running), false)),
                virtual);
    }

    @AfterEach
    void end() {
        clients.shutdownNow();
    }

    @ParameterizedTest
    @MethodSource("servers")
    void hold_requestsWait_goOnAtTheEnd_orAreRefusedInTime(On on) throws Exception {
        try (Shop shop = Shop.open(
                on.cell(),
                (command, state) -> command.property("virtual", Boolean.toString(on.isVirtual()))
                        .agent("file=" + state))) {
            shop.send(GREETING);
            try (Management management = Management.of(shop.server())) {
                shop.state().write("{\"enabled\": true, \"hold\": {\"seconds\": 60}}");
                List<Future<Response>> held = sendTillAllWait(shop, management);
                for (int i = 0; i < SURPLUS; i++) {
                    assertTrue(Refusal.refuses(shop.send(GREETING)), "the surplus");
                }
                assertFalse(Refusal.refuses(shop.send(Request.get("/shop/health"))), "a health check");
                assertEquals(true, management.get("Drained"), "what waits is not in flight");
                assertFalse(held.get(0).isDone(), "it goes on too early");
                shop.state().write("off");
                for (Future<Response> request : held) {
                    assertEquals(200, request.get(30, TimeUnit.SECONDS).status());
                }
                assertEquals(0L, management.get("Held"));
                assertEquals((long) LIMIT, management.get("HeldTotal"));
                assertEquals((long) SURPLUS, management.get("Refused"));

                shop.state().write("{\"enabled\": true, \"hold\": {\"seconds\": 1}}");
                Await.until(Shop.FLIP_LIMIT, () -> "served", () -> Refusal.refuses(shop.send(GREETING)));
                shop.state().write("off");
                shop.awaitServing();
            }
            assertEquals(List.of(), shop.agentLines());
        }
    }

    /** More than threads that may wait are in the queue of Undertow's workers when maintenance begins. */
    @Test
    void hold_requestsOnTheirWay_waitToo() throws Exception {
        Cell cell = new Cell(Server.UNDERTOW_2, Jdk.running());
        try (Shop shop = Shop.open(
                cell,
                (command, state) -> command.option("-XX:ActiveProcessorCount=2").agent("file=" + state))) {
            shop.send(GREETING);
            waitOnTheirWay(shop);
            assertEquals(List.of(), shop.agentLines());
        }
    }

    private void waitOnTheirWay(Shop shop) throws Exception {
        try (Management management = Management.of(shop.server())) {
            Gate gate = new Gate();
            List<Future<Response>> all = new ArrayList<>();
            send(shop, Request.get(gate.on("/shop/slow")), WORKERS, all);
            Await.until(
                    Shop.FLIP_LIMIT,
                    () -> "not all at work",
                    () -> ((Number) management.get("InFlight")).intValue() == WORKERS);
            send(shop, GREETING, 2 * WORKERS, all);
            Thread.sleep(300); // nobody tells how many are queued
            shop.state().write("{\"enabled\": true, \"hold\": {\"seconds\": 60}}");
            Await.until(Shop.FLIP_LIMIT, () -> "the state is not enforced", () ->
                    (Boolean) management.get("InMaintenance"));
            gate.open();
            Await.until(
                    Shop.FLIP_LIMIT,
                    () -> management.get("Held") + " wait",
                    () -> management.get("Held").equals(2L * WORKERS));
            assertFalse(Refusal.refuses(shop.send(Request.get("/shop/health"))), "a health check");
            shop.state().write("off");
            for (Future<Response> request : all) {
                assertEquals(200, request.get(30, TimeUnit.SECONDS).status());
            }
            assertEquals(0L, management.get("Held"));
        }
    }

    private void send(Shop shop, Request request, int times, List<Future<Response>> to) {
        for (int i = 0; i < times; i++) {
            to.add(clients.submit(() -> shop.send(request)));
        }
    }

    private List<Future<Response>> sendTillAllWait(Shop shop, Management management) {
        List<Future<Response>> held = new ArrayList<>();
        Await.until(
                Shop.FLIP_LIMIT, () -> "the state is not enforced", () -> (Boolean) management.get("InMaintenance"));
        for (int i = 0; i < LIMIT; i++) {
            held.add(clients.submit(() -> shop.send(GREETING)));
        }
        Await.until(
                Shop.FLIP_LIMIT,
                () -> management.get("Held") + " wait" + shop.server().process(),
                () -> management.get("Held").equals((long) LIMIT));
        return held;
    }
}
