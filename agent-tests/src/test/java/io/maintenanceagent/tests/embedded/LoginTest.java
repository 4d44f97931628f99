package io.maintenanceagent.tests.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.tests.harness.Cell;
import io.maintenanceagent.tests.harness.Refusal;
import io.maintenanceagent.tests.harness.Request;
import io.maintenanceagent.tests.harness.Response;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A resource behind the container's own FORM login. */
final class LoginTest {

    private static final Request ACCOUNT = Request.get("/shop/account");
    private static final Request LOGIN = Request.post(
            "/shop/j_security_check",
            "application/x-www-form-urlencoded",
            "j_username=alice&j_password=alice".getBytes(StandardCharsets.UTF_8));

    @ParameterizedTest
    @MethodSource("io.maintenanceagent.tests.harness.Cell#inTurn")
    void refusal_isNeitherALoginPageNorALogout(Cell cell) {
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
            Refusal.DEFAULT.assertAnswers(ACCOUNT, stranger.send(ACCOUNT));

            shop.state().write("off");
            shop.awaitServing();
            assertEquals("The account of alice.\n", alice.send(ACCOUNT).text());
            shop.assertSilent();
        }
    }
}
