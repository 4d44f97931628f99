package io.maintenanceagent.tests.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.tests.harness.Cell;
import io.maintenanceagent.tests.harness.Request;
import io.maintenanceagent.tests.harness.ServerProcess;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The command line says of a request what a server then does with it. */
final class ExplainTest {

    private final Cli cli = new Cli();

    @BeforeEach
    void aPolicy() {
        cli.write("policy.json", """
            {"rules": [
              {"path": "/shop/entries", "maintenance": "off"},
              {"path": "/shop/raw", "method": "POST", "maintenance": "on"},
              {"servlet": "shop.GreetingServlet", "maintenance": "off"},
              {"path": "/shop/large", "response": {"status": 500, "retryAfter": 7}}],
             "exempt": {"addresses": ["10.0.0.0/8"], "headers": {"X-Key": "nobody will guess this"},
               "roles": ["admin"]},
             "trustedProxies": ["127.0.0.1"]}
            """);
        cli.with("MAINTENANCE_POLICY", cli.directory().resolve("policy.json").toString());
    }

    private String explain(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "explain";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return cli.run(all).done().text();
    }

    private void assertExplains(String last, String step, String... arguments) {
        String text = explain(arguments);
        assertTrue(text.endsWith("\n" + last), text);
        assertTrue(text.contains(step), text);
    }

    @Test
    void levels() {
        assertExplains("GET /shop/x passes", "level 6: passes, nothing refuses it", "GET", "/shop/x");
        cli.write("maintenance.mode", "{\"enabled\":true,\"retryAfter\":60}");
        String refused = " refused: 503, Retry-After: 60, application/json";
        assertExplains("GET /shop/x" + refused, "level 5: refused, in maintenance", "GET", "/shop/x");
        assertExplains("GET /shop/entries passes", "level 2: passes, rule /rules/0", "GET", "/shop/entries");
        assertExplains("POST /shop/raw" + refused, "level 1: refused, rule /rules/1", "POST", "/shop/raw");
        assertExplains(
                "POST /shop/raw refused: 503, Retry-After: 3600, application/json",
                "level 1",
                "--state",
                "off",
                "POST",
                "/shop/raw");
        assertExplains(
                "GET /shop/large refused: 500, Retry-After: 60, text/plain;charset=utf-8",
                "level 5",
                "GET",
                "/shop/large",
                "-H",
                "Accept: text/plain");
        assertExplains("GET /a passes", "rule /rules/2", "--servlet", "shop.GreetingServlet", "GET", "/a");
        assertExplains(
                "GET /a passes",
                "level 2: passes, rule @ForceMaintenanceOff",
                "--annotation",
                "io.maintenanceagent.api.ForceMaintenanceOff",
                "GET",
                "/a");
        assertExplains("GET /a passes", "role admin", "--role", "admin", "GET", "/a");
        assertExplains("GET /a passes", "header X-Key", "--header", "x-key: nobody will guess this", "GET", "/a");
        assertExplains("GET /shop/health passes", "preset probes", "--context", "/shop", "GET", "/shop/health");
        assertExplains("GET /shop/health" + refused, "level 5", "GET", "/shop/health");
    }

    @Test
    void addressesAndUrls() {
        String[] url = {"--state", "on", "GET", "https://www.example.com:8443/shop/a%20b;jsessionid=1?q=1#x"};
        String refused = explain(url);
        assertTrue(refused.contains("path /shop/a b, context \"\", host www.example.com\n"), refused);
        assertTrue(refused.contains("address unknown"), refused);
        String proxied = explain(
                "--state", "on", "--address", "127.0.0.1", "-H", "X-Forwarded-For: 9.9.9.9, 10.1.2.3", "GET", "/a");
        assertTrue(proxied.contains("connection from 127.0.0.1, a trusted proxy"), proxied);
        assertTrue(proxied.contains("address 10.1.2.3, from X-Forwarded-For"), proxied);
        assertTrue(proxied.endsWith("GET /a passes"), proxied);
        String ambiguous = explain("--state", "on", "GET", "/shop/..;/shop/entries");
        assertTrue(ambiguous.contains("ambiguous: "), ambiguous);
        assertTrue(ambiguous.endsWith("refused: 503, Retry-After: 3600, application/json"), ambiguous);
    }

    @Test
    void forPrograms() {
        assertEquals(
                "{\"decision\":\"refused\",\"level\":5,\"kind\":\"STATE\",\"steps\":[\"path /a, context \\\"\\\", "
                        + "host localhost\","
                        + "\"address 192.0.2.1, that of the connection\",\"level 5: refused, in maintenance\"],"
                        + "\"response\":{\"status\":503,\"headers\":{\"Retry-After\":\"3600\","
                        + "\"Cache-Control\":\"no-store\","
                        + "\"Vary\":\"Accept\"},\"contentType\":\"application/json\"}}",
                explain("--state", "on", "--address", "192.0.2.1", "--json", "GET", "/a"));
    }

    @Test
    void theSameAsAServer() {
        cli.write("maintenance.mode", "on");
        String options = "file=" + cli.file() + ",policy=" + cli.directory().resolve("policy.json");
        try (ServerProcess server = ServerProcess.start(Cell.any(), command -> command.agent(options))) {
            for (Request request : List.of(
                    Request.get("/shop/entries"),
                    Request.get("/shop/greeting"),
                    Request.get("/shop/health"),
                    Request.get("/shop/large"),
                    Request.get("/shop/static.txt"),
                    Request.get("/shop/%65ntries"),
                    Request.get("/shop/x/../entries"),
                    Request.get("/shop/x"))) {
                int status = server.http().send(request).status();
                String text = explain(
                        "--context",
                        "/shop",
                        "--address",
                        "127.0.0.1",
                        "GET",
                        request.target(),
                        "--servlet",
                        request.target().contains("greeting") ? "shop.GreetingServlet" : "default");
                boolean refused = status == 503 || status == 500;
                assertTrue(text.contains(refused ? " refused: " + status : " passes"), status + " but\n" + text);
            }
        }
    }

    @Test
    void whatItCannotRead() {
        cli.write("policy.json", "{\"rules\": [{\"path\": \"x\", \"maintenance\": \"on\"}]}");
        cli.run("explain", "GET", "/")
                .failed(1, "policy.json: /rules/0/path (line 1, column 21) \"x\" is not a path pattern");
        cli.run("explain", "--policy", "missing.json", "GET", "/").failed(1, "missing.json does not exist");
    }
}
