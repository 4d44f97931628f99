package io.maintenanceagent.tests.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.maintenanceagent.tests.cli.Cli;
import io.maintenanceagent.tests.harness.Await;
import io.maintenanceagent.tests.harness.JavaCommand;
import io.maintenanceagent.tests.harness.JavaProcess;
import io.maintenanceagent.tests.harness.Jdk;
import io.maintenanceagent.tests.harness.Project;
import io.maintenanceagent.tests.harness.Sources;
import io.maintenanceagent.tests.harness.StateFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Calls of all four kinds, on Netty and in process. */
final class GrpcTest {

    private static final String POLICY = """
            {"rules": [{"path": "/shop.Orders/Open", "method": ["POST"], "maintenance": "off"}],
             "exempt": {"headers": {"X-Admin-Key": "a-key-of-the-administrators"}},
             "response": {"headers": {"X-Maintenance": "on"}}}""";

    private static final String REFUSED = "UNAVAILABLE Service temporarily unavailable due to maintenance 3600000 on";

    private final StateFile state;
    private final StateFile policy;
    private final Path files = Project.newDirectory("grpc");

    GrpcTest() {
        state = new StateFile(files.resolve("maintenance.mode"));
        policy = new StateFile(files.resolve("policy.json"));
        state.write("off");
        policy.write(POLICY);
    }

    /** A version of gRPC, and a transport. */
    record On(String version, String transport) {}

    /** The newest version, and in the profile of that name the others as well. */
    static Stream<On> all() {
        List<String> versions = Boolean.getBoolean("frameworks")
                ? List.of("grpc", "grpc-1.60", "grpc-1.40", "grpc-1.20")
                : List.of("grpc");
        return versions.stream().flatMap(version -> Stream.of(new On(version, "netty"), new On(version, "process")));
    }

    private String options() {
        return "file=" + state.path() + ",policy=" + policy.path();
    }

    private JavaCommand command(On on, String... arguments) {
        Path classes = files.resolve("classes");
        List<Path> jars = Project.serverJars(on.version);
        new Sources(Project.sources("launchers"))
                .compile(17, List.of("GrpcLauncher.java", "GrpcWaves.java"), text -> text, jars, classes);
        List<Path> classPath = new ArrayList<>(List.of(classes));
        classPath.addAll(jars);
        List<String> all = new ArrayList<>(List.of(state.path().toString(), on.transport));
        all.addAll(List.of(arguments));
        return new JavaCommand(Jdk.running(), files)
                .option("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m")
                .classPath(classPath)
                .main("GrpcLauncher", all.toArray(new String[0]));
    }

    private static List<String> agentLines(JavaProcess process) {
        return process.stderr().lines(line -> line.startsWith("maintenance-agent"));
    }

    /** A server that was running before, with a channel and a stream that were open. */
    @Test
    void agent_comesAndGoes_openStreamFinishes() {
        Cli cli = new Cli();
        try (JavaProcess process = command(new On("grpc", "netty"), "watch").start()) {
            awaitLines(process, "now: Served a");
            state.write("on");
            String pid = Long.toString(process.pid());
            cli.run("attach", pid, options()).done();
            awaitLines(process, "now: Served a", "now: " + REFUSED, "open stream: late");
            state.write("off");
            awaitLines(process, "now: Served a", "now: " + REFUSED, "open stream: late", "now: Served a");
            state.write("on");
            Await.until(
                    CoreServer.LIMIT,
                    process::toString,
                    () -> process.stdout().lines().size() == 5);
            cli.run("detach", pid).done();
            Await.until(
                    CoreServer.LIMIT,
                    process::toString,
                    () -> process.stdout().lines().size() == 6);
            assertEquals("now: Served a", process.stdout().lines().get(5));
            assertEquals(List.of(), agentLines(process));
        }
    }

    private static void awaitLines(JavaProcess process, String... lines) {
        Await.until(
                CoreServer.LIMIT,
                process::toString,
                () -> process.stdout().lines().equals(List.of(lines)));
    }

    /** A thousand calls: see {@link ManyRequestsTest}. */
    @ParameterizedTest
    @MethodSource("all")
    void manyCalls_nothingLeftAndNothingEarly(On on) {
        assumeTrue(Boolean.getBoolean("frameworks"), "by the profile frameworks");
        try (JavaProcess process = command(on, "17").agent(options()).start()) {
            assertEquals(0, process.awaitExit(CoreServer.LIMIT.multipliedBy(6)), process::toString);
            assertEquals(
                    List.of("left: 0", "cancelled: true", "error: null", "END"),
                    process.stdout().lines());
            assertEquals(List.of(), agentLines(process));
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void calls_areRefusedByTheRulesAndDrained(On on) {
        try (JavaProcess process = command(on).agent(options()).start()) {
            assertEquals(0, process.awaitExit(CoreServer.LIMIT.multipliedBy(3)), process::toString);
            assertEquals(
                    List.of(
                            "before: Served a",
                            "running: 8",
                            "counted: 9",
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
            assertEquals(List.of(), agentLines(process));
        }
    }
}
