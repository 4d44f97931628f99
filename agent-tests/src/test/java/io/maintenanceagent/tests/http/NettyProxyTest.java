package io.maintenanceagent.tests.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.maintenanceagent.tests.harness.Await;
import io.maintenanceagent.tests.harness.Http;
import io.maintenanceagent.tests.harness.Management;
import io.maintenanceagent.tests.harness.Refusal;
import io.maintenanceagent.tests.harness.Request;
import io.maintenanceagent.tests.harness.Response;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A servlet container, and a proxy on Netty before it, in one JVM: one request, decided and counted at the proxy. */
final class NettyProxyTest {

    private static final String POLICY = "{'rules': [{'path': '/closed', 'maintenance': 'on'}, "
            + "{'servlet': 'NettyProxyLauncher$Application', 'method': ['DELETE'], 'maintenance': 'on'}, "
            + "{'path': '/open/**', 'maintenance': 'off'}], "
            + "'exempt': {'headers': {'X-Admin-Key': 'a-key-of-the-administrators'}}}";

    private static CoreServer server;
    private static Management management;
    private static Http container;

    @BeforeAll
    static void start() {
        server = CoreServer.open(CoreServer.Kind.NETTY_PROXY, true);
        container = new Http(Integer.parseInt(server.process()
                .awaitStdout("^BEHIND port=(\\d+)$", CoreServer.LIMIT)
                .group(1)));
        management = server.management();
    }

    @AfterAll
    static void stop() {
        management.close();
        server.close();
    }

    @BeforeEach
    void startOff() {
        server.policyFile().write("{}");
        server.off();
    }

    @Test
    void eachIsCountedOnce() {
        long before = count("Passed");
        for (int i = 0; i < 3; i++) {
            assertEquals("Served /hello\n", server.get("/hello").text());
        }
        assertEquals(3, count("Passed") - before);
        assertEquals("Served /hello\n", container.get("/hello").text());
        assertEquals(4, count("Passed") - before);

        List<Client> inside =
                Stream.of("/slow", "/late", "/stream").map(server::enter).toList();
        Client left = server.enter("/late-stream");
        awaitInFlight(4);
        left.cancel();
        left.open();
        awaitInFlight(3);
        server.policy(POLICY, "/closed");
        server.on();
        assertEquals(3, count("InFlightBlocking"));
        long refused = count("Refused");
        long exempt = count("Exempt");
        Refusal.DEFAULT.assertAnswers(Request.get("/hello"), server.get("/hello"));
        assertEquals(1, count("Refused") - refused);
        assertEquals(200, server.get("/open/a").status());
        assertEquals(1, count("Exempt") - exempt);
        inside.forEach(Client::open);
        inside.forEach(client -> assertEquals(200, client.read().status()));
        awaitInFlight(0);
        assertEquals(true, management.get("Drained"));
        assertNothingSaid();
    }

    @Test
    void whatWasLetInAtTheProxyIsServedBehindIt_whateverFlipsMeanwhile() {
        Client kept = server.enter("/kept");
        server.on();
        assertEquals(1, count("InFlight"));
        kept.open();
        Response response = kept.read();
        assertEquals("Served /kept\n", response.text());
        awaitInFlight(0);
        assertNothingSaid();
    }

    @Test
    void whatOnlyTheContainerKnowsRefusesThere() {
        server.policy(POLICY, "/closed");
        assertEquals(200, server.get("/hello").status());
        assertEquals(503, server.send(Request.of("DELETE", "/hello")).status());
        assertNothingSaid();
    }

    @Test
    void markLetsNobodyIn_butItsOwnRequest() {
        String mark = server.send(Request.get("/mark").with("X-Maintenance-Request", "a client's"))
                .text();
        assertEquals(32, mark.length());
        assertNotEquals(mark, server.get("/mark").text());
        server.on();
        for (String other : List.of(mark, "a client's")) {
            Request request = Request.get("/hello").with("X-Maintenance-Request", other);
            Refusal.DEFAULT.assertAnswers(request, container.send(request));
            Refusal.DEFAULT.assertAnswers(request, server.send(request));
        }
        assertNothingSaid();
    }

    private static void assertNothingSaid() {
        assertEquals(List.of(), server.agentLines());
    }

    private static long count(String attribute) {
        return ((Number) management.get(attribute)).longValue();
    }

    private static void awaitInFlight(long expected) {
        Await.until(
                CoreServer.LIMIT,
                () -> "in flight: " + count("InFlight") + ", not " + expected,
                () -> count("InFlight") == expected);
    }
}
