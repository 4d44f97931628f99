package io.maintenanceagent.tests.soak;

import io.maintenanceagent.tests.harness.Http;
import io.maintenanceagent.tests.harness.HttpConnection;
import io.maintenanceagent.tests.harness.Refusal;
import io.maintenanceagent.tests.harness.Request;
import io.maintenanceagent.tests.harness.Response;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Clients that ask for random work and check each answer: whole and the application's, or a whole refusal; everything
 * else is odd.
 */
final class SoakClients {

    /** Kinds of work, the usual ones more often. A time-out takes some containers a second. */
    private static final List<String> KINDS = kinds(
            "now",
            20,
            "stream",
            4,
            "forward",
            4,
            "include",
            4,
            "fail",
            2,
            "complete",
            8,
            "dispatch",
            8,
            "twice",
            8,
            "outlive",
            8,
            "async-fail",
            1,
            "timeout",
            1);

    /** What a client may go away from: an asynchronous request that an error ends leaves its work to itself. */
    private static final List<String> ABORTED = List.of("now", "stream", "forward", "include");

    private static final int MOST_ODD = 20;

    /** Without a pause, refusals alone keep the machine busy, and flips wait for it. */
    private static final int LONGEST_PAUSE_NANOS = 3_000_000;

    private final Http http;
    private final boolean mixesParameters;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicInteger served = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger aborted = new AtomicInteger();
    private final AtomicInteger oddAnswers = new AtomicInteger();
    private final Queue<String> odd = new ConcurrentLinkedQueue<>();
    private final Latencies refusals = new Latencies();
    private volatile boolean over;

    private SoakClients(Soaked server) {
        http = server.http();
        mixesParameters = server.mixesParameters();
    }

    /** Starts so many; have them leave. */
    static SoakClients start(Soaked server, int count) {
        SoakClients clients = new SoakClients(server);
        for (int i = 0; i < count; i++) {
            Random random = new Random(i);
            Thread thread = new Thread(() -> clients.keepAsking(random));
            thread.setDaemon(true);
            thread.start();
            clients.threads.add(thread);
        }
        return clients;
    }

    /** Ends them, and waits for the last answers. */
    void leave() throws InterruptedException {
        over = true;
        for (Thread thread : threads) {
            thread.join();
        }
    }

    int served() {
        return served.get();
    }

    int refused() {
        return refused.get();
    }

    int aborted() {
        return aborted.get();
    }

    int oddAnswers() {
        return oddAnswers.get();
    }

    /** The first odd answers. */
    List<String> odd() {
        return List.copyOf(odd);
    }

    /** How long refusals took. */
    Latencies refusals() {
        return refusals;
    }

    private void keepAsking(Random random) {
        while (!over) {
            try (HttpConnection connection = http.connect()) {
                boolean closes = false;
                while (!over && !closes) {
                    closes = ask(connection, random);
                    LockSupport.parkNanos(random.nextInt(LONGEST_PAUSE_NANOS));
                }
            } catch (IOException | RuntimeException e) {
                odd(e.toString());
            }
        }
    }

    private boolean ask(HttpConnection connection, Random random) throws IOException {
        String id = Integer.toHexString(random.nextInt());
        if (random.nextInt(20) == 0) {
            abort(ABORTED.get(random.nextInt(ABORTED.size())), id, random);
            return false;
        }
        String kind = KINDS.get(random.nextInt(KINDS.size()));
        Request request = Request.get("/shop/soak?kind=" + kind + "&id=" + id);
        long begun = System.nanoTime();
        Response response = connection.send(request);
        if (Refusal.refuses(response)) {
            refusals.add(System.nanoTime() - begun);
            refused.incrementAndGet();
            try {
                Refusal.DEFAULT.assertAnswers(request, response);
            } catch (AssertionError e) {
                odd(e.getMessage());
            }
        } else {
            served.incrementAndGet();
            if (!isWhole(kind, id, response)) {
                odd(request + " was answered with " + response);
            }
        }
        return response.closes();
    }

    private boolean isWhole(String kind, String id, Response response) {
        if (kind.equals("fail")) {
            return response.status() == 500 && response.text().equals("Sorry: 500.\n");
        }
        if (kind.equals("async-fail")) {
            return response.status() == 500; // containers differ in whose page it is
        }
        boolean whole = response.text().equals("soak " + id + "\n");
        boolean another = mixesParameters && response.text().matches("soak [0-9a-f]+\n");
        return response.status() == 200 && (whole || another);
    }

    private void abort(String kind, String id, Random random) throws IOException {
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), http.port())) {
            String head = "GET /shop/soak?kind=" + kind + "&id=" + id + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
            client.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            if (random.nextBoolean()) {
                client.setSoLinger(true, 0); // a reset
            }
        }
        aborted.incrementAndGet();
    }

    private void odd(String answer) {
        if (oddAnswers.incrementAndGet() <= MOST_ODD) {
            odd.add(answer);
        }
    }

    private static List<String> kinds(Object... kindsAndWeights) {
        List<String> kinds = new ArrayList<>();
        for (int i = 0; i < kindsAndWeights.length; i += 2) {
            for (int times = 0; times < (Integer) kindsAndWeights[i + 1]; times++) {
                kinds.add((String) kindsAndWeights[i]);
            }
        }
        return kinds;
    }
}
