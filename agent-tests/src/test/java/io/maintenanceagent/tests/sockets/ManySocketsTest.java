package io.maintenanceagent.tests.sockets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.tests.embedded.Shop;
import io.maintenanceagent.tests.harness.Await;
import io.maintenanceagent.tests.harness.Cell;
import io.maintenanceagent.tests.harness.Management;
import io.maintenanceagent.tests.harness.ServerProcess;
import io.maintenanceagent.tests.harness.StateFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.management.openmbean.CompositeData;
import org.junit.jupiter.api.Test;

/** Ten thousand WebSockets on Tomcat are closed after the grace, and are counted until they are. */
final class ManySocketsTest {

    private static final int SOCKETS = 10_000;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Test
    void sockets_tenThousand_areClosedAfterTheGrace_andCountedUntilThen() throws Exception {
        Path war = SocketApplication.exploded(Cell.any());
        StateFile policy = SocketApplication.policy("{\"sockets\": \"close\", \"grace\": \"PT3S\"}");
        try (Shop shop = Shop.open(
                        Cell.any(),
                        (command, state) -> command.agent("file=" + state + ",policy=" + policy.path())
                                .option("-Xmx2g", "-Dconnections=20000")
                                .main("TomcatLauncher", war.toString(), ServerProcess.CONTEXT));
                ManySockets clients =
                        new ManySockets(shop.server().http().port(), "/shop/socket", SOCKETS, LIMIT.toNanos())) {
            shop.awaitServing();
            try (Management management = Management.of(shop.server())) {
                AtomicInteger lowest = new AtomicInteger(SOCKETS);
                long begun = System.nanoTime();
                shop.state().write("on");
                shop.awaitRefusing();
                assertEquals(SOCKETS, count(management, "blocking"));
                assertEquals(false, management.get("Drained"));
                clients.awaitEnd(TimeUnit.SECONDS.toNanos(2));
                assertEquals(0, clients.ended(), "within the grace");
                Thread counting = new Thread(() -> {
                    while (lowest.get() > 0) {
                        int open = count(management, "open");
                        lowest.set(open);
                        if (open > 0) {
                            assertEquals(false, management.get("Drained"));
                        }
                    }
                });
                counting.start();
                clients.awaitEnd(LIMIT.toNanos());
                long closed = System.nanoTime();
                assertEquals(Map.of(1012, SOCKETS), clients.codes());
                assertEquals(SOCKETS, clients.ended());
                Await.until(
                        LIMIT,
                        () -> "not drained",
                        () -> management.get("Drained").equals(true));
                long drained = System.nanoTime();
                counting.join(LIMIT.toMillis());
                assertEquals(SOCKETS, count(management, "closed"));
                System.out.printf(
                        "%d sockets, grace 3 s: all closed after %.2f s, drained after %.2f s%n",
                        SOCKETS, (closed - begun) / 1e9, (drained - begun) / 1e9);
                assertTrue(shop.agentLines().isEmpty(), () -> shop.agentLines().toString());
            }
        }
    }

    private static int count(Management management, String what) {
        CompositeData sockets = (CompositeData) management.get("Sockets");
        return sockets == null ? -1 : ((Number) sockets.get(what)).intValue();
    }
}
