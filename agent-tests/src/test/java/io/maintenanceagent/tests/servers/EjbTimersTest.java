package io.maintenanceagent.tests.servers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.maintenanceagent.tests.harness.Await;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Timers of beans on real servers: those of annotations, and all kinds that an application makes by itself. */
@ParameterizedClass(name = "{0}", allowZeroInvocations = true)
@MethodSource("io.maintenanceagent.tests.servers.BeansServer#tried")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class EjbTimersTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final List<String> REPEATING =
            List.of("schedule", "schedules", "interval", "calendar", "persistent-interval", "persistent-calendar");

    private static BeansServer kind;
    private static RunningServer server;

    @BeforeParameterizedClassInvocation
    static void start(BeansServer parameter) {
        kind = parameter;
        server = kind.startTimers();
        server.policy().write("{}");
        server.state().write("off");
    }

    @AfterParameterizedClassInvocation
    static void close() {
        server.close();
    }

    @AfterAll
    static void nothing() {
        server = null;
    }

    EjbTimersTest(BeansServer parameter) {
        // what the class is run for again and again; the server is there for all tests
    }

    private static boolean isTried(String name) {
        return kind.keepsTimers() || !name.startsWith("persistent");
    }

    private static void tell(String command) {
        assertEquals(200, server.http().get("/shop/do/" + command).status(), command);
    }

    private static long count(String name) {
        return server.ran().stream()
                .filter(line -> line.startsWith("ran " + name + " "))
                .count();
    }

    /** Waits until it has run so many times more. */
    private static void awaitRuns(String name, int more) {
        long before = count(name);
        Await.until(LIMIT, () -> name + " does not run: " + server.ran(), () -> count(name) >= before + more);
    }

    private static void awaitReport(String part) {
        Await.until(
                LIMIT,
                () -> "no " + part + " in " + server.report(),
                () -> server.report().contains(part));
    }

    private static void off() {
        server.state().write("off");
        awaitReport("\"maintenance\":false");
    }

    private static void maintenance() {
        server.state().write("on");
        awaitReport("\"maintenance\":true");
        awaitReport("\"drained\":true");
    }

    @Test
    @Order(1)
    void maintenance_skipsTicksAndHoldsWhatIsToRunOnce() {
        REPEATING.stream()
                .filter(EjbTimersTest::isTried)
                .filter(name -> name.endsWith("interval") || name.endsWith("calendar"))
                .forEach(name -> tell((name.endsWith("interval") ? "every/" : "calendar/") + name + "/700"));
        REPEATING.stream().filter(EjbTimersTest::isTried).forEach(name -> awaitRuns(name, 2));
        List<String> once = Stream.of("once-1", "classic-2", "calendar-3", "persistent-4", "persistent-calendar-5")
                .filter(EjbTimersTest::isTried)
                .toList();
        maintenance();
        for (String name : once) {
            String method =
                    name.startsWith("classic") ? "classic" : name.contains("calendar") ? "onceByCalendar" : "once";
            tell(method + "/" + name + "/" + (name.contains("calendar") ? 1500 : 300));
        }
        tell("once/cancelled/100");
        if (kind.showsHeld()) {
            awaitReport("\"held\":" + (once.size() + 1));
        }
        List<String> before = server.ran();
        Await.holds(
                Duration.ofMillis(2500),
                () -> server.ran().toString(),
                () -> server.ran().equals(before));
        tell("cancel/cancelled");
        long end = System.currentTimeMillis();
        off();
        once.forEach(name -> Await.until(LIMIT, () -> name + " is lost: " + server.ran(), () -> count(name) == 1));
        REPEATING.stream().filter(EjbTimersTest::isTried).forEach(name -> awaitRuns(name, 2));
        double seconds = (System.currentTimeMillis() - end) / 1000.0;
        List<String> after = server.ran().subList(before.size(), server.ran().size());
        for (String name : REPEATING) {
            long ran = after.stream()
                    .filter(line -> line.startsWith("ran " + name + " "))
                    .count();
            assertTrue(ran <= seconds / 0.7 + 2, name + " ran " + ran + " times in " + seconds + " s: " + after);
        }
        once.forEach(name -> assertEquals(1, count(name), name));
        assertEquals(0, count("cancelled"));
    }

    @Test
    @Order(2)
    void whatRuns_isWaitedFor() {
        tell("once/slow-3000/100");
        Await.until(LIMIT, () -> server.ran().toString(), () -> server.ran().contains("begins slow-3000"));
        server.state().write("on");
        awaitReport("\"maintenance\":true");
        assertTrue(server.report().contains("\"drained\":false"), server::report);
        assertTrue(server.report().contains("beans.Jobs"), server::report);
        awaitReport("\"drained\":true");
        assertEquals(1, count("slow-3000"), "drained before it had run");
        off();
    }

    @Test
    @Order(3)
    void policy_letsOneBeanGoOn() {
        server.policy().replace("{\"rules\": [{\"schedule\": \"beans.Heart*\", \"maintenance\": \"off\"}]}");
        maintenance();
        long before = count("schedule");
        awaitRuns("heartbeat", 3);
        assertEquals(before, count("schedule"));
        off();
        awaitRuns("schedule", 1);
    }

    @Test
    @Order(4)
    void jvmThatDies_hasNotLostWhatItHolds() {
        assumeTrue(kind.keepsTimers());
        server.policy().replace("{}");
        maintenance();
        tell("once/persistent-held/100");
        awaitReport("\"held\":1");
        server = server.again();
        awaitReport("\"held\":1");
        assertEquals(0, count("persistent-held"));
        off();
        Await.until(LIMIT, () -> server.ran().toString(), () -> count("persistent-held") == 1);
        awaitRuns("persistent-calendar", 2);
        assertEquals(1, count("persistent-held"));
    }

    @Test
    @Order(5)
    void agent_saysNothing() {
        assertFalse(server.lines(line -> line.contains("maintenance-agent") && !line.contains("-javaagent:")).stream()
                .anyMatch(line -> line.contains("could not")));
    }
}
