package io.maintenanceagent.tests.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.maintenanceagent.tests.harness.Cell;
import io.maintenanceagent.tests.harness.Refusal;
import io.maintenanceagent.tests.harness.Response;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The agent comes into a server that is running already. */
final class AttachTest {

    @ParameterizedTest
    @MethodSource("io.maintenanceagent.tests.harness.Cell#all")
    void weavesWhatIsLoaded(Cell cell) {
        try (Shop shop = Shop.open(cell, (command, state) -> {})) {
            List<Visit> visits = Visit.all(cell.server());
            for (Visit visit : visits) {
                visit.assertServed(shop.send(visit.request()));
            }
            shop.attach();
            shop.state().write("on");
            shop.awaitRefusing();
            for (Visit visit : visits) {
                Response response = shop.send(visit.request());
                Refusal.DEFAULT.assertAnswers(visit.request(), response);
            }
            shop.state().write("off");
            shop.awaitServing();
            for (Visit visit : visits) {
                visit.assertServed(shop.send(visit.request()));
            }
            assertEquals(List.of(), shop.agentLines());

            shop.attach();
            shop.server().process().awaitStderr("another agent is active in this JVM already", Shop.FLIP_LIMIT);
            assertEquals(1, shop.agentLines().size(), () -> shop.agentLines().toString());
        }
    }
}
