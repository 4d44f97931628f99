package io.maintenanceagent.tests.embedded;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.tests.harness.Cell;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Many flips while clients keep asking: each answer is the application's or a refusal, and whole. */
final class LoadTest {

    private static final int FLIPS = 300;
    private static final int CLIENTS = 3;

    @ParameterizedTest
    @MethodSource("io.maintenanceagent.tests.harness.Cell#running")
    void flips_underLoad_everyAnswerIsWhole(Cell cell) throws InterruptedException {
        try (Shop shop = Shop.open(cell)) {
            Clients clients = Clients.start(shop, cell.server(), CLIENTS);
            try {
                for (int flip = 1; flip <= FLIPS && clients.areContent(); flip++) {
                    if (flip % 2 == 1) {
                        shop.state().write("on");
                        shop.awaitRefusing();
                    } else {
                        shop.state().write("off");
                        shop.awaitServing();
                    }
                }
            } finally {
                clients.leave();
            }
            clients.assertContent();
            assertTrue(clients.served() > FLIPS / 10 && clients.refused() > FLIPS / 10, clients::toString);
            shop.assertSilent();
        }
    }
}
