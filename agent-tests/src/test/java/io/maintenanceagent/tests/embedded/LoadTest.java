package io.maintenanceagent.tests.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.tests.harness.Cell;
import io.maintenanceagent.tests.harness.HttpConnection;
import io.maintenanceagent.tests.harness.Refusal;
import io.maintenanceagent.tests.harness.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Many flips while clients keep asking: each answer is the application's or a refusal, and whole. */
final class LoadTest {

    private static final int FLIPS = 300;
    private static final int CLIENTS = 3;

    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicInteger served = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final Queue<Throwable> faults = new ConcurrentLinkedQueue<>();

    @ParameterizedTest
    @MethodSource("io.maintenanceagent.tests.harness.Cell#running")
    void everyAnswerIsWhole(Cell cell) throws InterruptedException {
        try (Shop shop = Shop.open(cell)) {
            List<Visit> visits = Visit.all(cell.server()).stream()
                    // Those that fail are logged by the server, which would hide a fault.
                    .filter(visit -> visit.status() != 500)
                    .toList();
            List<Thread> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                Thread client = new Thread(() -> keepAsking(shop, visits));
                client.start();
                clients.add(client);
            }
            try {
                for (int flip = 1; flip <= FLIPS && faults.isEmpty(); flip++) {
                    if (flip % 2 == 1) {
                        shop.state().write("on");
                        shop.awaitRefusing();
                    } else {
                        shop.state().write("off");
                        shop.awaitServing();
                    }
                }
            } finally {
                over.set(true);
                for (Thread client : clients) {
                    client.join();
                }
            }
            assertEquals(List.of(), List.copyOf(faults));
            assertTrue(served.get() > FLIPS / 10 && refused.get() > FLIPS / 10, served + " served, " + refused + " refused");
            shop.assertSilent();
            List<String> complaints = shop.server().process().stderr().lines(LoadTest::complains);
            assertEquals(List.of(), complaints);
            assertEquals(List.of(), shop.server().process().stdout().lines(LoadTest::complains));
        }
    }

    private static boolean complains(String line) {
        return line.contains("Exception") || line.contains("SEVERE") || line.contains("ERROR");
    }

    private void keepAsking(Shop shop, List<Visit> visits) {
        try {
            while (!over.get()) {
                askOverOneConnection(shop, visits);
            }
        } catch (Throwable e) {
            faults.add(e);
            over.set(true);
        }
    }

    private void askOverOneConnection(Shop shop, List<Visit> visits) throws Exception {
        try (HttpConnection connection = shop.server().http().connect()) {
            for (int i = 0; !over.get(); i++) {
                Visit visit = visits.get(i % visits.size());
                Response response = connection.send(visit.request());
                if (Refusal.refuses(response)) {
                    Refusal.DEFAULT.assertAnswers(visit.request(), response);
                    refused.incrementAndGet();
                } else {
                    visit.assertServed(response);
                    served.incrementAndGet();
                }
                if (response.closes()) {
                    connection.expectEnd();
                    return;
                }
            }
        }
    }
}
