package io.maintenanceagent.tests.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.maintenanceagent.tests.harness.Await;
import io.maintenanceagent.tests.harness.HttpConnection;
import io.maintenanceagent.tests.harness.Refusal;
import io.maintenanceagent.tests.harness.Response;
import io.maintenanceagent.tests.harness.Server;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Clients that keep requesting everything of an application. Each response has to be the application's or a refusal,
 * and complete; the first that is not stops all clients.
 */
final class Clients {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Shop shop;
    private final List<Visit> visits;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicInteger served = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final Queue<Throwable> faults = new ConcurrentLinkedQueue<>();

    private Clients(Shop shop, List<Visit> visits) {
        this.shop = shop;
        this.visits = visits;
    }

    /** Starts clients; the caller ends them by {@link #leave}. */
    static Clients start(Shop shop, Server server, int count) {
        List<Visit> visits = Visit.all(server).stream()
                // Those that fail are logged by the server, which would hide a fault.
                .filter(visit -> visit.status() != 500)
                .toList();
        Clients clients = new Clients(shop, visits);
        for (int i = 0; i < count; i++) {
            Thread thread = new Thread(clients::keepAsking);
            thread.start();
            clients.threads.add(thread);
        }
        return clients;
    }

    boolean areContent() {
        return faults.isEmpty();
    }

    /** Waits until that many responses were the application's, or one was wrong. */
    void awaitServed(int count) {
        Await.until(PATIENCE, this::toString, () -> served.get() >= count || !areContent());
    }

    int served() {
        return served.get();
    }

    int refused() {
        return refused.get();
    }

    /** Asserts that no response was wrong, and that the server has logged no error. */
    void assertContent() {
        assertEquals(List.of(), List.copyOf(faults));
        assertEquals(List.of(), shop.server().process().stderr().lines(Clients::complains));
        assertEquals(List.of(), shop.server().process().stdout().lines(Clients::complains));
    }

    /** Ends the clients, and waits for their last responses. */
    void leave() throws InterruptedException {
        over.set(true);
        for (Thread thread : threads) {
            thread.join();
        }
    }

    @Override
    public String toString() {
        return served + " served, " + refused + " refused";
    }

    private static boolean complains(String line) {
        return line.contains("Exception") || line.contains("SEVERE") || line.contains("ERROR");
    }

    private void keepAsking() {
        try {
            while (!over.get()) {
                askOverOneConnection();
            }
        } catch (Throwable e) {
            faults.add(e);
            over.set(true);
        }
    }

    private void askOverOneConnection() throws Exception {
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
