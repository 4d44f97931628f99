package io.maintenanceagent.tests.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.maintenanceagent.tests.harness.JavaCommand;
import io.maintenanceagent.tests.harness.JavaProcess;
import io.maintenanceagent.tests.harness.Jdk;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A security manager that forbids the agent nearly everything, as the JDK's own does without a policy. */
final class SecurityManagerTest {

    @Test
    void theApplicationStartsAllTheSame() {
        assumeTrue(Jdk.running().feature() < 24, "there is no security manager any more");
        JavaCommand command = new JavaCommand(Jdk.running(), "security-manager")
                .agent(null)
                .option("-Djava.security.manager")
                .classPath(List.of(Programs.classes()))
                .main("Hello");
        try (JavaProcess process = command.start()) {
            assertEquals(0, process.awaitExit(Duration.ofSeconds(20)), process::toString);
            assertEquals(List.of("HELLO"), process.stdout().lines());
            assertEquals(1, process.stderr().lines(line -> line.startsWith("maintenance-agent: ")).size(), process::toString);
        }
    }
}
