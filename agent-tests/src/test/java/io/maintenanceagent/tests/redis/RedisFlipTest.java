package io.maintenanceagent.tests.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.maintenanceagent.tests.harness.Await;
import io.maintenanceagent.tests.harness.Refusal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A state under the key is enforced, whichever client writes it; what is no state changes nothing. */
final class RedisFlipTest {

    private static final int ROUNDS = 5;
    private static final Duration A_WHILE = Duration.ofMillis(700);

    private static Redis redis;
    private static RedisShop shop;
    private int before;

    @BeforeAll
    static void start() {
        redis = Redis.running();
        shop = RedisShop.open(redis.uri("shop%20state"));
    }

    @AfterAll
    static void stop() {
        shop.close();
        redis.close();
    }

    @BeforeEach
    void off() {
        redis.send("FLUSHALL");
        set("off");
        shop.awaitServing();
        before = shop.lines().size();
    }

    @AfterEach
    void deletedKey_isFollowed() {
        redis.send("DEL", "shop state");
        shop.awaitServing();
    }

    @Test
    void flip_plainWriter_isEnforced() {
        for (int i = 0; i < ROUNDS; i++) {
            set("on");
            shop.awaitRefusing();
            set("off");
            shop.awaitServing();
        }
        assertSilent();
    }

    @Test
    void flip_announcingWriter_isEnforced() {
        try (AgentStore store = AgentStore.open(redis.uri("shop%20state"))) {
            for (int i = 0; i < ROUNDS; i++) {
                store.write("on");
                shop.awaitRefusing();
                store.write(null);
                shop.awaitServing();
            }
        }
        assertSilent();
    }

    @Test
    void jsonState_isEnforced() {
        set("{\"enabled\": true, \"message\": \"Back at nine\", \"retryAfter\": 77}");
        shop.awaitRefusing();
        Refusal.withDetail("Back at nine", 77).assertAnswers(RedisShop.PROBE, shop.ask());
        assertSilent();
    }

    @Test
    void deletedKey_isOff() {
        set("on");
        shop.awaitRefusing();
        redis.send("FLUSHALL");
        shop.awaitServing();
        assertSilent();
    }

    @Test
    void expiredKey_isOff() {
        redis.send("SET", "shop state", "on", "PX", "3000");
        shop.awaitRefusing();
        shop.awaitServing();
        assertSilent();
    }

    @Test
    void keyOfAnotherType_keepsTheState() {
        set("on");
        shop.awaitRefusing();
        redis.send("LPUSH", "a list", "off");
        redis.send("RENAME", "a list", "shop state");
        shop.awaitOnlyLine(before, "holds something else than a string");
        Await.holds(A_WHILE, () -> "the state changed", shop::refuses);
        shop.awaitOnlyLine(before, "holds something else than a string");
    }

    @Test
    void tooLargeValue_keepsTheState() {
        set("on");
        shop.awaitRefusing();
        set("off" + " ".repeat(2 * 1024 * 1024));
        shop.awaitOnlyLine(before, "1 MiB");
        Await.holds(A_WHILE, () -> "the state changed", shop::refuses);
        shop.awaitOnlyLine(before, "1 MiB");
    }

    @Test
    void emptyValue_keepsTheState() {
        set("on");
        shop.awaitRefusing();
        set("");
        Await.holds(A_WHILE, () -> "the state changed", shop::refuses);
        assertSilent();
    }

    @Test
    void instance_isListed() {
        try (AgentStore store = AgentStore.open(redis.uri("shop%20state"))) {
            set("on");
            Await.until(RedisShop.LIMIT, () -> "listed: " + store.instances(), () -> {
                List<String> reports = List.copyOf(store.instances().values());
                return reports.size() == 1 && reports.get(0).contains("\"enabled\":true");
            });
            assertEquals("1", redis.send("ZCARD", "shop state:instances"));
        }
    }

    private static void set(String content) {
        assertEquals("OK", redis.send("SET", "shop state", content));
    }

    private void assertSilent() {
        assertEquals(before, shop.lines().size(), () -> shop.lines().toString());
    }
}
