package io.maintenanceagent.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code explain}, {@code check}, {@code list}, {@code completion}, and what {@code attach} and {@code detach} refuse.
 */
class ReadingCommandsTest {

    @TempDir
    Path directory;

    private Typist typist;

    @BeforeEach
    void setUp() {
        typist = new Typist(directory);
        typist.write("maintenance.mode", "on");
    }

    @Test
    void explain_request_decidesAndWritesNothing() {
        assertTrue(typist.run("explain", "GET", "/shop").done().out().contains("GET /shop refused: 503"));
        assertTrue(typist.run("explain", "--state", "off", "GET", "/shop")
                .done()
                .out()
                .contains("passes"));
        String json = typist.run("explain", "--json", "GET", "/health").done().out();
        assertTrue(json.startsWith("{\"decision\":\"passes\"") && json.endsWith("}\n"), json);
        assertEquals("on", typist.state());
    }

    @Test
    void check_policies_printsErrorsOrThatAllIsWell() {
        assertTrue(typist.run("check").done().out().contains("state on, " + typist.file()));
        Path policy = typist.write("policy.json", "{\"rules\": 7}");
        Typist.Outcome wrong =
                typist.run("check", "--policy", policy.toString()).failed(1, policy + ": ");
        assertTrue(wrong.out().contains("state on"), wrong::toString);
        String json =
                typist.run("check", "--json", "--policy", policy.toString()).out();
        assertTrue(json.startsWith("{\"ok\":false,\"errors\":[\""), json);
        assertEquals(
                0, typist.with("MAINTENANCE_POLICY", "").run("check", "--help").code());
    }

    @Test
    void list_json_isOneObject() {
        String json = typist.run("list", "--json").done().out();
        assertTrue(json.startsWith("{\"jvms\":[") && json.endsWith("]}\n"), json);
    }

    @Test
    void completion_script_hasCommandsAndOptions() {
        String script = typist.run("completion").done().out();
        for (String word : new String[] {"maintenance-agent()", "status", "--exit-code", "--read-only", "detach"}) {
            assertTrue(script.contains(word), word);
        }
    }

    @Test
    void attachAndDetach_processThatIsNoJvm_fail() {
        typist.run("attach", "999999999").failed(1, "999999999 is no process here");
        typist.run("detach", "999999999").failed(1, "999999999 is no process here");
        typist.run("off", "--override", "999999999").failed(1, "999999999 is no process here");
        assertEquals("on", typist.state(), "no state is written");
    }
}
