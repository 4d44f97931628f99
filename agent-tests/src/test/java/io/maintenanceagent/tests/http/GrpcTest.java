package io.maintenanceagent.tests.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.maintenanceagent.tests.harness.JavaCommand;
import io.maintenanceagent.tests.harness.JavaProcess;
import io.maintenanceagent.tests.harness.Jdk;
import io.maintenanceagent.tests.harness.Project;
import io.maintenanceagent.tests.harness.Sources;
import io.maintenanceagent.tests.harness.StateFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls of all four kinds, on Netty and in process. */
final class GrpcTest {

    private static final String POLICY = """
            {"rules": [{"path": "/shop.Orders/Open", "method": ["POST"], "maintenance": "off"}],
             "exempt": {"headers": {"X-Admin-Key": "a-key-of-the-administrators"}}}""";

    private static final String REFUSED = "UNAVAILABLE Service temporarily unavailable due to maintenance 3600000";

    @ParameterizedTest
    @ValueSource(strings = {"netty", "process"})
    void calls_areRefusedByTheRulesAndDrained(String transport) {
        Path files = Project.newDirectory("grpc");
        StateFile state = new StateFile(files.resolve("maintenance.mode"));
        StateFile policy = new StateFile(files.resolve("policy.json"));
        state.write("off");
        policy.write(POLICY);
        Path classes = files.resolve("classes");
        List<Path> jars = Project.serverJars("grpc");
        new Sources(Project.sources("launchers"))
                .compile(17, List.of("GrpcLauncher.java"), text -> text, jars, classes);
        List<Path> classPath = new ArrayList<>(List.of(classes));
        classPath.addAll(jars);
        try (JavaProcess process = new JavaCommand(Jdk.running(), files)
                .option("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m")
                .classPath(classPath)
                .agent("file=" + state.path() + ",policy=" + policy.path())
                .main("GrpcLauncher", state.path().toString(), transport)
                .start()) {
            assertEquals(0, process.awaitExit(CoreServer.LIMIT.multipliedBy(3)), process::toString);
            assertEquals(
                    List.of(
                            "before: Served a",
                            "running: 8",
                            "refused shop.Orders/Get: " + REFUSED,
                            "refused shop.Orders/List: " + REFUSED,
                            "refused shop.Orders/Put: " + REFUSED,
                            "refused shop.Orders/Chat: " + REFUSED,
                            "unknown: " + REFUSED,
                            "open: Served a",
                            "health: Served a",
                            "administrator: Served a",
                            "cancelled: CANCELLED",
                            "late: DEADLINE_EXCEEDED",
                            "without these: 6",
                            "left: CANCELLED",
                            "its handler goes on: 6",
                            "blocked: Served block",
                            "streams: 4",
                            "completed: late",
                            "completed: first late",
                            "completed: late",
                            "completed: late",
                            "none: 0",
                            "drained: true",
                            "after many: 0",
                            "error: null",
                            "END"),
                    process.stdout().lines());
            assertEquals(List.of(), process.stderr().lines(line -> line.startsWith("maintenance-agent")));
        }
    }
}
