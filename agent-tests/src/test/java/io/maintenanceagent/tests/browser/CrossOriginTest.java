package io.maintenanceagent.tests.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.maintenanceagent.tests.harness.Project;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Scripts of other origins: a real browser lets those see the answer that the policy names, and no others. */
class CrossOriginTest {

    private static HttpServer elsewhere;
    private static Site site;
    private static Browser browser;

    @BeforeAll
    static void start() throws Exception {
        elsewhere = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        elsewhere.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.close();
        });
        elsewhere.start();
        Path policy = Project.newDirectory("policy").resolve("policy.json");
        // The same server by another name is another origin, which is not allowed.
        Files.writeString(
                policy,
                "{\"response\": {\"cors\": {\"origins\": [\"http://localhost:"
                        + elsewhere.getAddress().getPort() + "\"]}}}");
        site = Site.start("{\"enabled\": true, \"message\": \"Later.\", \"retryAfter\": 42}", policy);
        browser = Browser.start("en");
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
        if (site != null) {
            site.close();
        }
        if (elsewhere != null) {
            elsewhere.stop(0);
        }
    }

    private static String fetchFrom(String host, String options) {
        browser.open("http://" + host + ":" + elsewhere.getAddress().getPort() + "/");
        return (String) browser.runAsync(
                "const done = arguments[1];"
                        + "fetch(arguments[0], " + options + ")"
                        + ".then(async r => done(r.status + ' ' + r.headers.get('Retry-After') + ' ' + await r.text()))"
                        + ".catch(e => done(String(e)))",
                site.url("/shop/echo"));
    }

    private static final String ANSWER = "503 42 {\"detail\":\"Later.\"}";

    @Test
    void simpleRequestsSeeTheAnswer() {
        assertEquals(ANSWER, fetchFrom("localhost", "{}"));
        assertEquals(ANSWER, fetchFrom("localhost", "{credentials: 'include'}"));
        assertEquals(ANSWER, fetchFrom("localhost", "{method: 'POST', body: 'x'}"));
    }

    @Test
    void preflightedRequestsSeeTheAnswer() {
        String request = "{method: 'PUT', headers: {'Content-Type': 'application/json', 'X-Trace': '1'}, body: '{}'";
        assertEquals(ANSWER, fetchFrom("localhost", request + "}"));
        assertEquals(ANSWER, fetchFrom("localhost", request + ", credentials: 'include'}"));
    }

    @Test
    void othersSeeNothing() {
        assertTrue(fetchFrom("127.0.0.1", "{}").contains("TypeError: Failed to fetch"));
        assertTrue(fetchFrom("127.0.0.1", "{method: 'DELETE'}").contains("TypeError: Failed to fetch"));
    }
}
