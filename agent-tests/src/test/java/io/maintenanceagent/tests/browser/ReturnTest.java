package io.maintenanceagent.tests.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.maintenanceagent.tests.harness.Await;
import io.maintenanceagent.tests.harness.Request;
import io.maintenanceagent.tests.harness.Response;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the page takes for the end of a maintenance, behind a front server that answers what proxies and servers answer
 * while something is restarted.
 */
class ReturnTest {

    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);
    private static final String PAGE = "Down for maintenance";

    private static Response page;
    private static Browser browser;

    /** What they are for: "document" if the browser goes somewhere, "empty" if the page's script asks. */
    private final List<String> requests = new CopyOnWriteArrayList<>();

    private volatile int status;
    private volatile String retryAfter;
    private volatile String location;
    private HttpServer front;

    @BeforeAll
    static void borrowThePage() {
        browser = Browser.start("en");
        try (Site site = Site.start("on")) {
            page = site.server().http().send(Request.get("/shop/greeting").with("Accept", "text/html"));
        }
    }

    @AfterAll
    static void closeBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void startFront() throws IOException {
        status = 0;
        front = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        front.createContext("/", this::answer);
        front.createContext("/login", exchange -> send(exchange, 200, "Log in."));
        front.start();
    }

    @AfterEach
    void stopFront() {
        front.stop(0);
    }

    /** The page while there is no status; then the status, with a body that can be told from the page. */
    private void answer(HttpExchange exchange) throws IOException {
        requests.add(exchange.getRequestHeaders().getFirst("Sec-Fetch-Dest"));
        if (status == 0) {
            page.headers().stream()
                    .filter(header -> !header.name().matches("(?i)content-length|date|connection"))
                    .forEach(header -> exchange.getResponseHeaders().add(header.name(), header.value()));
            send(exchange, 503, page.text());
            return;
        }
        if (retryAfter != null) {
            exchange.getResponseHeaders().set("Retry-After", retryAfter);
        }
        if (location != null) {
            exchange.getResponseHeaders().set("Location", location);
        }
        send(exchange, status, "Something else.");
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private String open() {
        String url = "http://localhost:" + front.getAddress().getPort() + "/a?b=c";
        browser.open(url);
        assertEquals(PAGE, browser.title());
        requests.clear();
        return url;
    }

    /** Has the page ask now, rather than in some seconds. */
    private void ask() {
        int before = requests.size();
        browser.click("#again");
        Await.until(ANSWER_LIMIT, () -> "the page did not ask", () -> requests.size() > before);
    }

    private void assertStays(int times) {
        for (int i = 0; i < times; i++) {
            ask();
            browser.awaitText(ANSWER_LIMIT, "Still down for maintenance.");
        }
        assertEquals(PAGE, browser.title());
        assertEquals(
                List.of(),
                requests.stream().filter(purpose -> !purpose.equals("empty")).toList());
    }

    @ParameterizedTest
    @ValueSource(ints = {502, 503, 504, 429})
    void waitsWhileAServerIsNotThere(int code) {
        open();
        status = code;
        assertStays(4);
    }

    @Test
    void waitsWhileAnybodyAsksItTo() {
        open();
        status = 200;
        retryAfter = "5";
        assertStays(4);
    }

    @Test
    void waitsWhileNobodyAnswers() throws Exception {
        open();
        int port = front.getAddress().getPort();
        front.stop(0);
        browser.click("#again");
        browser.awaitText(ANSWER_LIMIT, "Still down for maintenance.");
        assertEquals(PAGE, browser.title());
        front = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        front.createContext("/", this::answer);
        front.start();
        status = 200;
        browser.awaitText(Duration.ofSeconds(60), "Something else.");
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 500})
    void believesAnErrorOnlyWhenItStays(int code) {
        open();
        status = code;
        assertStays(2);
        ask();
        browser.awaitText(ANSWER_LIMIT, "Something else.");
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 403, 405})
    void comesBackAtOnce(int code) {
        String url = open();
        status = code;
        ask();
        browser.awaitText(ANSWER_LIMIT, "Something else.");
        assertEquals(url, browser.url());
    }

    @Test
    void leavesRedirectsToTheBrowser() {
        open();
        status = 302;
        location = "/login";
        ask();
        browser.awaitText(ANSWER_LIMIT, "Log in.");
    }

    @Test
    void asksByItselfAndLessAndLess() {
        long begin = System.nanoTime();
        open();
        Await.until(ANSWER_LIMIT, () -> "it did not ask twice", () -> requests.size() > 1);
        long millis = (System.nanoTime() - begin) / 1_000_000;
        assertTrue(millis >= 3750 + 5625, millis + " ms");
        assertEquals(List.of("empty", "empty"), requests);
    }
}
