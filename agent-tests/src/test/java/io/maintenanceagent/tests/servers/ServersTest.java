package io.maintenanceagent.tests.servers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.maintenanceagent.tests.harness.Await;
import io.maintenanceagent.tests.harness.Gate;
import io.maintenanceagent.tests.harness.HttpConnection;
import io.maintenanceagent.tests.harness.LetThrough;
import io.maintenanceagent.tests.harness.Refusal;
import io.maintenanceagent.tests.harness.Request;
import io.maintenanceagent.tests.harness.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The whole way on real servers: from the file to the 503, and back. The names of the tests head the table's columns.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("io.maintenanceagent.tests.servers.Matrix#cells")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@ExtendWith(MatrixReport.class)
final class ServersTest {

    private static final Duration FLIP_LIMIT = Duration.ofSeconds(20);

    /** The request of the corpus whose target and header name different hosts. */
    private static final String OTHER_TARGET = "GET http://other.example";

    /**
     * What the agent could say, and what others say of a class that the agent has broken or a JVM that it has upset.
     */
    private static final Pattern TROUBLE = Pattern.compile("maintenance-agent: |io\\.maintenanceagent\\."
            + "|MaintenanceHook|VM warning|WFLYLOG0078|NoClassDefFoundError|VerifyError|ClassFormatError|LinkageError"
            + "|IllegalAccessError|ClassCircularityError");

    /** No application; the redirect to the root of one; a login; and what applications seldom see. */
    private static final List<Request> BEFORE_FILTERS = List.of(
            Request.get("/elsewhere/nothing"),
            Request.get("/shop"),
            login("wrong"),
            login("alice"),
            Request.get("/shop/WEB-INF/web.xml"),
            Request.of("TRACE", "/shop/greeting"),
            Request.of("OPTIONS", "*"));

    private static final String EXEMPT = "{\"exempt\": {\"addresses\": [\"127.0.0.1\"]}}";

    private static Request login(String password) {
        return Request.post(
                "/shop/j_security_check",
                "application/x-www-form-urlencoded",
                ("j_username=alice&j_password=" + password).getBytes(StandardCharsets.US_ASCII));
    }

    private static RunningServer server;

    private final MatrixCell cell;

    ServersTest(MatrixCell cell) {
        this.cell = cell;
    }

    MatrixCell cell() {
        return cell;
    }

    @BeforeParameterizedClassInvocation
    static void start(MatrixCell cell) {
        MatrixReport.begin(cell);
        server = RunningServer.start(cell, true);
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        server.close();
    }

    @Test
    @Order(1)
    @DisplayName("static file")
    void staticFile() {
        refusedWhileOn("/shop/static.txt", 200, "A file that the default servlet serves.\n");
    }

    @Test
    @Order(2)
    @DisplayName("JSP")
    void page() {
        assumeTrue(cell.has(Trait.PAGES));
        refusedWhileOn("/shop/page.jsp", 200, "A page: 42");
    }

    @Test
    @Order(3)
    @DisplayName("servlet")
    void servlet() {
        refusedWhileOn("/shop/greeting", 200, "Good morning.\n");
        refusedWhileOn("/shop/raw", 200, "Served by a raw servlet.\n");
    }

    @Test
    @Order(4)
    @DisplayName("filter")
    void filter() {
        refusedWhileOn("/shop/virtual/path", 200, "Served by a filter.\n");
        refusedWhileOn("/shop/lambda/path", 200, "Served by a lambda.\n");
    }

    @Test
    @Order(5)
    @DisplayName("login page")
    void loginPage() {
        assumeTrue(cell.has(Trait.LOGIN));
        Response before = server.http().get("/shop/account");
        assertTrue(before.status() / 100 == 3 || before.text().equals("Please log in.\n"), before::toString);
        refusedWhileOn("/shop/account", before.status(), null);
        if (cell.has(Trait.BASIC)) {
            String path = "/basic/nothing";
            Await.until(
                    FLIP_LIMIT,
                    () -> path + " is not there",
                    () -> server.http().get(path).status() == 401);
            refusedWhileOn(path, 401, null);
        }
    }

    @Test
    @Order(6)
    @DisplayName("unknown path")
    void unknownPath() {
        refusedWhileOn("/shop/nothing", 404, null);
    }

    @Test
    @Order(7)
    @DisplayName("before filters")
    void whatTheServerAnswersItself() {
        assumeTrue(cell.has(Trait.OWN_ENTRIES));
        List<Integer> before = statusesBeforeFilters();
        whileOn(() -> {
            BEFORE_FILTERS.forEach(request -> assertRefused(request));
            if (cell.has(Trait.MANAGEMENT)) {
                assertServed("/nothing", 404, null, server.management().get("/nothing"));
            }
        });
        assertEquals(before, statusesBeforeFilters());
        whileOn(() -> withPolicy(EXEMPT, () -> {
            Await.until(
                    FLIP_LIMIT,
                    () -> "nobody is exempt",
                    () -> !Refusal.refuses(server.http().get("/shop/entries")));
            assertEquals(before, statusesBeforeFilters(), "whoever is exempt gets the server's own answers");
        }));
        if (cell.has(Trait.NO_OWN_ANSWERS)) {
            refusedWhileOn("/", 200, null);
        }
        if (cell.has(Trait.WELCOME_FILE)) {
            assertServed("/", 200, null, server.http().get("/"));
            whileOn(() -> withPolicy("{}", () -> {
                Await.until(
                        FLIP_LIMIT,
                        () -> "/ is served",
                        () -> Refusal.refuses(server.http().get("/")));
                assertRefused("/");
            }));
        }
    }

    private static void withPolicy(String policy, Runnable visits) {
        try {
            server.policy().replace(policy);
            visits.run();
        } finally {
            server.policy().replace(Deployment.POLICY);
        }
    }

    private static List<Integer> statusesBeforeFilters() {
        return BEFORE_FILTERS.stream()
                .map(request -> server.http().send(request).status())
                .toList();
    }

    @Test
    @Order(8)
    @DisplayName("in flight")
    void requestsInFlightFinish() {
        Inside blocking = Inside.enter("/shop/slow");
        Inside asynchronous = Inside.enter("/shop/async-complete");
        // Jetty up to 11, and EE 8 and 9 on 12, answer that one with nothing, agent or not.
        Response forwarded = Inside.enter("/shop/async-forward").leave();
        Inside forwarding = Inside.enter("/shop/async-forward");
        whileOn(() -> {
            assertRefused("/shop/slow");
            assertServed("/shop/slow", 200, "Worth the wait.\n", blocking.leave());
            assertServed("/shop/async-complete", 200, "Completed elsewhere.\n", asynchronous.leave());
            assertServed("/shop/async-forward", 200, forwarded.text(), forwarding.leave());
        });
    }

    @Test
    @Order(9)
    @DisplayName("drained")
    void tellsWhenItIsDrained() throws IOException {
        try (HttpConnection connection = server.http().connect()) {
            // Some servers drop it without a word, others answer it twice.
            connection.send(Request.get("/shop/slow?then=async-fault"));
        }
        Inside blocking = Inside.enter("/shop/slow");
        Inside asynchronous = Inside.enter("/shop/async-complete");
        whileOn(() -> {
            awaitReport("\"drained\":false,\"blocking\":2,\"inFlight\":{\"sync\":1,\"async\":1");
            blocking.leave();
            awaitReport("\"drained\":false,\"blocking\":1,\"inFlight\":{\"sync\":0,\"async\":1");
            asynchronous.leave();
            awaitReport("\"drained\":true,\"blocking\":0,\"inFlight\":{\"sync\":0,\"async\":0");
        });
    }

    /** By the class of the servlet, though a filter comes first, and by an annotation on it. */
    @Test
    @Order(10)
    @DisplayName("rules")
    void rulesAreAboutServlets() {
        assumeFalse(cell.has(Trait.ONE_SERVLET));
        whileOn(() -> {
            assertServed("/shop/status", 200, "Here.\n", server.http().get("/shop/status"));
            assertServed(
                    "/shop/notice", 200, "Closed on Sundays.\n", server.http().get("/shop/notice"));
            assertRefused("/shop/greeting");
            assertRefused("/shop/status/nothing");
        });
    }

    /** Those of {@code src/requests/confusing.txt} reach the protected servlet 0 times. */
    @Test
    @Order(11)
    @DisplayName("let through")
    void confusingRequests() {
        List<String> reached = new ArrayList<>();
        try {
            for (LetThrough maintenance : LetThrough.values()) {
                if (maintenance != LetThrough.FORCED_SERVLET || !cell.has(Trait.ONE_SERVLET)) {
                    maintenance.reached(server.http(), server.state(), server.policy(), 1).stream()
                            .filter(request -> !cell.has(Trait.REPLACES_HOST) || !request.contains(OTHER_TARGET))
                            .forEach(request -> reached.add(maintenance + ": " + request));
                }
            }
        } finally {
            server.policy().replace(Deployment.POLICY);
        }
        assertEquals(List.of(), reached);
    }

    /** Looks at all that was said, the end of the server included. */
    @Test
    @Order(12)
    @DisplayName("silent")
    void nobodySaysAnything() {
        server.close();
        assertSilent();
    }

    /** Last: on a server of its own, which has served everything before the agent comes. */
    @Test
    @Order(13)
    @DisplayName("attach")
    void attached() {
        assumeTrue(cell.newest());
        server = RunningServer.start(cell, false);
        List<String> paths = new ArrayList<>(
                List.of("/shop/static.txt", "/shop/greeting", "/shop/raw", "/shop/virtual/path", "/shop/lambda/path"));
        if (cell.has(Trait.PAGES)) {
            paths.add("/shop/page.jsp");
        }
        paths.forEach(path -> assertServed(path, 200, null, server.http().get(path)));
        server.attachAgent();
        whileOn(() -> {
            paths.forEach(path -> assertRefused(path));
            if (cell.has(Trait.NO_OWN_ANSWERS)) {
                List.of("/", "/elsewhere/nothing", "/shop", "/shop/account", "/basic/nothing")
                        .forEach(path -> assertRefused(path));
            }
        });
        paths.forEach(path -> assertServed(path, 200, null, server.http().get(path)));
        server.close();
        assertSilent();
    }

    private static void assertSilent() {
        // Servers tell their command line, and with it the agent's option.
        List<String> trouble = server.lines(line -> TROUBLE.matcher(line).find() && !line.contains("-javaagent:"));
        assertEquals(List.of(), trouble);
    }

    private static void refusedWhileOn(String path, int status, String text) {
        assertServed(path, status, text, server.http().get(path));
        whileOn(() -> assertRefused(path));
        assertServed(path, status, text, server.http().get(path));
    }

    /** A column that fails leaves no maintenance to the next. */
    private static void whileOn(Runnable visits) {
        try {
            flip("on");
            visits.run();
        } finally {
            flip("off");
        }
    }

    private static void flip(String state) {
        server.state().write(state);
        boolean on = state.equals("on");
        Await.until(
                FLIP_LIMIT,
                () -> "maintenance is not " + state,
                () -> Refusal.refuses(server.http().get("/shop/entries")) == on);
    }

    /** A request that waits within the application. */
    private record Inside(Gate gate, CompletableFuture<Response> response) {

        static Inside enter(String path) {
            Gate gate = new Gate();
            Inside inside = new Inside(
                    gate, CompletableFuture.supplyAsync(() -> server.http().get(gate.on(path))));
            gate.awaitEntered();
            return inside;
        }

        Response leave() {
            gate.open();
            return response.join();
        }
    }

    private static void awaitReport(String part) {
        Await.until(
                FLIP_LIMIT,
                () -> "no " + part + " in " + server.report(),
                () -> server.report().contains(part));
    }

    private static void assertRefused(String path) {
        assertRefused(Request.get(path));
    }

    private static void assertRefused(Request request) {
        Refusal.DEFAULT.assertAnswers(request, server.http().send(request));
    }

    private static void assertServed(String path, int status, String text, Response response) {
        String what = path + " was answered with " + response;
        assertEquals(status, response.status(), what);
        if (text != null) {
            assertEquals(text, response.text(), what);
        }
    }
}
