package io.maintenanceagent.tests.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.maintenanceagent.tests.harness.Await;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Passwords: with the right one the state is followed; a wrong one is reported, and never shown. */
final class RedisLoginTest {

    private static final String PASSWORD = "s3cr:t/%";

    @Test
    void login_rightThenWrong_keepsTheState() {
        try (Redis redis = Redis.running()) {
            redis.send("ACL", "SETUSER", "shop", "on", ">" + PASSWORD, "~state*", "&*", "+@all");
            redis.send("SET", "state", "on");
            String uri = redis.uri("state").replace("//", "//shop:s3cr%3At%2F%25@");
            try (RedisShop shop = RedisShop.open(uri)) {
                shop.awaitRefusing();
                redis.send("ACL", "SETUSER", "shop", "resetpass", ">another");
                redis.send("CLIENT", "KILL", "USER", "shop");
                shop.awaitOnlyLine(0, redis.uri("state") + " refuses access (WRONGPASS ");
                Await.holds(Duration.ofMillis(600), () -> "the state changed", shop::refuses);
                redis.send("ACL", "SETUSER", "shop", ">" + PASSWORD);
                redis.send("SET", "state", "off");
                shop.awaitServing();
                assertEquals(1, shop.lines().size(), () -> shop.lines().toString());
                assertFalse(shop.server().process().toString().contains("s3cr"));
            }
        }
    }

    /** They are enough: nothing is denied, on the way from the first reading to a report that is withdrawn. */
    @Test
    void login_documentedRights_areEnough() throws IOException {
        DocumentedUser user = DocumentedUser.of("state");
        try (Redis redis = Redis.running(user.serverOptions());
                RedisShop shop = RedisShop.open(user.uri(redis.uri("state")))) {
            try (AgentStore store = AgentStore.open(user.uri(redis.uri("state")))) {
                store.write("on");
                shop.awaitRefusing();
                Await.until(
                        Duration.ofSeconds(30),
                        () -> "no report",
                        () -> store.instances().size() == 1);
                store.write(null);
                shop.awaitServing();
            }
            assertEquals("[]", redis.send("ACL", "LOG"));
            assertEquals(List.of(), shop.lines());
            assertFalse(shop.server().process().toString().contains("s3cret"));
        }
    }

    @Test
    void badUri_isReportedWithoutThePassword() {
        try (RedisShop shop = RedisShop.open("redis://shop:s3cret@127.0.0.1/0?keys=state")) {
            shop.awaitOnlyLine(0, "allowed: redis://[[USER]:PASSWORD@]HOST");
            assertFalse(shop.refuses());
            assertFalse(shop.server().process().toString().contains("s3cret"));
        }
    }
}
