package io.maintenanceagent.tests.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.tests.harness.Await;
import io.maintenanceagent.tests.harness.Cell;
import io.maintenanceagent.tests.harness.Gate;
import io.maintenanceagent.tests.harness.Management;
import io.maintenanceagent.tests.harness.Project;
import io.maintenanceagent.tests.harness.Request;
import io.maintenanceagent.tests.harness.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.management.AttributeChangeNotification;
import javax.management.openmbean.CompositeData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Draining, seen through JMX, while requests run, become asynchronous, and lose their clients. */
final class DrainTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private static final List<String> SYNC =
            List.of("/slow", "/slow?begin=true", "/slow?then=forward", "/slow?then=fault", "/slow?then=async-fault");
    private static final List<String> ASYNC =
            List.of("/async-complete", "/async-dispatch", "/async-forward", "/async-twice");

    @ParameterizedTest
    @MethodSource("io.maintenanceagent.tests.harness.Cell#inTurn")
    void drained_trueAfterTheLastRequest(Cell cell) {
        try (Shop shop = Shop.open(cell)) {
            shop.awaitServing();
            try (Management management = Management.of(shop.server())) {
                List<Gate> gates = new ArrayList<>();
                for (String path : SYNC) {
                    gates.add(enter(shop, path));
                }
                for (String path : ASYNC) {
                    gates.add(enter(shop, path));
                }
                awaitInFlight(management, SYNC.size() + ASYNC.size(), ASYNC.size());
                assertEquals(0, management.get("InFlightBlocking"));
                assertEquals(false, management.get("Drained"));

                shop.state().write("on");
                shop.awaitRefusing();
                assertEquals(true, management.get("InMaintenance"));
                assertEquals(SYNC.size() + ASYNC.size(), management.get("InFlightBlocking"));
                assertEquals(false, management.get("Drained"));
                Gate last = gates.remove(gates.size() - 1);
                gates.forEach(Gate::open);
                Await.until(
                        LIMIT,
                        () -> counts(management),
                        () -> management.get("InFlightBlocking").equals(1));
                CompositeData oldest = (CompositeData) management.get("OldestRequest");
                assertEquals("/shop/async-twice", oldest.get("path"));
                assertEquals("GET", oldest.get("method"));
                assertEquals(false, management.get("Drained"));
                last.open();
                Await.until(
                        LIMIT,
                        () -> counts(management),
                        () -> management.get("Drained").equals(true));
                assertEquals(0, management.get("InFlight"));
                assertTrue((Long) management.get("Refused") > 0);
                shop.state().write("off");
                shop.awaitServing();

                assertLeavesNothing(shop, management);
                assertEquals(null, management.get("LastError"));
            }
            shop.assertSilent();
        }
    }

    /** Work that goes on after a completion, time-outs, clients that go away and clients that stall. */
    private static void assertLeavesNothing(Shop shop, Management management) {
        Gate working = enter(shop, "/async-twice?work=on");
        assertEquals(1, management.get("InFlight"));
        working.open();
        awaitInFlight(management, 0, 0);
        assertTrue(shop.send(Request.get("/shop/async-timeout")).status() >= 500);
        awaitInFlight(management, 0, 0);
        Gate sync = new Gate();
        Gate async = new Gate();
        try {
            Socket[] clients = {
                connect(shop, "GET " + sync.on("/shop/slow") + " HTTP/1.1\r\nHost: localhost\r\n\r\n"),
                connect(shop, "GET " + async.on("/shop/async-complete") + " HTTP/1.1\r\nHost: localhost\r\n\r\n"),
                connect(
                        shop,
                        "POST /shop/echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\n"
                                + "Content-Length: 100\r\n\r\nnot all of it")
            };
            sync.awaitEntered();
            async.awaitEntered();
            awaitInFlight(management, 3, 1);
            for (Socket client : clients) {
                client.close();
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        awaitInFlight(management, 2, 1); // those that do not notice their clients' end go on
        sync.open();
        async.open();
        awaitInFlight(management, 0, 0);
    }

    /** Pre-attach requests finish in maintenance, and those on a thread are waited for. */
    @ParameterizedTest
    @MethodSource("io.maintenanceagent.tests.harness.Cell#running")
    void attach_preAttachRequests_areCounted(Cell cell) throws Exception {
        try (Shop shop = Shop.open(cell, (command, state) -> {})) {
            Map<Gate, CompletableFuture<Response>> running = new LinkedHashMap<>();
            for (String path : List.of("/slow?then=forward", "/async-dispatch")) {
                Gate gate = new Gate();
                Request request = Request.get(gate.on("/shop" + path));
                running.put(gate, CompletableFuture.supplyAsync(() -> shop.send(request)));
                gate.awaitEntered();
            }
            shop.state().write("on");
            shop.attach();
            shop.awaitRefusing();
            try (Management management = Management.of(shop.server())) {
                assertEquals(1, management.get("InFlightPreAttach"));
                assertEquals(false, management.get("Drained"));
                for (Map.Entry<Gate, CompletableFuture<Response>> request : running.entrySet()) {
                    request.getKey().open();
                    assertEquals(
                            "Served by a raw servlet.\n",
                            request.getValue().get(20, TimeUnit.SECONDS).text());
                }
                Await.until(
                        LIMIT,
                        () -> counts(management),
                        () -> management.get("Drained").equals(true));
                assertEquals(0, management.get("InFlight"));
            }
        }
    }

    @Test
    void mbean_showsTheStateAndSwitchesIt() {
        Map<String, List<Object>> changes = new TreeMap<>();
        Path audit = Project.newDirectory("audit").resolve("audit.log");
        try (Shop shop =
                Shop.open(Cell.any(), (command, state) -> command.agent("file=" + state + ",audit=" + audit))) {
            shop.awaitServing();
            try (Management management = Management.of(shop.server())) {
                assertEquals("{\"enabled\":false}", management.get("State"));
                assertEquals("default", management.get("Source"));
                long passed = (Long) management.get("Passed");
                shop.send(Request.get("/shop/greeting"));
                assertEquals(passed + 1, management.get("Passed"));
                management.listen((notification, handback) -> {
                    AttributeChangeNotification change = (AttributeChangeNotification) notification;
                    synchronized (changes) {
                        changes.computeIfAbsent(change.getAttributeName(), name -> new ArrayList<>())
                                .add(change.getNewValue());
                    }
                });

                management.call("on", "by hand");
                assertEquals(
                        "{\"detail\":\"by hand\"}",
                        shop.send(Request.get("/shop/greeting")).text());
                management.call("on", (String) null);
                assertEquals(
                        "{\"detail\":\"Service temporarily unavailable due to maintenance\"}",
                        shop.send(Request.get("/shop/greeting")).text());
                assertEquals(true, management.get("Overridden"));
                assertEquals(true, management.get("InMaintenance"));
                assertEquals(true, management.get("Drained"));
                assertEquals(2L, management.get("Refused"));
                assertEquals(1L, passes(shop, management));
                Await.until(LIMIT, changes::toString, () -> saw(changes, "InMaintenance", true));
                Await.until(
                        LIMIT,
                        () -> "not audited",
                        () -> Files.exists(audit) && read(audit).contains("\"to\":\"on\",\"source\":\"override\""));
                management.call("off");
                assertEquals(
                        "Good morning.\n",
                        shop.send(Request.get("/shop/greeting")).text());
                management.call("off"); // once more does no harm

                shop.state().write("{\"enabled\": true, \"by\": \"alice\"}");
                shop.awaitRefusing();
                assertEquals("{\"enabled\":true,\"by\":\"alice\"}", management.get("State"));
                assertEquals("store", management.get("Source"));
                Await.until(LIMIT, changes::toString, () -> saw(changes, "State", management.get("State")));
            }
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many requests pass by an exemption: a probe does. */
    private static long passes(Shop shop, Management management) {
        assertEquals(404, shop.send(Request.get("/shop/health")).status());
        return (Long) management.get("Exempt");
    }

    private static boolean saw(Map<String, List<Object>> changes, String attribute, Object value) {
        synchronized (changes) {
            return changes.getOrDefault(attribute, List.of()).contains(value);
        }
    }

    /** Sends a request that waits at a gate. */
    private static Gate enter(Shop shop, String path) {
        Gate gate = new Gate();
        Request request = Request.get(gate.on("/shop" + path));
        Thread client = new Thread(() -> shop.send(request));
        client.setDaemon(true);
        client.start();
        gate.awaitEntered();
        return gate;
    }

    private static Socket connect(Shop shop, String request) throws IOException {
        Socket client = new Socket(
                InetAddress.getLoopbackAddress(), shop.server().http().port());
        client.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        return client;
    }

    private static void awaitInFlight(Management management, int all, int async) {
        Await.until(
                LIMIT,
                () -> counts(management) + " instead of " + all + ", " + async,
                () -> management.get("InFlight").equals(all)
                        && management.get("InFlightAsync").equals(async));
    }

    private static String counts(Management management) {
        return management.get("InFlight") + " in flight, " + management.get("InFlightAsync") + " of them async, oldest "
                + management.get("OldestRequest");
    }
}
