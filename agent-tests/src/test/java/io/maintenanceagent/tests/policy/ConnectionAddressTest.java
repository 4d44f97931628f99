package io.maintenanceagent.tests.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.maintenanceagent.tests.harness.Await;
import io.maintenanceagent.tests.harness.Cell;
import io.maintenanceagent.tests.harness.Project;
import io.maintenanceagent.tests.harness.Request;
import io.maintenanceagent.tests.harness.ServerProcess;
import io.maintenanceagent.tests.harness.StateFile;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whose address counts on servers that are set to read forwarding headers themselves: the connection's own, and what
 * trusted proxies say. With roles it is decided at a filter, else where the server has read the request.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("io.maintenanceagent.tests.harness.Cell#running")
final class ConnectionAddressTest {

    private static final Duration FLIP_LIMIT = Duration.ofSeconds(20);
    private static final String NONE = "";

    private static ServerProcess server;
    private static StateFile policy;
    private static int policies;

    @SuppressWarnings("unused") // says which server is started below
    ConnectionAddressTest(Cell cell) {}

    @BeforeParameterizedClassInvocation
    static void open(Cell cell) {
        Path files = Project.newDirectory("addresses");
        StateFile state = new StateFile(files.resolve("maintenance.mode"));
        state.write("on");
        policy = new StateFile(files.resolve("policy.json"));
        policy.write("{}");
        server = ServerProcess.start(
                cell,
                command -> command.agent("file=" + state.path() + ",policy=" + policy.path())
                        .property("forwarding", "true"));
    }

    @AfterParameterizedClassInvocation
    static void close() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"'addresses': '%s'", "'addresses': '%s', 'roles': 'customer'"})
    void withoutTrustedProxies_isTheConnections(String exempt) {
        use(exempt.formatted("192.0.2.0/24"), "");
        assertStatus(503, NONE);
        assertStatus(503, "X-Forwarded-For: 192.0.2.1");
        assertStatus(503, "X-Forwarded-For: 192.0.2.1, 203.0.113.7");
        assertStatus(503, "X-Forwarded-For: 203.0.113.7, 192.0.2.1");
        assertStatus(503, "Forwarded: for=192.0.2.1");
        use(exempt.formatted("127.0.0.0/8"), "");
        assertStatus(200, NONE);
        assertStatus(200, "X-Forwarded-For: 203.0.113.7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'addresses': '%s'", "'addresses': '%s', 'roles': 'customer'"})
    void behindTrustedProxies_isTheLastThatIsNone(String exempt) {
        use(exempt.formatted("192.0.2.0/24"), ", 'trustedProxies': ['127.0.0.0/8', '198.51.100.1']");
        assertStatus(503, NONE);
        assertStatus(200, "X-Forwarded-For: 192.0.2.1");
        assertStatus(200, "X-Forwarded-For: 203.0.113.7, 192.0.2.1");
        assertStatus(200, "X-Forwarded-For: 192.0.2.1, 198.51.100.1");
        assertStatus(503, "X-Forwarded-For: 192.0.2.1, 203.0.113.7");
        assertStatus(503, "X-Forwarded-For: 192.0.2.1, 203.0.113.7, 198.51.100.1");
        use(exempt.formatted("127.0.0.0/8"), ", 'trustedProxies': '127.0.0.0/8'");
        assertStatus(503, "X-Forwarded-For: 203.0.113.7");
        assertStatus(503, "X-Forwarded-For: 127.0.0.1, 203.0.113.7");
    }

    /** Waits until the policy is the one that holds. */
    private static void use(String exempt, String more) {
        policy.replace("{}");
        awaitStatus(503, Request.get("/shop/greeting"));
        String key = "policy number " + ++policies;
        policy.replace(
                ("{'exempt': {'headers': {'X-Key': '" + key + "'}, " + exempt + "}" + more + "}").replace('\'', '"'));
        awaitStatus(200, Request.get("/shop/greeting").with("X-Key", key));
    }

    private static void awaitStatus(int status, Request request) {
        Await.until(
                FLIP_LIMIT,
                () -> "the policy does not hold",
                () -> server.http().send(request).status() == status);
    }

    private static void assertStatus(int status, String header) {
        Request request = Request.get("/shop/greeting");
        if (!header.isEmpty()) {
            String[] parts = header.split(": ");
            request = request.with(parts[0], parts[1]);
        }
        assertEquals(status, server.http().send(request).status(), header + " on " + policy.path());
    }
}
