package io.maintenanceagent.tests.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.tests.harness.Await;
import io.maintenanceagent.tests.harness.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** In every outage of the server the last known state stays, requests are answered, and one line reports it. */
final class RedisOutageTest {

    private static Redis redis;
    private static RedisShop shop;
    private int before;

    @BeforeAll
    static void start() {
        redis = Redis.running();
        shop = RedisShop.open(redis.uri("state"));
    }

    @AfterAll
    static void stop() {
        shop.close();
        redis.close();
    }

    @BeforeEach
    void on() {
        redis.send("SET", "state", "on");
        shop.awaitRefusing();
        before = shop.lines().size();
    }

    @Test
    void server_killed_keepsTheState() {
        redis.kill();
        shop.awaitOnlyLine(before, "/0?key=state cannot be reached (");
        Await.holds(Duration.ofMillis(1500), () -> "the state changed", shop::refuses);
        shop.awaitOnlyLine(before, "; the last known state stays");

        redis.start();
        shop.awaitOnlyLine(before + 1, "has lost the key in a restart");
        Await.holds(Duration.ofMillis(600), () -> "the state changed", shop::refuses);
        redis.send("SET", "state", "off");
        shop.awaitServing();
        assertEquals(before + 2, shop.lines().size(), () -> shop.lines().toString());
        redis.send("SET", "state", "on");
        shop.awaitRefusing();
    }

    @Test
    void server_paused_keepsTheState() {
        redis.pause();
        AtomicInteger requests = new AtomicInteger();
        try {
            Await.holds(Duration.ofMillis(2500), () -> "the state changed", () -> {
                requests.incrementAndGet();
                return shop.refuses();
            });
        } finally {
            redis.resume();
        }
        shop.awaitOnlyLine(before, "cannot be reached (no answer in time)");
        assertTrue(requests.get() > 10, () -> "requests wait for the server, a second each: " + requests);

        redis.send("SET", "state", "off");
        shop.awaitServing();
        redis.send("SET", "state", "on");
        shop.awaitRefusing();
        assertEquals(before + 1, shop.lines().size(), () -> shop.lines().toString());
    }

    @Test
    void server_restartedUnderLoad_keepsTheState() throws InterruptedException {
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger refused = new AtomicInteger();
        Queue<Object> others = new ConcurrentLinkedQueue<>();
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Thread client = new Thread(() -> {
                while (!over.get()) {
                    try {
                        Refusal.DEFAULT.assertAnswers(RedisShop.PROBE, shop.ask());
                        refused.incrementAndGet();
                    } catch (RuntimeException | AssertionError e) {
                        others.add(e);
                    }
                }
            });
            client.start();
            clients.add(client);
        }
        for (int i = 0; i < 3; i++) {
            long said = losses();
            redis.kill();
            redis.start();
            Await.until(RedisShop.LIMIT, () -> "not noticed: " + shop.lines(), () -> losses() > said);
            redis.send("SET", "state", "on");
            int readings = readings();
            Await.until(RedisShop.LIMIT, () -> "not read", () -> readings() > readings + 1);
        }
        over.set(true);
        for (Thread client : clients) {
            client.join();
        }
        assertEquals(List.of(), List.copyOf(others));
        assertTrue(refused.get() > 20, refused::toString);
        redis.send("SET", "state", "off");
        shop.awaitServing();
    }

    @Test
    void server_absentAtTheStart_isFollowedLater() {
        try (Redis late = Redis.stopped();
                RedisShop other = RedisShop.open(late.uri("state"))) {
            other.awaitOnlyLine(
                    0,
                    "cannot be reached (Connection refused); the environment variable MAINTENANCE_MODE decides: it says"
                            + " nothing, so maintenance is off");
            assertFalse(other.refuses());
            late.start();
            late.send("SET", "state", "on");
            other.awaitRefusing();
            assertEquals(1, other.lines().size(), () -> other.lines().toString());
        }
    }

    /** The environment variable decides while the state is unknown. */
    @Test
    void server_absentAtTheStart_environmentVariableDecides() {
        try (Redis late = Redis.stopped();
                RedisShop other =
                        RedisShop.open(late.uri("state"), command -> command.environment("MAINTENANCE_MODE", "on"))) {
            other.awaitOnlyLine(0, "; the environment variable MAINTENANCE_MODE decides: it says on");
            assertTrue(other.refuses());
            late.start();
            late.send("SET", "state", "off");
            other.awaitServing();
            assertEquals(1, other.lines().size(), () -> other.lines().toString());
        }
    }

    @Test
    void server_emptied_keepsTheStateAndIsReported() {
        redis.send("SET", "state", "");
        shop.awaitOnlyLine(before, "is empty and says nothing; the last known state stays");
        Await.holds(Duration.ofMillis(600), () -> "the state changed", shop::refuses);
        redis.send("SET", "state", "off");
        shop.awaitServing();
        assertEquals(before + 1, shop.lines().size(), () -> shop.lines().toString());
    }

    private static long losses() {
        return shop.lines().stream()
                .filter(line -> line.contains("has lost the key"))
                .count();
    }

    /** How often the server was asked for the key. */
    private static int readings() {
        Matcher calls = Pattern.compile("cmdstat_getrange:calls=(\\d+)").matcher(redis.send("INFO", "commandstats"));
        return calls.find() ? Integer.parseInt(calls.group(1)) : 0;
    }
}
