package io.maintenanceagent.tests.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.maintenanceagent.tests.harness.Await;
import io.maintenanceagent.tests.harness.Gate;
import io.maintenanceagent.tests.harness.Http;
import io.maintenanceagent.tests.harness.HttpConnection;
import io.maintenanceagent.tests.harness.LetThrough;
import io.maintenanceagent.tests.harness.Management;
import io.maintenanceagent.tests.harness.Project;
import io.maintenanceagent.tests.harness.Refusal;
import io.maintenanceagent.tests.harness.Request;
import io.maintenanceagent.tests.harness.Response;
import io.maintenanceagent.tests.harness.ServerProcess;
import io.maintenanceagent.tests.harness.StateFile;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Spring WebFlux: an application without servlets, whose requests have no thread of their own. */
@ParameterizedClass(name = "{0}")
@MethodSource("io.maintenanceagent.tests.embedded.WebFluxCell#tried")
final class WebFluxTest {

    private static final Request HELLO = WebFluxShop.HELLO;

    private static WebFluxShop shop;
    private static StateFile state;
    private static StateFile policy;
    private static Management management;

    private final WebFluxCell cell;

    WebFluxTest(WebFluxCell cell) {
        this.cell = cell;
    }

    @BeforeParameterizedClassInvocation
    static void open(WebFluxCell cell) {
        shop = new WebFluxShop(cell);
        state = shop.state();
        policy = shop.policy();
        management = shop.management();
    }

    @AfterParameterizedClassInvocation
    static void close() {
        shop.close();
    }

    @BeforeEach
    void startOff() {
        state.write("off");
        policy.replace("{}");
        WebFluxShop.awaitServing(shop.http());
    }

    @Test
    void isRefusedAndServedWhole_alsoOnOpenConnections() throws IOException {
        Http http = shop.http();
        try (HttpConnection connection = http.connect()) {
            assertEquals("Good morning.\n", connection.send(HELLO).text());
            shop.refuseAll();
            Refusal.DEFAULT.assertAnswers(HELLO, connection.send(HELLO));
            Request head = Request.of("HEAD", "/shop/greeting");
            Request upload = Request.post("/shop/echo", "text/plain", new byte[300_000]);
            for (Request request : List.of(head, HELLO, upload, HELLO)) {
                Refusal.DEFAULT.assertAnswers(request, http.send(request));
                if (cell.isOnReactorNetty()) {
                    Refusal.DEFAULT.assertAnswers(request, connection.send(request));
                }
            }
            state.write("off");
            WebFluxShop.awaitServing(http);
        }
        assertEquals("Good morning.\n", http.send(HELLO).text());
        assertEquals(404, http.get("/shop/nothing").status());
        assertEquals(500, http.get("/shop/fault").status());
    }

    /** More requests than there are threads; on Tomcat they wait on the server's. */
    @Test
    void hold_requestsWait_goOnAtTheEnd() throws Exception {
        assumeTrue(cell.holds(), "no thread there may wait");
        int limit = 40;
        long before = shop.count("HeldTotal");
        state.write("{\"enabled\": true, \"hold\": {\"seconds\": 60, \"requests\": " + limit + "}}");
        Await.until(Shop.FLIP_LIMIT, () -> "not enforced", () -> (Boolean) management.get("InMaintenance"));
        List<CompletableFuture<Response>> held = new ArrayList<>();
        ExecutorService clients = Executors.newCachedThreadPool();
        try {
            for (int i = 0; i < limit; i++) {
                held.add(CompletableFuture.supplyAsync(() -> shop.http().send(HELLO), clients));
            }
            shop.awaitCount("Held", limit);
            assertTrue(Refusal.refuses(shop.http().send(HELLO)), "the surplus");
            assertEquals(
                    cell.knowsContext() ? 200 : 503,
                    shop.http().get("/shop/healthz").status());
            Await.until(Shop.FLIP_LIMIT, () -> "not drained", () -> (Boolean) management.get("Drained"));
            state.write("off");
            for (CompletableFuture<Response> request : held) {
                assertEquals(
                        "Good morning.\n", request.get(30, TimeUnit.SECONDS).text());
            }
            assertEquals(limit, shop.count("HeldTotal") - before);
            shop.awaitCount("InFlight", 0);
            if (cell.noticesLeaving()) {
                clientGoesAway();
            }
        } finally {
            clients.shutdownNow();
        }
    }

    @Test
    void hold_whereNoThreadMayWait_refusesAtOnce() {
        assumeFalse(cell.holds(), "requests wait there");
        state.write("{\"enabled\": true, \"hold\": {\"seconds\": 60}}");
        WebFluxShop.awaitRefusing(shop.http());
        for (int i = 0; i < 3; i++) {
            assertTrue(Refusal.refuses(shop.http().send(HELLO)));
        }
        assertEquals(0L, shop.count("Held"));
    }

    private static void clientGoesAway() throws IOException {
        state.write("{\"enabled\": true, \"hold\": {\"seconds\": 60}}");
        Await.until(Shop.FLIP_LIMIT, () -> "not enforced", () -> (Boolean) management.get("InMaintenance"));
        try (Socket socket = shop.connect()) {
            WebFluxShop.write(socket, "GET /shop/greeting HTTP/1.1\r\nHost: localhost\r\n\r\n");
            shop.awaitCount("Held", 1);
        }
        shop.awaitCount("Held", 0);
    }

    @Test
    void isAnsweredInAllForms() {
        policy.replace("{\"response\": {\"cors\": {\"origins\": [\"https://a.example\"]}, \"retryAfter\": 7}}");
        state.write("{\"enabled\": true, \"message\": \"Back at six.\"}");
        WebFluxShop.awaitRefusing(shop.http());
        Await.until(
                Shop.FLIP_LIMIT,
                () -> "no policy",
                () -> "7".equals(shop.http().send(HELLO).header("Retry-After")));
        Response page = shop.http().send(HELLO.with("Accept", "text/html"));
        assertEquals(503, page.status());
        assertTrue(page.header("Content-Type").startsWith("text/html"), page::toString);
        assertTrue(page.text().contains("Back at six.") && page.text().endsWith("</html>\n"), page::toString);
        Response problem = shop.http().send(HELLO.with("Accept", "application/problem+json"));
        assertEquals("application/problem+json", problem.header("Content-Type"));
        Response preflight = shop.http()
                .send(Request.of("OPTIONS", "/shop/greeting")
                        .with("Origin", "https://a.example")
                        .with("Access-Control-Request-Method", "PUT"));
        assertEquals(204, preflight.status());
        assertEquals("https://a.example", preflight.header("Access-Control-Allow-Origin"));
        assertNull(preflight.header("Transfer-Encoding"));
    }

    @Test
    void isDecidedByThePolicy() {
        policy.replace(
                "{\"rules\": [{\"path\": \"/shop/protected/x\", \"method\": [\"GET\"], \"maintenance\": \"off\"},"
                        + "{\"path\": \"/shop/echo\", \"maintenance\": \"on\"}],"
                        + "\"exempt\": {\"headers\": {\"X-Admin\": \"long-enough-for-a-secret\"}},"
                        + "\"bypass\": {\"secret\": \"long-enough-for-a-secret\"}}");
        Http http = shop.http();
        Request echo = Request.post("/shop/echo", "text/plain", new byte[1]);
        // Policy and state are read by threads of their own: the one that is written first may be enforced last.
        Await.until(Shop.FLIP_LIMIT, () -> "no policy", () -> Refusal.refuses(http.send(echo)));
        shop.refuseAll();
        assertEquals("Protected.\n", http.get("/shop/protected/x").text());
        assertEquals("Protected.\n", http.get("/shop/protected/%78").text());
        assertEquals(
                503,
                http.send(Request.post("/shop/protected/x", "text/plain", new byte[1]))
                        .status());
        assertEquals(cell.knowsContext() ? 200 : 503, http.get("/shop/healthz").status());
        assertEquals(
                200,
                http.send(HELLO.with("X-Admin", "long-enough-for-a-secret")).status());
        Response link = http.get("/shop/greeting?maintenance-bypass=long-enough-for-a-secret");
        assertEquals(302, link.status());
        String cookie = link.header("Set-Cookie").replaceFirst(";.*", "");
        assertTrue(link.header("Set-Cookie").contains(cell.knowsContext() ? "Path=/shop" : "Path=/"), link::toString);
        Response passed = http.send(HELLO.with("Cookie", cookie));
        assertEquals(200, passed.status());
        assertEquals("private, no-store", passed.header("Cache-Control"));
        state.write("off");
        WebFluxShop.awaitServing(http);
        assertEquals(503, http.send(echo).status());
    }

    @ParameterizedTest
    @EnumSource(names = {"EXEMPTIONS", "SCOPED_CONTEXT", "SCOPED_HOST", "READ_ONLY"})
    void confusingRequestsReachNothing(LetThrough maintenance) {
        assumeTrue(cell.knowsContext() || maintenance != LetThrough.SCOPED_CONTEXT, "it has no contexts");
        assertEquals(List.of(), maintenance.reached(shop.http(), state, policy, 4));
    }

    /** Streams in both directions go on when maintenance begins, and hold it up until they end. */
    @Test
    void streamsFinish_andNothingIsDrainedBefore() throws Exception {
        assumeTrue(cell != WebFluxCell.SPRING_50_REACTOR_NETTY, "it sends nothing before it has read everything");
        Gate gate = new Gate();
        CompletableFuture<Response> slow =
                CompletableFuture.supplyAsync(() -> shop.http().get(gate.on("/shop/slow")));
        gate.awaitEntered();
        try (Socket echo = shop.connect();
                Socket events = shop.openEvents()) {
            WebFluxShop.write(echo, "POST /shop/echo HTTP/1.1\r\nHost: shop\r\nTransfer-Encoding: chunked\r\n\r\n");
            WebFluxShop.write(echo, "5003\r\none" + " ".repeat(0x5000) + "\r\n"); // more than a server buffers
            WebFluxShop.awaitText(echo, "one");
            shop.awaitCount("InFlight", 3);
            shop.refuseAll();
            WebFluxShop.awaitText(events, "event-");
            assertEquals(3, shop.count("InFlightBlocking"));
            assertEquals(false, management.get("Drained"));
            WebFluxShop.write(echo, "3\r\ntwo\r\n0\r\n\r\n");
            WebFluxShop.awaitText(echo, "two");
            shop.awaitCount("InFlight", 2);
            gate.open();
            assertEquals("Worth the wait.\n", slow.get(20, TimeUnit.SECONDS).text());
            shop.awaitCount("InFlight", 1);
            assertEquals(false, management.get("Drained"));
        }
        shop.awaitCount("InFlight", 0);
        Await.until(Shop.FLIP_LIMIT, () -> "not drained", () -> Boolean.TRUE.equals(management.get("Drained")));
    }

    /** A third is cancelled by its client, a third streams, a third fails; all of them are counted once. */
    @Test
    void manyRequests_leaveNothingBehind() throws Exception {
        shop.awaitCount("InFlight", 0);
        long before = shop.count("Passed");
        long faults = shop.count("Faults"); // of a start on a busy machine, where the first state may come late
        int rounds = 25;
        for (int i = 0; i < rounds; i++) {
            List<Socket> open = new ArrayList<>();
            String silent = cell.noticesLeaving() ? "never" : "events"; // others notice when they write
            for (String target : List.of(silent, "events", silent, "events")) {
                Socket socket = shop.connect();
                open.add(socket);
                WebFluxShop.write(socket, "GET /shop/" + target + " HTTP/1.1\r\nHost: shop\r\n\r\n");
            }
            shop.awaitOpen(4);
            for (String target : List.of("fault", "thrown")) {
                assertEquals(500, shop.http().get("/shop/" + target).status());
            }
            for (int j = 0; j < 2; j++) {
                try (Socket broken = shop.connect()) {
                    WebFluxShop.write(broken, "GET /shop/broken HTTP/1.1\r\nHost: shop\r\n\r\n");
                    WebFluxShop.awaitText(broken, "event-1");
                }
            }
            byte[] body = new byte[50_000];
            Arrays.fill(body, (byte) i);
            for (int j = 0; j < 4; j++) {
                Response echoed = shop.http().send(Request.post("/shop/echo", "text/plain", body));
                assertEquals(body.length, echoed.body().length);
            }
            shop.awaitOpen(4);
            for (Socket socket : open) {
                socket.close();
            }
            shop.awaitCount("InFlight", 0);
        }
        assertEquals(rounds * 12L, shop.count("Passed") - before);
        shop.refuseAll();
        assertEquals(true, management.get("Drained"));
        assertEquals(faults, shop.count("Faults"), () -> String.valueOf(management.get("LastError")));
        assertFalse(
                shop.process().toString().contains("LEAK"), () -> shop.process().toString());
        assertEquals(List.of(), shop.agentLines());
    }

    /** Undertow tells nobody of a connection that is lost while it is read: that takes half a minute. */
    @Test
    void uploadsWhoseClientsLeave_areOver() throws Exception {
        assumeTrue(
                cell != WebFluxCell.SPRING_6_TOMCAT, "on Tomcat the application itself counts some of them for ever");
        for (int i = 0; i < 4; i++) {
            try (Socket upload = shop.connect()) {
                WebFluxShop.write(
                        upload, "POST /shop/echo HTTP/1.1\r\nHost: shop\r\nContent-Length: 100000\r\n\r\none");
                Await.until(Shop.FLIP_LIMIT, () -> "none in flight", () -> shop.count("InFlight") > 0);
            }
        }
        Await.until(
                Duration.ofSeconds(90), () -> shop.count("InFlight") + " in flight", () -> shop.count("InFlight") == 0);
    }

    @Test
    void addressIsTheConnections_andForwardedOnesAreBelievedOfTrustedProxies() {
        policy.replace("{\"exempt\": {\"addresses\": [\"192.0.2.1\"]}}");
        shop.refuseAll();
        Request forwarded = HELLO.with("X-Forwarded-For", "192.0.2.1");
        assertEquals(503, shop.http().send(forwarded).status());
        policy.replace("{\"exempt\": {\"addresses\": [\"192.0.2.1\"]}, \"trustedProxies\": [\"127.0.0.1\"]}");
        Await.until(
                Shop.FLIP_LIMIT,
                () -> "no policy",
                () -> shop.http().send(forwarded).status() == 200);
        assertEquals(503, shop.http().send(HELLO).status());
        policy.replace("{\"exempt\": {\"addresses\": [\"127.0.0.1\"]}}");
        WebFluxShop.awaitServing(shop.http());
        assertEquals(true, management.get("InMaintenance"));
    }

    @Test
    void aRunningApplicationIsPutIntoMaintenance_andTheAgentLeavesItAgain() throws IOException {
        assumeTrue(cell.isOnReactorNetty(), "others close the connection");
        StateFile file = new StateFile(Project.newDirectory("state").resolve("maintenance.mode"));
        file.write("on");
        try (ServerProcess running = ServerProcess.start(cell.command());
                HttpConnection connection = running.http().connect()) {
            assertEquals("Good morning.\n", connection.send(HELLO).text());
            String pid = Long.toString(running.process().pid());
            WebFluxShop.run("attach", pid, "file=" + file.path());
            WebFluxShop.awaitRefusing(running.http());
            Refusal.DEFAULT.assertAnswers(HELLO, connection.send(HELLO));
            file.write("off");
            WebFluxShop.awaitServing(running.http());
            assertEquals("Good morning.\n", connection.send(HELLO).text());
            file.write("on");
            WebFluxShop.awaitRefusing(running.http());
            WebFluxShop.run("detach", pid);
            assertEquals("Good morning.\n", connection.send(HELLO).text());
            assertEquals(List.of(), running.agentLines());
        }
    }
}
