package io.maintenanceagent.tests.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.tests.harness.Cell;
import io.maintenanceagent.tests.harness.Refusal;
import io.maintenanceagent.tests.harness.Request;
import io.maintenanceagent.tests.harness.Response;
import io.maintenanceagent.tests.harness.Server;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A resource behind the container's own FORM login. */
final class LoginTest {

    private static final Request ACCOUNT = Request.get("/shop/account");
    private static final Request LOGIN = Request.post(
            "/shop/j_security_check",
            "application/x-www-form-urlencoded",
            "j_username=alice&j_password=alice".getBytes(StandardCharsets.UTF_8));

    static Stream<Cell> cells() {
        return Cell.all().filter(cell -> cell.server().hasPagesAndLogin());
    }

    @ParameterizedTest
    @MethodSource("cells")
    void maintenanceIsNeitherLoginPageNorLogout(Cell cell) {
        try (Shop shop = Shop.open(cell)) {
            Visitor alice = new Visitor(shop);
            Visitor stranger = new Visitor(shop);
            Response page = alice.send(ACCOUNT);
            assertTrue(page.status() == 302 || page.text().equals("Please log in.\n"), page::toString);
            assertEquals(3, alice.send(LOGIN).status() / 100);
            assertEquals("The account of alice.\n", alice.send(ACCOUNT).text());

            shop.state().write("on");
            shop.awaitRefusing();
            Refusal.DEFAULT.assertAnswers(ACCOUNT, alice.send(ACCOUNT));
            assertRefused(cell.server(), stranger);

            shop.state().write("off");
            shop.awaitServing();
            assertEquals("The account of alice.\n", alice.send(ACCOUNT).text());
            shop.assertSilent();
        }
    }

    /** Jetty itself sends strangers to the login page, before any filter or servlet: there it has to end. */
    private static void assertRefused(Server server, Visitor stranger) {
        Request request = ACCOUNT;
        Response response = stranger.send(request);
        if (server == Server.JETTY_12 && response.status() == 302) {
            request = Request.get(URI.create(response.header("Location")).getRawPath());
            response = stranger.send(request);
        }
        Refusal.DEFAULT.assertAnswers(request, response);
    }

    /** Keeps cookies, and follows nothing. */
    private static final class Visitor {
        private final Shop shop;
        private final Map<String, String> cookies = new TreeMap<>();

        Visitor(Shop shop) {
            this.shop = shop;
        }

        Response send(Request request) {
            String cookie = cookies.entrySet().stream().map(Object::toString).collect(Collectors.joining("; "));
            Response response = shop.send(cookie.isEmpty() ? request : request.with("Cookie", cookie));
            for (String line : response.all("Set-Cookie")) {
                String[] pair = line.split(";")[0].split("=", 2);
                cookies.put(pair[0], pair[1]);
            }
            return response;
        }
    }
}
