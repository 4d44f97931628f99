package io.maintenanceagent.tests.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.tests.cli.Cli;
import io.maintenanceagent.tests.harness.Await;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What the command line says of replicas. */
final class ReplicaTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Test
    void write_isConfirmedByAReplicaOrSaidToBeUncertain() {
        try (Redis master = Redis.running();
                Redis replica = Redis.running()) {
            replica.send("REPLICAOF", "127.0.0.1", "" + master.port());
            Await.until(
                    LIMIT, () -> master.send("ROLE"), () -> master.send("ROLE").contains("127.0.0.1"));
            Cli cli = new Cli();
            cli.run("on", "--store", master.uri("state")).done();
            assertTrue(replica.send("GET", "state").contains("true"), "confirmed");
            replica.pause();
            try {
                Cli.Outcome uncertain = cli.run("off", "--store", master.uri("state"));
                String risk = master.uri("state") + " has it, but none of its replicas has confirmed it in time";
                uncertain.failed(0, risk);
                Cli.Outcome run = cli.run("run", "--no-wait", "--store", master.uri("state"), "--", "true");
                assertEquals(
                        2,
                        run.err().stream().filter(line -> line.contains(risk)).count(),
                        () -> "of maintenance, and of what was put back: " + run);
            } finally {
                replica.resume();
            }
            assertTrue(master.send("GET", "state").contains("false"), "written all the same");
            assertEquals("[master", master.send("ROLE").split(",")[0]);
        }
    }
}
