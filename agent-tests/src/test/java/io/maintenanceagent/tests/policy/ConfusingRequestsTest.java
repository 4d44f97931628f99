package io.maintenanceagent.tests.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.maintenanceagent.tests.harness.Cell;
import io.maintenanceagent.tests.harness.LetThrough;
import io.maintenanceagent.tests.harness.Project;
import io.maintenanceagent.tests.harness.ServerProcess;
import io.maintenanceagent.tests.harness.StateFile;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** No confusing request reaches the protected servlet: a part of what the server matrix sends. */
@ParameterizedClass(name = "{0}")
@MethodSource("io.maintenanceagent.tests.harness.Cell#running")
final class ConfusingRequestsTest {

    private static ServerProcess server;
    private static StateFile state;
    private static StateFile policy;

    @SuppressWarnings("unused") // says which server is started below
    ConfusingRequestsTest(Cell cell) {}

    @BeforeParameterizedClassInvocation
    static void open(Cell cell) {
        Path files = Project.newDirectory("confusing");
        state = new StateFile(files.resolve("maintenance.mode"));
        policy = new StateFile(files.resolve("policy.json"));
        policy.write("{}");
        server = ServerProcess.start(
                cell, command -> command.agent("file=" + state.path() + ",policy=" + policy.path()));
    }

    @AfterParameterizedClassInvocation
    static void close() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"EXEMPTIONS", "FORCED_PATH", "SCOPED_HOST", "READ_ONLY"})
    void confusingRequest_reachesNoServlet(LetThrough maintenance) {
        assertEquals(List.of(), maintenance.reached(server.http(), state, policy, 3));
    }
}
