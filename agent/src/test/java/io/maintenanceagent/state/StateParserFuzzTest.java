package io.maintenanceagent.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.maintenanceagent.fuzz.Fuzz;
import io.maintenanceagent.json.MalformedContentException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Any bytes give a state or a clear error, soon. */
class StateParserFuzzTest {

    private static final String SEED = "{\"enabled\": true, \"message\": \"m\\u00fc\", \"retryAfter\": 600, \"from\":"
            + " \"2026-11-22T22:00:00Z\", \"until\": \"2026-11-22T23:30:00+01:00\", \"mode\": \"read-only\", \"paths\":"
            + " [\"/a/**\", \"regex:/b.*\"], \"hosts\": [\"*.x\"], \"contexts\": [\"/\"], \"by\": null, \"x\": "
            + "[{}, 1e9]}";

    @FuzzTest(maxDuration = "5m")
    void parse_anyBytes_doesNotThrow(byte[] content) {
        parse(content);
    }

    @Test
    void parse_mutations_doesNotThrow() {
        Fuzz.run(
                "state",
                StateParserFuzzTest::parse,
                SEED,
                "on",
                " Off\n",
                "{\"enabled\": true, \"hold\":"
                        + " {\"seconds\": 10, \"requests\": 200}, \"admit\": {\"percent\": 10}}");
    }

    @Test
    void parse_largestInputs_isFast() {
        for (String unit : new String[] {"{", "[", "\"", "1", "{\"a\":", "{\"enabled\":true}", "\u00e4", "\0", "on "}) {
            String prefix = unit.equals("{") || unit.startsWith("{\"") ? "" : "{\"enabled\": ";
            byte[] content =
                    (prefix + unit.repeat(StateParser.MAX_BYTES / unit.length() / 2)).getBytes(StandardCharsets.UTF_8);
            assertTimeout(Duration.ofSeconds(20), () -> parse(content));
        }
    }

    private static void parse(byte[] content) {
        try {
            State state = StateParser.parse(content).state();
            byte[] written = StateWriter.toJson(state).getBytes(StandardCharsets.UTF_8);
            assertEquals(state, StateParser.parse(written).state());
        } catch (MalformedContentException e) {
            assertTrue(!e.getMessage().isEmpty() && e.getMessage().length() < 2000, e.getMessage());
        }
    }
}
