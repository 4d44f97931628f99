package io.maintenanceagent.tests.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.maintenanceagent.tests.harness.Refusal;
import io.maintenanceagent.tests.harness.Request;
import io.maintenanceagent.tests.harness.Response;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is built on such servers: JAX-RS and web services on the JDK's HttpServer, JAX-RS on Helidon. */
final class BuiltOnServersTest {

    @ParameterizedTest
    @EnumSource(
            value = CoreServer.Kind.class,
            names = {"JERSEY", "JAX_WS", "HELIDON_MP"})
    void whatIsBuiltOnThem_isRefusedWhole_andABypassLetsIn(CoreServer.Kind kind) {
        kind.assumePicked();
        assumeTrue(Boolean.getBoolean("frameworks"), "by the profile frameworks");
        try (CoreServer server = CoreServer.open(kind, true)) {
            assertEquals(200, server.get("/hello").status());
            server.policy(
                    "{'rules': [{'path': '/hello', 'method': ['PUT'], 'maintenance': 'off'}, "
                            + "{'path': '/hello/closed', 'maintenance': 'on'}], "
                            + "'bypass': {'secret': '0123456789abcdef0123456789abcdef'}}",
                    "/hello/closed");
            server.on();
            for (Request request : List.of(
                    Request.get("/hello"),
                    Request.get("/hello?wsdl"),
                    Request.get("/hello/none"), // beside its contexts the JDK's server itself says 404
                    Request.of("HEAD", "/hello"),
                    Request.post("/hello", "text/xml", new byte[100_000]))) {
                Refusal.DEFAULT.assertAnswers(request, server.send(request));
            }
            assertEquals(false, server.send(Request.of("PUT", "/hello")).status() == 503);
            Response link = server.get("/hello?maintenance-bypass=0123456789abcdef0123456789abcdef");
            assertEquals(302, link.status());
            String cookie = link.header("Set-Cookie").replaceFirst(";.*", "");
            Response passed = server.send(Request.get("/hello").with("Cookie", cookie));
            assertEquals(200, passed.status());
            assertEquals("private, no-store", passed.header("Cache-Control"));
            server.off();
            assertEquals(List.of(), server.agentLines());
        }
    }
}
