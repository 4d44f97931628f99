package io.maintenanceagent.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code explain}, {@code check}, {@code list}, {@code completion}, and the errors of {@code attach} and
 * {@code detach}.
 */
class ReadingCommandsTest {

    @TempDir
    Path directory;

    private CommandLineRunner runner;

    @BeforeEach
    void setUp() {
        runner = new CommandLineRunner(directory);
        runner.write("maintenance.mode", "on");
    }

    @Test
    void explain_request_decidesAndWritesNothing() {
        assertTrue(runner.run("explain", "GET", "/shop").done().out().contains("GET /shop refused: 503"));
        assertTrue(runner.run("explain", "--state", "off", "GET", "/shop")
                .done()
                .out()
                .contains("passes"));
        String json = runner.run("explain", "--json", "GET", "/health").done().out();
        assertTrue(json.startsWith("{\"decision\":\"passes\"") && json.endsWith("}\n"), json);
        assertEquals("on", runner.state());
    }

    @Test
    void explain_work_decidesByItsClass() {
        Path policy =
                runner.write("policy.json", "{\"rules\": [{\"jdbc\": \"com.acme.*\", \"maintenance\": \"off\"}]}");
        assertTrue(runner.run("explain", "--schedule", "com.acme.Job")
                .done()
                .out()
                .endsWith("level 5: stopped, in maintenance\njob com.acme.Job paused\n"));
        assertTrue(runner.run("explain", "--jdbc", "com.acme.Job", "--policy", policy.toString())
                .done()
                .out()
                .endsWith("level 2: goes on, rule /rules/0\ntransaction com.acme.Job goes on\n"));
        assertTrue(runner.run("explain", "--json", "--jdbc", "x.Job")
                .done()
                .out()
                .startsWith("{\"decision\":\"goes on, and is counted and named\",\"level\":5"));
        runner.run("explain", "--jdbc", "a.B", "--message", "a.B").failed(2, "give one of them");
        runner.run("explain", "--jdbc", "a.B", "GET", "/").failed(2, "in place of METHOD and URL");
        runner.run("explain").failed(2, "METHOD and URL");
        runner.run("explain", "GET").failed(2, "METHOD and URL");
    }

    @Test
    void explain_welcomeFile_isFileAndDirectory() {
        Path policy = runner.write("policy.json", "{}");
        for (String path : new String[] {"/shop/", "/shop/index.jsp"}) {
            runner.write("policy.json", "{\"rules\": [{\"path\": \"" + path + "\", \"maintenance\": \"off\"}]}");
            String[] command = {"explain", "--policy", policy.toString(), "--welcome-file", "index.jsp", "GET", "/shop/"
            };
            assertTrue(runner.run(command).done().out().endsWith("GET /shop/ passes\n"), path);
        }
        runner.run("explain", "--welcome-file", "index.jsp", "GET", "/shop")
                .failed(2, "--welcome-file is \"index.jsp\"");
    }

    @Test
    void check_policies_printsErrorsOrThatAllIsWell() {
        assertTrue(runner.run("check").done().out().contains("state on, " + runner.file()));
        Path policy = runner.write("policy.json", "{\"rules\": 7}");
        CommandLineRunner.Outcome wrong =
                runner.run("check", "--policy", policy.toString()).failed(1, policy + ": ");
        assertTrue(wrong.out().contains("state on"), wrong::toString);
        String json =
                runner.run("check", "--json", "--policy", policy.toString()).out();
        assertTrue(json.startsWith("{\"ok\":false,\"errors\":[\""), json);
        assertEquals(
                0, runner.with("MAINTENANCE_POLICY", "").run("check", "--help").code());
    }

    @Test
    void list_json_isOneObject() {
        String json = runner.run("list", "--json").done().out();
        assertTrue(json.startsWith("{\"jvms\":[") && json.endsWith("]}\n"), json);
    }

    @Test
    void completion_script_hasCommandsAndOptions() {
        String script = runner.run("completion").done().out();
        for (String word : new String[] {"maintenance-agent()", "status", "--exit-code", "--read-only", "detach"}) {
            assertTrue(script.contains(word), word);
        }
    }

    @Test
    void attachAndDetach_processThatIsNoJvm_fail() {
        runner.run("attach", "999999999").failed(1, "999999999 is no process here");
        runner.run("detach", "999999999").failed(1, "999999999 is no process here");
        runner.run("off", "--override", "999999999").failed(1, "999999999 is no process here");
        assertEquals("on", runner.state(), "no state is written");
    }
}
