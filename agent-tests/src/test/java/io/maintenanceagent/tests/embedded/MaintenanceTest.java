package io.maintenanceagent.tests.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.maintenanceagent.tests.harness.Await;
import io.maintenanceagent.tests.harness.Cell;
import io.maintenanceagent.tests.harness.Refusal;
import io.maintenanceagent.tests.harness.Request;
import io.maintenanceagent.tests.harness.Response;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The responses with the file absent, on, off and on with a message. */
@ParameterizedClass(name = "{0}")
@MethodSource("io.maintenanceagent.tests.harness.Cell#inTurn")
final class MaintenanceTest {

    private static Shop shop;

    @Parameter
    Cell cell;

    @BeforeParameterizedClassInvocation
    static void open(Cell cell) {
        shop = Shop.open(cell);
    }

    @AfterParameterizedClassInvocation
    static void close() {
        shop.close();
    }

    @BeforeEach
    void startWithoutAFile() {
        shop.state().delete();
        shop.awaitServing();
    }

    @Test
    void noFile_applicationAnswers() {
        for (Visit visit : Visit.all(cell.server())) {
            visit.assertServed(shop.send(visit.request()));
        }
        shop.assertSilent();
    }

    @Test
    void on_everyRequest_isRefusedBeforeTheApplication() {
        int entries = shop.entries();
        shop.state().write("on");
        shop.awaitRefusing();
        for (Visit visit : Visit.all(cell.server())) {
            Refusal.DEFAULT.assertAnswers(visit.request(), shop.send(visit.request()));
        }
        Request other = Request.of("DELETE", "/shop/greeting");
        Refusal.DEFAULT.assertAnswers(other, shop.send(other));

        shop.state().write("off");
        shop.awaitServing();
        assertEquals(entries, shop.entries());
        for (Visit visit : Visit.all(cell.server())) {
            visit.assertServed(shop.send(visit.request()));
        }
        shop.assertSilent();
    }

    @Test
    void refusal_hasNoHeaderOfTheApplication() {
        shop.state().write("on");
        shop.awaitRefusing();
        Response response = shop.send(Request.get("/shop/greeting"));
        assertNull(response.header("X-Shop"));
        assertNull(response.header("Set-Cookie"));
    }

    @Test
    void stateWithMessageAndTime_isInTheResponse() {
        shop.state().write("{\"enabled\": true, \"message\": \"Back at ten\", \"retryAfter\": 120}");
        shop.awaitRefusing();
        Refusal refusal = Refusal.withDetail("Back at ten", 120);
        for (Visit visit : Visit.all(cell.server())) {
            refusal.assertAnswers(visit.request(), shop.send(visit.request()));
        }

        shop.state().write("on");
        Request request = Request.get("/shop/greeting");
        Await.until(
                Shop.FLIP_LIMIT,
                () -> "still the message",
                () -> !shop.send(request).text().equals(refusal.body()));
        Refusal.DEFAULT.assertAnswers(request, shop.send(request));
        shop.assertSilent();
    }

    @Test
    void disabledState_isOff() {
        shop.state().write("on");
        shop.awaitRefusing();
        shop.state().write("{\"enabled\": false, \"message\": \"not to be seen\"}");
        shop.awaitServing();
    }
}
