package io.maintenanceagent.tests.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.tests.harness.JavaCommand;
import io.maintenanceagent.tests.harness.JavaProcess;
import io.maintenanceagent.tests.harness.Jdk;
import io.maintenanceagent.tests.harness.Project;
import io.maintenanceagent.tests.harness.Server;
import io.maintenanceagent.tests.harness.Sources;
import io.maintenanceagent.tests.harness.TestApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;

/** Applications that come and go in one server, whose classes the agent must not keep. */
final class RedeployTest {

    private static final Server SERVER = Server.TOMCAT_11;
    private static final int TIMES = 100;

    @Test
    void noClassLoaderIsKept() throws IOException {
        Path classes = Project.newDirectory("redeploy-launcher");
        new Sources(Project.sources("launchers"))
                .compile(17, List.of("RedeployLauncher.java"), text -> text, SERVER.jars(), classes);
        List<Path> classPath = new ArrayList<>(List.of(classes));
        classPath.addAll(SERVER.jars());

        JavaCommand command = new JavaCommand(Jdk.running(), "redeploy");
        Path policy = Files.writeString(command.directory().resolve("policy.json"), """
                {"rules": [
                  {"annotation": "shop.AlwaysOpen", "maintenance": "off"},
                  {"servlet": "shop.LargeServlet", "maintenance": "on"},
                  {"path": "/shop/raw", "maintenance": "on"}
                ]}""");
        command.agent("file=maintenance.mode,policy=" + policy)
                .option("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m")
                .classPath(classPath)
                .main(
                        "RedeployLauncher",
                        TestApplication.exploded(SERVER.namespace()).toString(),
                        "/shop",
                        Integer.toString(TIMES),
                        "/greeting",
                        "/notice",
                        "/large",
                        "/raw",
                        "/virtual/x",
                        "/async-dispatch",
                        "/lambda/x");
        try (JavaProcess process = command.start()) {
            Matcher end =
                    process.awaitStdout("^LEFT (\\d+) of (\\d+), 200: (\\d+), 503: (\\d+)$", Duration.ofMinutes(5));
            assertEquals(TIMES, Integer.parseInt(end.group(2)));
            assertEquals(5 * TIMES, Integer.parseInt(end.group(3)), end::group);
            assertEquals(2 * TIMES, Integer.parseInt(end.group(4)), end::group);
            // The last one may be on somebody's stack still.
            assertTrue(Integer.parseInt(end.group(1)) <= 1, end::group);
            assertEquals(List.of(), process.stderr().lines(line -> line.startsWith("maintenance-agent")));
        }
    }
}
