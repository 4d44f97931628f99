package io.maintenanceagent.tests.stores;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.tests.cli.Cli;
import io.maintenanceagent.tests.harness.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;

/** A server and a command line that share a store with a list of instances, through a loss of its data. */
final class ClusterScenario {

    private static final Duration A_WHILE = Duration.ofMillis(1500);

    private ClusterScenario() {}

    static void run(Engine engine) throws IOException {
        String store = engine.uri("shop");
        Cli cli = new Cli();
        try (StoreShop shop = StoreShop.open(store, engine.directory)) {
            shop.awaitServing();
            cli.run("on", "--store", store, "--message", "Back at nine", "--wait=60s")
                    .done();
            assertTrue(shop.refuses(), "waited for");
            String status = cli.run("status", "--store", store).done().text();
            assertTrue(status.matches("(?s)State    on.*Source   \\Q" + store + "\\E.*\nshop on \\S+ .*"), status);
            cli.run("off", "--store", store, "--wait").done();
            assertTrue(!shop.refuses(), "waited for");
            cli.run("on", "--store", store).done();
            shop.awaitRefusing();
            assertEquals(List.of(), shop.lines());
            Await.until(StoreShop.LIMIT, () -> "audit", () -> lines(shop) >= 3);

            engine.kill();
            shop.awaitLine(store + " cannot be reached ("); // refused or reset
            cli.run("status", "--store", store).failed(1, store + " cannot be reached (Connection refused)");
            engine.startEmpty();
            shop.awaitLine(store + " has lost the key with its data, or is another cluster now; write the key again;"
                    + " the last known state stays");
            Await.holds(A_WHILE, () -> "the state changed", shop::refuses);
            cli.run("off", "--store", store, "--wait").done();
            assertTrue(!shop.refuses(), "waited for");

            engine.signal("STOP");
            try {
                shop.awaitLine(store + " cannot be reached (no answer in time)");
                cli.run("detach", "" + shop.pid());
            } finally {
                engine.signal("CONT");
            }
            assertTrue(!shop.refuses());
        }
    }

    private static long lines(StoreShop shop) {
        try {
            return Files.exists(shop.audit()) ? Files.readAllLines(shop.audit()).size() : 0;
        } catch (IOException e) {
            return 0;
        }
    }
}
