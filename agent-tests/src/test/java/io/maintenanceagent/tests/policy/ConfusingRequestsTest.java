package io.maintenanceagent.tests.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.maintenanceagent.tests.harness.Await;
import io.maintenanceagent.tests.harness.Cell;
import io.maintenanceagent.tests.harness.ConfusingRequest;
import io.maintenanceagent.tests.harness.LetThrough;
import io.maintenanceagent.tests.harness.Project;
import io.maintenanceagent.tests.harness.Refusal;
import io.maintenanceagent.tests.harness.ServerProcess;
import io.maintenanceagent.tests.harness.StateFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
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

    private static final Duration FLIP_LIMIT = Duration.ofSeconds(20);

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

    /** What the server cannot read is refused, or answered by the server with 400; it is no fault of the server. */
    @Test
    void whatTheServerCannotRead_isNoFault() {
        List<String> wrong = new ArrayList<>();
        try {
            state.write("on");
            Await.until(
                    FLIP_LIMIT,
                    () -> "not refused",
                    () -> Refusal.refuses(server.http().get("/shop/greeting")));
            for (String target : List.of("/shop/greeting | Host: a_b", "/ | Host: [x", "/a b", "/shop/a b | Host: *")) {
                for (String method : List.of("GET", "HEAD", "POST")) {
                    String answer = new ConfusingRequest("hosts", method + " " + target)
                            .send(server.http().port());
                    if (!answer.startsWith("HTTP/1.1 503") && !answer.startsWith("HTTP/1.1 400")) {
                        wrong.add(method + " " + target + " got "
                                + answer.lines().findFirst().orElse("nothing"));
                    }
                }
            }
        } finally {
            state.write("off");
        }
        assertEquals(List.of(), wrong);
    }
}
