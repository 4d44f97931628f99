package io.maintenanceagent.tests.servers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.maintenanceagent.tests.harness.Await;
import io.maintenanceagent.tests.harness.Request;
import io.maintenanceagent.tests.harness.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whose address counts on GlassFish and Payara that believe the header {@code Proxy-ip}
 * ({@code auth-pass-through-enabled}): the connection's, and what trusted proxies say. {@code ConnectionAddressTest}
 * tries the others.
 */
final class ProxyAddressTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String OPTION =
            "set configs.config.server-config.network-config.protocols.protocol.http-listener.http"
                    + ".auth-pass-through-enabled=true";

    static Stream<MatrixCell> cells() {
        return Matrix.cells()
                .filter(MatrixCell::newest)
                .filter(cell -> cell.row().id().matches("(glassfish|payara)-.*"));
    }

    @ParameterizedTest
    @MethodSource("cells")
    void address_isTheConnections(MatrixCell cell) {
        try (RunningServer server = RunningServer.start(cell, true, ProxyAddressTest::believeProxies)) {
            assertEquals(
                    "192.0.2.1",
                    get(server, "/shop/address.jsp", "192.0.2.1").text().trim());
            server.state().write("on");
            // Where a role counts too, it is decided at a filter, by the servlet's request.
            for (String more : List.of("", ", 'roles': 'customer'")) {
                use(
                        server,
                        "{'exempt': {'addresses': '192.0.2.0/24', 'headers': {'X-Key': 'a key of policies'}" + more
                                + "}}");
                assertEquals(503, get(server, "/shop/greeting", "192.0.2.1").status(), more);
                use(
                        server,
                        "{'exempt': {'addresses': '127.0.0.0/8', 'headers': {'X-Key': 'a key of policies'}" + more
                                + "}}");
                assertEquals(200, get(server, "/shop/greeting", "203.0.113.7").status(), more);
                use(
                        server,
                        "{'exempt': {'addresses': '192.0.2.0/24', 'headers': {'X-Key': 'a key of policies'}" + more
                                + "}, 'trustedProxies': '127.0.0.0/8'}");
                Request forwarded = Request.get("/shop/greeting").with("X-Forwarded-For", "192.0.2.1");
                assertEquals(200, server.http().send(forwarded).status(), more);
                assertEquals(503, get(server, "/shop/greeting", "192.0.2.1").status(), more);
            }
        }
    }

    private static Response get(RunningServer server, String path, String proxyIp) {
        return server.http().send(Request.get(path).with("Proxy-ip", proxyIp));
    }

    /** Waits until the policy is the one that holds. */
    private static void use(RunningServer server, String policy) {
        server.policy().replace("{}");
        await(server, 503);
        server.policy().replace(policy.replace('\'', '"'));
        await(server, 200);
    }

    private static void await(RunningServer server, int status) {
        Request request = Request.get("/shop/greeting").with("X-Key", "a key of policies");
        Await.until(
                LIMIT,
                () -> "the policy does not hold",
                () -> server.http().send(request).status() == status);
    }

    private static void believeProxies(Deployment deployment) {
        try {
            Path base = deployment.directory();
            Path domain = base.resolve("shop/config/domain.xml");
            if (Files.exists(domain)) {
                Setup.replace(
                        domain,
                        "<http default-virtual-server=\"server\"",
                        "<http auth-pass-through-enabled=\"true\" default-virtual-server=\"server\"");
            } else {
                Path commands = base.resolve("address");
                Files.writeString(commands, Files.readString(commands) + OPTION + "\n");
            }
            Path packed = base.resolve("shop.war");
            try (FileSystem war = FileSystems.newFileSystem(
                    Files.exists(packed) ? packed : base.resolve("shop/autodeploy/shop.war"))) {
                Files.writeString(war.getPath("address.jsp"), "<%= request.getRemoteAddr() %>");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
