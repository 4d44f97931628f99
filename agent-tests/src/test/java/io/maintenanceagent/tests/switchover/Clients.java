package io.maintenanceagent.tests.switchover;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** Clients that send requests at a steady rate, whether the others have been answered or not. Close them. */
final class Clients implements AutoCloseable {

    /** An answer; the status is 0 if there was none. */
    record Answer(long sentNanos, long millis, int status) {}

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(30))
            .build();
    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(1);
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final AtomicInteger open = new AtomicInteger();
    private final int aSecond;

    /** Sends so many a second, until it is closed. */
    Clients(String uri, int aSecond) {
        this.aSecond = aSecond;
        long between = TimeUnit.SECONDS.toNanos(1) / aSecond;
        HttpRequest request = HttpRequest.newBuilder(URI.create(uri))
                .timeout(Duration.ofSeconds(60))
                .build();
        clock.scheduleAtFixedRate(() -> send(request), 0, between, TimeUnit.NANOSECONDS);
    }

    private void send(HttpRequest request) {
        long sent = System.nanoTime();
        open.incrementAndGet();
        client.sendAsync(request, BodyHandlers.ofString()).whenComplete((response, fault) -> {
            answers.add(new Answer(
                    sent,
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - sent),
                    response == null ? 0 : response.statusCode()));
            open.decrementAndGet();
        });
    }

    /**
     * Waits until the server keeps up, as one does that has been running for long: for eight seconds no more than a
     * tenth of a second's requests are open. Gives up after two minutes.
     */
    void settle() throws InterruptedException {
        for (int i = 0, calm = 0; i < 1200 && calm < 80; i++) {
            Thread.sleep(100);
            calm = open.get() <= aSecond / 10 ? calm + 1 : 0;
        }
    }

    /** Sends no more, and waits for those that are open. */
    Queue<Answer> end() throws InterruptedException {
        clock.shutdown();
        clock.awaitTermination(10, TimeUnit.SECONDS);
        for (int i = 0; i < 700 && open.get() > 0; i++) {
            Thread.sleep(100);
        }
        return answers;
    }

    /** Those of requests that were sent after a moment. */
    static Queue<Answer> since(long nanos, Queue<Answer> answers) {
        return answers.stream()
                .filter(answer -> answer.sentNanos() - nanos > 0)
                .collect(Collectors.toCollection(ArrayDeque::new));
    }

    static Map<Integer, Integer> statuses(Queue<Answer> answers) {
        Map<Integer, Integer> statuses = new TreeMap<>();
        answers.forEach(answer -> statuses.merge(answer.status(), 1, Integer::sum));
        return statuses;
    }

    /** In milliseconds. */
    static long percentile(Queue<Answer> answers, double percent) {
        long[] sorted = answers.stream().mapToLong(Answer::millis).sorted().toArray();
        return sorted.length == 0
                ? 0
                : sorted[(int) Math.min(sorted.length - 1, Math.ceil(sorted.length * percent / 100))];
    }

    static long longest(Queue<Answer> answers) {
        return Arrays.stream(answers.stream().mapToLong(Answer::millis).toArray())
                .max()
                .orElse(0);
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
