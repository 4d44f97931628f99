package io.maintenanceagent.tests.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.tests.harness.Await;
import io.maintenanceagent.tests.harness.Cell;
import io.maintenanceagent.tests.harness.Project;
import io.maintenanceagent.tests.harness.Request;
import io.maintenanceagent.tests.harness.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The members of a state besides {@code enabled}. */
final class WholeStateTest {

    private static final Request GET = Request.get("/shop/greeting");
    private static final Request STATIC = Request.get("/shop/static.txt");

    @Test
    void window_opensAndClosesByItself_isAudited() throws IOException {
        Path audit = Project.newDirectory("audit").resolve("audit.log");
        try (Shop shop = Shop.open(
                Cell.any(), (command, state) -> command.agent("file=" + state + ",audit=" + audit + ",app=the shop"))) {
            Instant from = Instant.now().plusSeconds(3);
            Instant until = from.plusSeconds(3);
            shop.state()
                    .write("{\"enabled\": true, \"from\": \"" + from + "\", \"until\": \"" + until
                            + "\", \"retryAfter\": 900, \"by\": \"alice@host\", \"reason\": \"a test\"}");
            Await.until(Shop.FLIP_LIMIT, () -> "no audit", () -> lines(audit).size() == 1);
            assertTrue(shop.send(GET).status() == 200 || !Instant.now().isBefore(from), "too early");
            shop.awaitRefusing();
            Response refused = shop.send(GET);
            assertEquals(503, refused.status());
            int retryAfter = Integer.parseInt(refused.header("Retry-After"));
            assertTrue(retryAfter >= 1 && retryAfter <= 3, "the time that remains, not " + retryAfter);
            assertTrue(!Instant.now().isBefore(from), "too early");
            shop.awaitServing();
            assertTrue(!Instant.now().isBefore(until), "over too early");
            Await.until(
                    Shop.FLIP_LIMIT,
                    () -> "audit: " + lines(audit),
                    () -> lines(audit).size() == 3);
            List<String> changes = lines(audit).stream()
                    .map(line -> line.replaceAll("^\\{\"at\":\"[^\"]+\",(.*?),\"source\".*", "$1"))
                    .toList();
            assertEquals(
                    List.of(
                            "\"app\":\"the shop\",\"from\":\"off\",\"to\":\"scheduled\"",
                            "\"app\":\"the shop\",\"from\":\"scheduled\",\"to\":\"on\"",
                            "\"app\":\"the shop\",\"from\":\"on\",\"to\":\"expired\""),
                    changes);
            assertTrue(
                    lines(audit).get(0).contains("\"source\":\"store\",\"by\":\"alice@host\",\"reason\":\"a test\""));
            shop.assertSilent();
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("io.maintenanceagent.tests.harness.Cell#running")
    void scope_refusesOnlyMatchingRequests(Cell cell) {
        try (Shop shop = Shop.open(cell)) {
            Request post = Request.post("/shop/echo", "text/plain", "x".getBytes());

            enforce(shop, "\"mode\": \"read-only\"", post);
            assertEquals(200, shop.send(GET).status());
            assertEquals(200, shop.send(Request.of("HEAD", "/shop/greeting")).status());
            assertEquals(503, shop.send(Request.of("DELETE", "/shop/greeting")).status());

            enforce(shop, "\"paths\": [\"/shop/*.txt\", \"/shop/virtual/**\"]", STATIC);
            assertEquals(503, shop.send(Request.get("/shop/./x/../static.txt")).status());
            assertEquals(503, shop.send(Request.get("/shop/virtual/a/b")).status());
            assertEquals(200, shop.send(GET).status());

            enforce(shop, "\"contexts\": [\"/shop\"], \"paths\": [\"/shop/greeting\"]", GET);
            assertEquals(200, shop.send(STATIC).status());

            enforce(shop, "\"hosts\": [\"*.example.com\"]", GET.with("Host", "www.Example.com:8080"));
            assertEquals(200, shop.send(GET).status());
            assertEquals(200, shop.send(GET.with("Host", "example.com")).status());
            assertEquals(503, shop.send(STATIC.with("Host", "a.b.example.com")).status());

            shop.state().write("{\"enabled\": true, \"contexts\": [\"/another\"]}");
            Await.until(
                    Shop.FLIP_LIMIT, () -> "still refused", () -> served(shop, STATIC.with("Host", "x.example.com")));
            assertEquals(200, shop.send(GET).status());
            shop.assertSilent();
        }
    }

    private static void enforce(Shop shop, String scope, Request refused) {
        shop.state().write("off");
        Await.until(Shop.FLIP_LIMIT, () -> "still refused", () -> served(shop, refused));
        shop.state().write("{\"enabled\": true, " + scope + "}");
        Await.until(Shop.FLIP_LIMIT, () -> "not refused: " + scope, () -> !served(shop, refused));
    }

    private static boolean served(Shop shop, Request request) {
        return shop.send(request).status() == 200;
    }

    @Test
    void unknownMembers_areReportedOnce() {
        try (Shop shop = Shop.open(Cell.any())) {
            for (int retryAfter = 1; retryAfter < 4; retryAfter++) {
                shop.state().write("{\"enabled\": true, \"colour\": \"red\", \"retryAfter\": " + retryAfter + "}");
                String expected = Integer.toString(retryAfter);
                Await.until(
                        Shop.FLIP_LIMIT,
                        () -> "not seen",
                        () -> expected.equals(shop.send(GET).header("Retry-After")));
            }
            shop.server().process().awaitStderr("^maintenance-agent", Shop.FLIP_LIMIT);
            assertEquals(1, shop.agentLines().size(), () -> shop.agentLines().toString());
            assertTrue(shop.agentLines().get(0).contains("unknown members [colour] are ignored"));
        }
    }
}
