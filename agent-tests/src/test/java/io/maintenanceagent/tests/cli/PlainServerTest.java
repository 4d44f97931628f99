package io.maintenanceagent.tests.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.tests.harness.Await;
import io.maintenanceagent.tests.harness.Http;
import io.maintenanceagent.tests.harness.JavaCommand;
import io.maintenanceagent.tests.harness.JavaProcess;
import io.maintenanceagent.tests.harness.Jdk;
import io.maintenanceagent.tests.harness.Project;
import io.maintenanceagent.tests.harness.Sources;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A server whose requests do not go through the agent: nobody may take it for one that refuses them. */
final class PlainServerTest {

    private static final String REASON = "nothing is woven, though this JVM listens on the ports";

    @Test
    void isNeverTakenForQuiet() {
        Cli cli = new Cli();
        Path classes = Project.newDirectory("plain-server");
        new Sources(Project.sources("launchers"))
                .compile(17, List.of("Launcher.java", "PlainServer.java"), text -> text, List.of(), classes);
        JavaCommand command = new JavaCommand(Jdk.running(), "plain-server")
                .agent("app=plain,file=" + cli.file())
                .classPath(List.of(classes))
                .main("PlainServer");
        try (JavaProcess process = command.start()) {
            String port = process.awaitStdout("^READY port=(\\d+)$", Cli.LIMIT).group(1);
            assertEquals(204, new Http(Integer.parseInt(port)).get("/").status());
            Cli.Outcome wait = cli.run("on", "--wait=30s").failed(1, REASON);
            assertTrue(wait.err().get(0).contains("plain on "), wait::toString);
            process.awaitStderr("^maintenance-agent: this JVM does not count as refusing .*" + REASON, Cli.LIMIT);

            String status = cli.run("status").toString();
            assertTrue(status.contains("is not known to refuse requests: " + REASON), status);
            assertTrue(cli.run("status", "--json").toString().contains("\"drained\":false"));
            Await.until(
                    Cli.LIMIT,
                    () -> cli.run("list").toString(),
                    () -> cli.run("list")
                            .toString()
                            .contains("! " + process.pid() + " is not known to refuse requests: " + REASON));
            cli.run("off", "--wait=30s").done();
            List<String> lines = process.stderr().lines(line -> line.startsWith("maintenance-agent"));
            assertEquals(1, lines.size(), lines::toString);
        }
    }
}
