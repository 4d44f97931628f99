package io.maintenanceagent.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.cli.state.InstanceReport;
import io.maintenanceagent.instance.InstanceIdentity;
import io.maintenanceagent.state.State;
import io.maintenanceagent.state.StateHash;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code status}, and the progress of instances. */
class StatusTest {

    private static final String ON = StateHash.of(State.of(true));
    private static final String OFF = StateHash.of(State.of(false));

    @TempDir
    Path directory;

    private CommandLineRunner runner;

    @BeforeEach
    void setUp() {
        runner = new CommandLineRunner(directory);
    }

    private static String report(String version, String hash, String more) {
        return "{\"app\":\"shop\",\"host\":\"web1\",\"pid\":4711,\"version\":\"" + version
                + "\",\"source\":\"store\",\"hash\":\"" + hash + "\"," + more + "}";
    }

    @Test
    void status_instances_showsVersionAndSource() {
        runner.write("maintenance.mode", "on");
        runner.report("a", report("0.9", ON, "\"maintenance\":true,\"drained\":true"));
        String out = runner.run("status").done().out();
        assertTrue(out.matches("(?s).*INSTANCE +STATE +BY +IN FLIGHT +REFUSED +VERSION +SINCE\n.*"), out);
        assertTrue(out.matches("(?s).*shop on web1 \\(4711\\) +on +store +\\? +\\? +0\\.9 .*"), out);
        String json = runner.run("status", "--json").done().out();
        assertTrue(json.contains("\"enforces\":true,\"decidedBy\":\"store\",\"version\":\"0.9\""), json);
    }

    @Test
    void status_override_showsHowItEnds() {
        runner.write("maintenance.mode", "off");
        runner.report("a", report("0.9", OFF, "\"maintenance\":true,\"override\":true,\"drained\":true"));
        String out = runner.run("status").done().out();
        assertTrue(out.matches("(?s).*shop on web1 \\(4711\\) +on +override .*"), out);
        assertTrue(out.contains("by a temporary override in that JVM") && out.contains("off --override 4711"), out);
        assertTrue(
                runner.run("status", "--json").done().out().contains("\"enforces\":false,\"decidedBy\":\"override\""));
        String off = StateHash.of(new State.Builder(false).by("x", null).build());
        runner.report("a", report("0.9", off, "\"maintenance\":true,\"override\":true"));
        runner.run("off", "--by", "x", "--wait=1s").failed(1, "in maintenance by a temporary override");
    }

    @Test
    void status_olderAgent_isComparedByWhatItEnforces() {
        String wanted = "{\"enabled\":true,\"message\":\"m\",\"hold\":{\"seconds\":3},\"by\":\"x\"}";
        assertTrue(reported("{\"enabled\":true,\"message\":\"m\",\"by\":\"x\"}").statesAllButUnknown(wanted));
        assertTrue(reported(wanted).statesAllButUnknown(wanted));
        for (String other : new String[] {
            "{\"enabled\":true,\"by\":\"x\"}",
            "{\"enabled\":false,\"message\":\"m\",\"by\":\"x\"}",
            "{\"enabled\":true,\"message\":\"m\",\"paths\":[\"/a\"],\"by\":\"x\"}",
            "{\"enabled\":true,\"message\":\"m\",\"hold\":{\"seconds\":4},\"by\":\"x\"}",
            "7",
        }) {
            assertEquals(false, reported(other).statesAllButUnknown(wanted), other);
        }
    }

    private static InstanceReport reported(String state) {
        return InstanceReport.of("a", ("{\"state\":" + state + "}").getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void wait_olderAgentWithAnotherHash_isDone() {
        runner.write("maintenance.mode", "off");
        String more = "\"state\":{\"enabled\":true,\"by\":\"x\"},\"maintenance\":true,\"drained\":true";
        runner.report("a", report("0.0.1", "of another version", more));
        String out = runner.run("on", "--by", "x", "--wait=9s").done().out();
        assertTrue(out.contains("is in maintenance, and drained"), out);
        runner.report("a", report(InstanceIdentity.agentVersion(), "of this version", more));
        runner.run("on", "--by", "x", "--wait=1s").failed(1, "has not taken the state yet");
    }

    @Test
    void status_instanceWithAFault_saysSinceWhen() {
        runner.write("maintenance.mode", "on");
        String since = Instant.now().minusSeconds(300).toString();
        String more = "\"maintenance\":true,\"drained\":true,\"fault\":\"the store is away\",\"faultSince\":\"" + since;
        runner.report("a", report("0.9", ON, more + "\""));
        String out = runner.run("status").done().out();
        assertTrue(
                out.matches("(?s).*! shop on web1 \\(4711\\): the store is away, since .* \\(5 min ago\\)\n.*"), out);
    }

    @Test
    void status_exitCode_tellsTheState() {
        assertEquals(0, runner.run("status", "--exit-code").code());
        runner.write("maintenance.mode", "on");
        assertEquals(3, runner.run("status", "--exit-code").code());
        assertEquals(3, runner.run("status", "--exit-code", "--json").code());
        assertEquals(0, runner.run("status").code());
        runner.write("maintenance.mode", "garbage");
        runner.run("status", "--exit-code").failed(1, "holds no state");
    }
}
