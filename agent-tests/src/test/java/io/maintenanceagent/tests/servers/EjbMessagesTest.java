package io.maintenanceagent.tests.servers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.tests.harness.Await;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A message-driven bean on real servers, with the broker that they bring; with the profile {@code work} only. */
final class EjbMessagesTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    static Stream<BeansServer> servers() {
        return BeansServer.tried().filter(BeansServer::hasBroker);
    }

    private static List<String> send(RunningServer server, String name, int count) {
        List<String> names = IntStream.range(0, count).mapToObj(i -> name + i).toList();
        names.forEach(
                one -> assertEquals(200, server.http().get("/shop/do/" + one).status()));
        return names;
    }

    private static List<String> handled(RunningServer server) {
        return server.ran().stream()
                .filter(line -> line.startsWith("ran "))
                .map(line -> line.split(" ")[1])
                .sorted()
                .toList();
    }

    private static void awaitHandled(RunningServer server, List<String> names) {
        Await.until(
                LIMIT,
                () -> names + " are not in " + server.ran(),
                () -> handled(server).containsAll(names));
    }

    private static void awaitReport(RunningServer server, String part) {
        Await.until(
                LIMIT,
                () -> "no " + part + " in " + server.report(),
                () -> server.report().contains(part));
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("servers")
    void bean_inMaintenance_getsNothing(BeansServer kind) {
        try (RunningServer server = kind.startMessages()) {
            server.state().write("off");
            awaitHandled(server, send(server, "before", 3));
            send(server, "slow-300", 1);
            Await.until(LIMIT, () -> server.ran().toString(), () -> server.ran().contains("begins slow-3000"));
            server.state().write("on");
            awaitReport(server, "\"maintenance\":true");
            assertTrue(server.report().contains("\"drained\":false"), server::report);
            assertTrue(server.report().contains("messages.Orders"), server::report);
            awaitReport(server, "\"drained\":true");
            assertTrue(handled(server).contains("slow-3000"), "drained before it was handled");
            List<String> meanwhile = send(server, "meanwhile", 5);
            List<String> before = server.ran();
            Await.holds(
                    Duration.ofMillis(2500),
                    () -> server.ran().toString(),
                    () -> server.ran().equals(before));
            server.state().write("off");
            awaitHandled(server, meanwhile);
            List<String> all = handled(server);
            assertEquals(all.stream().distinct().toList(), all, "nothing is handled twice");
            assertEquals(9, all.size(), all::toString);
        }
    }
}
