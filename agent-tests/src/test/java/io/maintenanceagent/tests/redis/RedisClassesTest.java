package io.maintenanceagent.tests.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.tests.harness.Await;
import io.maintenanceagent.tests.harness.Certificate;
import io.maintenanceagent.tests.harness.HelloJvm;
import io.maintenanceagent.tests.harness.JavaProcess;
import io.maintenanceagent.tests.harness.Jdk;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The classes that the store and its client load: none of what it does not use. */
final class RedisClassesTest {

    private static final String CLIENT = "io.maintenanceagent.store.redis.";

    /** Of sentinels and clusters. */
    private static final List<String> OTHERS = List.of("Sentinel", "Cluster", "EpochGuard", "HashSlot");

    private static final List<String> FORBIDDEN =
            List.of("java.util.logging.", "java.lang.management.", "javax.management.", "com.sun.jmx.");
    private static final Duration LIMIT = Duration.ofSeconds(20);

    static List<Jdk> jdks() {
        return Jdk.runningAndNewest();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void redisStore_initialisesNeitherLoggingNorManagement(Jdk jdk) throws IOException {
        Certificate certificate = Certificate.of("ip:127.0.0.1");
        int port = Redis.freePort();
        try (Redis redis = Redis.running(certificate.serverOptions(port, false))) {
            HelloJvm jvm = new HelloJvm(jdk, "store=rediss://127.0.0.1:" + port, 20_000);
            certificate.trustedBy(jvm.command());
            try (JavaProcess process = jvm.command().start()) {
                Await.until(
                        LIMIT,
                        process::toString,
                        () -> redis.send("CLIENT", "LIST").contains(" sub=2 "));
                assertEquals(List.of(), process.stderr().lines());
            }
            List<String> classes = jvm.loaded(List.of(CLIENT));
            assertTrue(classes.contains(CLIENT + "RedisConnection"), classes::toString);
            assertEquals(
                    List.of(),
                    classes.stream()
                            .filter(name -> OTHERS.stream().anyMatch(other -> name.startsWith(CLIENT + other)))
                            .toList());
            assertEquals(List.of(), jvm.loaded(FORBIDDEN));
        }
    }
}
