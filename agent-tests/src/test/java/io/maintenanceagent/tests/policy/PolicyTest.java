package io.maintenanceagent.tests.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.tests.harness.Await;
import io.maintenanceagent.tests.harness.Cell;
import io.maintenanceagent.tests.harness.Request;
import io.maintenanceagent.tests.harness.Response;
import java.time.Duration;
import java.util.Base64;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What a policy does on each server. */
@ParameterizedClass(name = "{0}")
@MethodSource("io.maintenanceagent.tests.harness.Cell#running")
final class PolicyTest {

    private static final String SECRET = "a-secret-that-is-long-enough";

    private static PolicyShop shop;

    @Parameter
    Cell cell;

    @BeforeParameterizedClassInvocation
    static void open(Cell cell) {
        shop = PolicyShop.open(cell);
    }

    @AfterParameterizedClassInvocation
    static void close() {
        shop.close();
    }

    private static void serves(String path, String body) {
        Response response = shop.get(path);
        assertEquals(200, response.status(), path);
        assertEquals(body, response.text(), path);
    }

    private static void refuses(String path) {
        assertEquals(503, shop.get(path).status(), path);
    }

    private static int status(Request request) {
        return shop.send(request).status();
    }

    @Test
    void rules_matchPathsAndMethods() {
        shop.on("'rules': [{'path': '/shop/open/**', 'method': ['GET', 'HEAD'], 'maintenance': 'off'},"
                + "{'path': '/shop/open/shut', 'maintenance': 'on'}]");
        serves("/open/x", "served by open");
        refuses("/open/shut");
        refuses("/status");
        refuses("/closed/x");
        assertEquals(503, status(Request.of("DELETE", "/shop/open/x")));
    }

    @Test
    void rules_forceMaintenanceOnWhileOff() {
        shop.off("'rules': [{'path': '/shop/closed/**', 'maintenance': 'on'}]", "/closed/x");
        serves("/open/x", "served by open");
        serves("/x.do", "action at /x.do");
        serves("/assets/a.txt", "an asset");
        refuses("/closed");
        refuses("/closed/x/y");
    }

    @Test
    void rules_matchServlets() {
        shop.on("'rules': [{'servlet': 'open', 'maintenance': 'off'}, {'servlet': 'shop.HeirServlet', "
                + "'maintenance': 'off'}]");
        serves("/open/x", "served by open");
        serves("/status", "served by open");
        serves("/heir", "served by heir");
        refuses("/always");
        refuses("/closed/x");
        refuses("/x.do");
        refuses("/virtual/x");
        refuses("/nothing");
        assertEquals(503, status(Request.get("/elsewhere")));
    }

    @Test
    void rules_matchAnnotations() {
        shop.on("'rules': [{'annotation': 'shop.Always', 'maintenance': 'off'}]");
        serves("/always", "served by always");
        serves("/heir", "served by heir");
        refuses("/open/x");
        refuses("/assets/a.txt");
    }

    @Test
    void rules_matchHostsAndContexts() {
        shop.on("'rules': [{'hosts': ['*.example.com'], 'contexts': ['/shop'], 'maintenance': 'off'},"
                + "{'contexts': ['/other'], 'maintenance': 'off'}]");
        assertEquals(200, status(Request.get("/shop/open/x").with("Host", "a.example.com")));
        assertEquals(503, status(Request.get("/shop/open/x").with("Host", "example.org")));
        refuses("/open/x");
    }

    @Test
    void exempt_presetsAndLists_pass() {
        shop.on("'exempt': {'paths': ['/shop/assets/*.txt'], 'headers': {'X-Key': 'abc'}, 'userAgents': "
                + "['Monitoring*']}");
        serves("/health", "served by health");
        serves("/assets/a.txt", "an asset");
        refuses("/secret.txt");
        assertEquals(200, status(Request.get("/shop/open/x").with("X-Key", "abc")));
        assertEquals(503, status(Request.get("/shop/open/x").with("X-Key", "abcd")));
        assertEquals(200, status(Request.get("/shop/open/x").with("User-Agent", "Monitoring/2")));
        assertEquals(404, shop.get("/robots.txt").status());
        shop.on("'exempt': {'presets': []}");
        refuses("/health");
        refuses("/robots.txt");
    }

    @Test
    void exempt_addresses_pass() {
        shop.on("'exempt': {'addresses': ['192.0.2.0/24']}, 'trustedProxies': ['127.0.0.0/8']");
        Request request = Request.get("/shop/open/x");
        assertEquals(200, status(request.with("X-Forwarded-For", "192.0.2.1")));
        assertEquals(503, status(request));
        assertEquals(503, status(request.with("X-Forwarded-For", "192.0.2.1, 198.51.100.1")));
        assertEquals(200, status(request.with("X-Forwarded-For", "198.51.100.1, 192.0.2.1")));
        assertEquals(503, status(request.with("X-Forwarded-For", "192.0.2.1, garbage")));
        assertEquals(503, status(request.with("X-Forwarded-For", "198.51.100.1").with("Forwarded", "for=192.0.2.1")));
        assertEquals(200, status(request.with("Forwarded", "for=198.51.100.1, for=\"192.0.2.1:80\"")));
        shop.policyFile().replace("{\"exempt\": {\"addresses\": [\"192.0.2.1\", \"127.0.0.1\"]}}");
        await("exempt", () -> status(request) == 200);
    }

    @Test
    void exempt_roles_pass() {
        shop.on("'exempt': {'roles': ['customer']}");
        Request account = Request.get("/shop/account/x");
        String alice = Base64.getEncoder().encodeToString("alice:alice".getBytes());
        assertEquals(200, status(account.with("Authorization", "Basic " + alice)));
        assertEquals(503, status(Request.get("/shop/open/x")));
        // No user has a role before the login.
        assertEquals(401, status(account));
        assertEquals(503, shop.send(Request.get("/elsewhere")).status());
        shop.on("'exempt': {'presets': []}");
        assertEquals(503, status(account));
        assertNull(shop.send(account).header("WWW-Authenticate"));
    }

    @Test
    void bypass_linkWithTheSecret_passes() {
        shop.on("'bypass': {'secret': '" + SECRET + "', 'ttl': 'PT1H'}");
        Response redirect = shop.get("/open/x?a=1&maintenance-bypass=" + SECRET);
        assertEquals(302, redirect.status());
        assertEquals("./x?a=1", redirect.header("Location"));
        assertEquals("no-store", redirect.header("Cache-Control"));
        String cookie = redirect.header("Set-Cookie");
        assertTrue(
                cookie.matches("maintenance-bypass=[^;]+; Path=/shop; Max-Age=3600; HttpOnly; SameSite=Lax"), cookie);

        String token = cookie.substring(cookie.indexOf('=') + 1, cookie.indexOf(';'));
        Request visit = Request.get("/shop/open/x").with("Cookie", "other=1; maintenance-bypass=" + token);
        Response page = shop.send(visit);
        assertEquals("served by open", page.text());
        assertEquals("private, no-store", page.header("Cache-Control"));
        assertEquals(200, status(Request.of("POST", "/shop/closed/x").with("X-Maintenance-Bypass", token)));
        assertEquals(503, status(Request.get("/shop/open/x").with("X-Maintenance-Bypass", token + "x")));
        assertEquals(503, shop.get("/open/x?maintenance-bypass=wrong").status());

        shop.state().write("off");
        await("off", () -> shop.get("/closed/x").status() == 200);
        shop.state().write("on");
        await("on again", () -> shop.get("/closed/x").status() == 503);
        assertEquals(503, status(visit), "a token of the window before");
        assertFalse(shop.agentLines().toString().contains(SECRET));
    }

    @Test
    void unmapped_request_isDecidedByThePolicy() {
        shop.on("'unmapped': 'application'");
        assertEquals(404, shop.get("/nothing").status());
        refuses("/virtual/nothing");
        refuses("/virtual");
        refuses("/secret.txt");
        refuses("/assets/");
        refuses("/open/nothing");
        refuses("/nothing.do");
        assertEquals(503, status(Request.of("PUT", "/shop/nothing")));
        assertEquals(404, status(Request.get("/elsewhere")));
        assertEquals(503, status(Request.of("PUT", "/elsewhere")));
        refuses("");
        shop.on("'unmapped': 'refuse'");
        refuses("/nothing");
    }

    @Test
    void badPolicy_keepsTheLastGoodOne() {
        shop.on("'exempt': {'paths': ['/shop/open/**']}");
        serves("/open/x", "served by open");
        shop.policyFile().replace("{\"exempt\": {\n  \"path\": [\"/shop/closed/**\"]}}");
        String line = "maintenance-agent: " + shop.policyFile().path()
                + ": /exempt/path (line 2, column 11) unknown member; allowed: presets, paths, addresses, headers,"
                + " userAgents,"
                + " roles; the last good policy stays";
        await("said", () -> shop.agentLines().contains(line));
        serves("/open/x", "served by open");
        refuses("/closed/x");
        shop.policyFile().delete();
        await("said", () -> shop.agentLines().stream().anyMatch(said -> said.contains("does not exist")));
        serves("/open/x", "served by open");
        shop.on("'exempt': {'paths': ['/shop/status']}");
        refuses("/open/x");
        serves("/status", "served by open");
    }

    private static void await(String what, BooleanSupplier condition) {
        Await.until(Duration.ofSeconds(20), () -> "not " + what + ": " + shop.agentLines(), condition);
    }
}
