package io.maintenanceagent.tests.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.maintenanceagent.tests.harness.Cell;
import io.maintenanceagent.tests.harness.Gate;
import io.maintenanceagent.tests.harness.Refusal;
import io.maintenanceagent.tests.harness.Request;
import io.maintenanceagent.tests.harness.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests that were let in before a flip finish as if nothing had happened. */
final class InFlightTest {

    private static final Request NEW = Request.get("/shop/greeting");

    /** Requests that wait at the gate and then still have something to do. */
    private static List<Visit> slowVisits() {
        return List.of(
                Visit.get("/slow", "Worth the wait.\n"),
                Visit.get("/slow?then=forward", "Served by a raw servlet.\n"),
                Visit.get("/slow?then=include", "Before.\nGood morning.\nAfter.\n"),
                Visit.get("/slow?begin=true&then=include", "One moment.\nBefore.\nGood morning.\nAfter.\n"),
                new Visit(Request.get("/shop/slow?then=fault"), 500, "Sorry: 500.\n"),
                new Visit(Request.get("/shop/slow?then=not-found"), 404, "Sorry: 404.\n"),
                Visit.get("/async-complete", "Completed elsewhere.\n"),
                Visit.get("/async-forward", "Served by a raw servlet.\n"),
                Visit.get("/async-dispatch", "Served by a raw servlet.\n"));
    }

    /** Requests that a filter holds before the chain goes on. */
    private static List<Visit> filteredVisits() {
        return List.of(
                Visit.get("/static.txt", "A file that the default servlet serves.\n"),
                Visit.get("/raw", "Served by a raw servlet.\n"),
                Visit.get("/greeting", "Good morning.\n"),
                Visit.get("/virtual/path", "Served by a filter.\n"),
                Visit.get("/async-dispatch", "Served by a raw servlet.\n"),
                new Visit(Request.get("/shop/nothing"), 404, "Sorry: 404.\n"),
                new Visit(Request.get("/shop/fault"), 500, "Sorry: 500.\n"));
    }

    @ParameterizedTest
    @MethodSource("io.maintenanceagent.tests.harness.Cell#inTurn")
    void flip_requestsInFlight_finish(Cell cell) throws Exception {
        try (Shop shop = Shop.open(cell)) {
            List<Flight> flights = new ArrayList<>();
            for (Visit visit : slowVisits()) {
                Gate gate = new Gate();
                flights.add(new Flight(
                        shop, visit, Request.get(gate.on(visit.request().target())), gate));
            }
            for (Visit visit : filteredVisits()) {
                Gate gate = new Gate();
                flights.add(new Flight(shop, visit, visit.request().with("X-Gate", gate.path()), gate));
            }
            flights.forEach(flight -> flight.gate.awaitEntered());

            shop.state().write("on");
            shop.awaitRefusing();
            for (Flight flight : flights) {
                Refusal.DEFAULT.assertAnswers(NEW, shop.send(NEW));
                assertFalse(flight.answer.isDone(), () -> flight.visit + " did not wait");
                flight.gate.open();
                flight.visit.assertServed(flight.answer.get(20, TimeUnit.SECONDS));
            }
            Refusal.DEFAULT.assertAnswers(NEW, shop.send(NEW));

            shop.state().write("off");
            shop.awaitServing();
            assertEquals("Good morning.\n", shop.send(NEW).text());
            shop.assertSilent();
        }
    }

    /** A request on its way. */
    private static final class Flight {
        private final Visit visit;
        private final Gate gate;
        private final CompletableFuture<Response> answer = new CompletableFuture<>();

        Flight(Shop shop, Visit visit, Request request, Gate gate) {
            this.visit = visit;
            this.gate = gate;
            Thread client = new Thread(() -> {
                try {
                    answer.complete(shop.send(request));
                } catch (Throwable e) {
                    answer.completeExceptionally(e);
                }
            });
            client.setDaemon(true);
            client.start();
        }
    }
}
