package io.maintenanceagent.tests.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.maintenanceagent.tests.harness.Cell;
import io.maintenanceagent.tests.harness.Management;
import io.maintenanceagent.tests.harness.Refusal;
import io.maintenanceagent.tests.harness.Request;
import io.maintenanceagent.tests.harness.Response;
import io.maintenanceagent.tests.harness.Server;
import io.maintenanceagent.tests.harness.StateFile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What the server answers itself, before any filter or servlet of an application. */
@ParameterizedClass(name = "{0}")
@MethodSource("io.maintenanceagent.tests.harness.Cell#running")
final class BeforeFiltersTest {

    private static final Request ACCOUNT = Request.get("/shop/account");
    private static final Request LOGIN = Request.post(
            "/shop/j_security_check",
            "application/x-www-form-urlencoded",
            "j_username=alice&j_password=alice".getBytes(StandardCharsets.UTF_8));

    private static final String KEY = "long enough for a secret";

    private static Shop shop;

    @Parameter
    Cell cell;

    @BeforeParameterizedClassInvocation
    static void open(Cell cell) {
        shop = Shop.open(cell, (command, state) -> {
            StateFile policy = new StateFile(state.resolveSibling("policy.json"));
            policy.write("{\"exempt\": {\"paths\": [\"/elsewhere/**\"], \"headers\": {\"X-Admin\": \"" + KEY + "\"}}}");
            command.agent("file=" + state + ",policy=" + policy.path());
        });
    }

    @AfterParameterizedClassInvocation
    static void close() {
        shop.close();
    }

    @BeforeEach
    void startOff() {
        shop.state().write("off");
        shop.awaitServing();
    }

    private static List<Request> requests() {
        return List.of(
                Request.get("/nothing"),
                Request.of("HEAD", "/nothing"),
                Request.post("/nothing", "text/plain", new byte[10]),
                Request.get("/"),
                Request.get("/%6eothing"),
                Request.get("/moved"), // a redirect on Undertow, and nothing elsewhere
                Request.get("/core/x"), // a handler of the core on Jetty, and nothing elsewhere
                Request.get("/files/web.xml"), // without a servlet on Jetty and Undertow, and nothing elsewhere
                Request.get("/files/nothing"),
                Request.of("OPTIONS", "/files/web.xml"),
                Request.get("/shop"),
                Request.of("TRACE", "/shop/greeting"),
                Request.of("OPTIONS", "*"),
                Request.get("/shop/WEB-INF/web.xml"),
                ACCOUNT,
                LOGIN);
    }

    @Test
    void requestBeforeFilters_isRefused() {
        List<Integer> before = statuses();
        List<String> kept = serverHeaders();
        assertTrue(Collections.frequency(kept, "max-age=1") > requests().size() / 2, kept::toString);
        shop.state().write("on");
        shop.awaitRefusing();
        for (Request request : requests()) {
            Response response = shop.send(request);
            Refusal.DEFAULT.assertAnswers(request, response);
            for (String header : List.of("Allow", "Location", "Set-Cookie", "WWW-Authenticate", "Content-Language")) {
                assertNull(response.header(header), () -> request + " was answered with " + response);
            }
        }
        assertEquals(kept, serverHeaders());
        startOff();
        assertEquals(before, statuses());
        shop.assertSilent();
    }

    /** Headers that the server itself sets on each response. */
    private static List<String> serverHeaders() {
        List<String> values = new ArrayList<>();
        for (Request request : requests()) {
            values.add(shop.send(request).header("Strict-Transport-Security"));
        }
        return values;
    }

    private List<Integer> statuses() {
        List<Integer> statuses = new ArrayList<>();
        for (Request request : requests()) {
            int status = shop.send(request).status();
            assertNotEquals(503, status, request::toString);
            statuses.add(status);
        }
        return statuses;
    }

    @Test
    void requestBeforeFilters_belongsToItsContext() {
        shop.state().write("{\"enabled\": true, \"contexts\": [\"/shop\"]}");
        shop.awaitRefusing();
        for (String path : List.of("/shop", "/shop/WEB-INF/web.xml", "/shop/account")) {
            Request request = Request.get(path);
            Refusal.DEFAULT.assertAnswers(request, shop.send(request));
        }
        assertEquals(404, shop.send(Request.get("/nothing")).status());
    }

    @Test
    void refusedRequest_keepsTheConnection() throws Exception {
        shop.state().write("on");
        shop.awaitRefusing();
        assumeTrue(cell.server() == Server.JETTY_12 || cell.server() == Server.UNDERTOW_2, "Tomcat closes after a 503");
        try (var connection = shop.server().http().connect()) {
            Request head = Request.of("HEAD", "/nothing");
            for (Request request : List.of(Request.get("/nothing"), Request.get("/shop"), head, Request.get("/"))) {
                Refusal.DEFAULT.assertAnswers(request, connection.send(request));
            }
        }
    }

    @Test
    void exemptRequest_getsTheServersAnswer() {
        assertEquals(404, shop.send(Request.get("/elsewhere/x")).status());
        int redirect = shop.send(Request.get("/shop")).status();
        shop.state().write("on");
        shop.awaitRefusing();
        assertEquals(404, shop.send(Request.get("/elsewhere/x")).status());
        assertEquals(
                redirect, shop.send(Request.get("/shop").with("X-Admin", KEY)).status());
        assertEquals(404, shop.send(Request.get("/health")).status());
    }

    @Test
    void exemptUser_canLogIn() {
        shop.state().write("on");
        shop.awaitRefusing();
        Visitor alice = new Visitor(shop);
        Response page = alice.send(ACCOUNT.with("X-Admin", KEY));
        assertTrue(page.status() == 302 || page.text().equals("Please log in.\n"), page::toString);
        assertEquals(3, alice.send(LOGIN.with("X-Admin", KEY)).status() / 100);
        assertEquals(
                "The account of alice.\n",
                alice.send(ACCOUNT.with("X-Admin", KEY)).text());
        Refusal.DEFAULT.assertAnswers(ACCOUNT, alice.send(ACCOUNT));
    }

    @Test
    void eachRequest_isCountedOnce() {
        List<Request> requests = new ArrayList<>(requests());
        requests.add(Request.get("/shop/greeting"));
        requests.add(Request.get("/shop/nothing"));
        requests.add(Request.get("/shop/async-dispatch"));
        try (Management management = Management.of(shop.server())) {
            long passed = (Long) management.get("Passed");
            requests.forEach(shop::send);
            assertEquals(passed + requests.size(), management.get("Passed"));
            shop.state().write("on");
            shop.awaitRefusing();
            long refused = (Long) management.get("Refused");
            long exempt = (Long) management.get("Exempt");
            requests.forEach(shop::send);
            requests.forEach(request -> shop.send(request.with("X-Admin", KEY)));
            assertEquals(refused + requests.size(), management.get("Refused"));
            assertEquals(exempt + requests.size(), management.get("Exempt"));
            management.awaitInFlight(0);
        }
    }
}
