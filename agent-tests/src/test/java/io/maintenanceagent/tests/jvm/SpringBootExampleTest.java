package io.maintenanceagent.tests.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.maintenanceagent.tests.harness.Await;
import io.maintenanceagent.tests.harness.Http;
import io.maintenanceagent.tests.harness.JavaCommand;
import io.maintenanceagent.tests.harness.JavaProcess;
import io.maintenanceagent.tests.harness.Jdk;
import io.maintenanceagent.tests.harness.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The example's executable jar, started with the agent, and with the agent in it. */
final class SpringBootExampleTest {

    private static final Path EXAMPLE =
            Project.sources("../../examples/spring-boot").normalize();
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Test
    void startedWithTheAgent_isSwitched() throws IOException {
        JavaCommand command = new JavaCommand(Jdk.running(), "spring-boot");
        assertSwitched(command.agent("file=maintenance.mode"), jar("orders.jar"));
    }

    @Test
    void carryingTheAgent_isSwitched() throws Exception {
        jar("orders.jar");
        Path script = EXAMPLE.resolve("with-agent");
        Process process = new ProcessBuilder(script.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0, script.toString());
        JavaCommand command = new JavaCommand(Jdk.running(), "spring-boot-with-agent");
        assertSwitched(command, jar("orders-with-agent.jar"));
    }

    private static Path jar(String name) {
        Path jar = EXAMPLE.resolve("target").resolve(name);
        assumeTrue(Files.exists(jar), "examples/spring-boot was not built; mvn verify builds it");
        return jar;
    }

    private static void assertSwitched(JavaCommand command, Path jar) throws IOException {
        command.option("-XX:TieredStopAtLevel=1", "-Xmx256m").jar(jar, "--server.port=0", "--server.address=127.0.0.1");
        try (JavaProcess process = command.start()) {
            String port =
                    process.awaitStdout("Tomcat started on port (\\d+)", LIMIT).group(1);
            Http http = new Http(Integer.parseInt(port));
            assertEquals(200, http.get("/orders").status());
            Files.writeString(command.directory().resolve("maintenance.mode"), "on\n");
            Await.until(LIMIT, process::toString, () -> http.get("/orders").status() == 503);
            Files.writeString(command.directory().resolve("maintenance.mode"), "off\n");
            Await.until(LIMIT, process::toString, () -> http.get("/orders").status() == 200);
        }
    }
}
