package io.maintenanceagent.state;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.maintenanceagent.json.MalformedContentException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateWriterTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"enabled\":false}",
                "{\"enabled\":true,\"hold\":{\"seconds\":1,\"requests\":100},\"admit\":{\"percent\":0}}",
                "{\"enabled\":true,\"from\":\"2026-11-22T22:00:00Z\",\"until\":\"2026-11-22T22:02:00Z\","
                        + "\"admit\":{\"ramp\":true,\"start\":10,\"salt\":\"s\"}}",
                "{\"enabled\":true,\"message\":\"\\\"\\u0007\",\"retryAfter\":0,\"from\":\"2026-11-22T22:00:00Z\","
                        + "\"until\":\"2026-11-22T22:00:00.001Z\",\"mode\":\"read-only\",\"paths\":[\"/a\","
                        + "\"regex:/b\"],"
                        + "\"hosts\":[\"*.x\"],\"contexts\":[\"\",\"/shop\"],\"by\":\"a\",\"reason\":\"b\"}",
            })
    void toJson_state_isParsedBack(String json) throws MalformedContentException {
        State state = StateParser.parse(json.getBytes(StandardCharsets.UTF_8)).state();
        assertEquals(json, StateWriter.toJson(state));
        assertEquals(
                state,
                StateParser.parse(StateWriter.toJson(state).getBytes(StandardCharsets.UTF_8))
                        .state());
    }
}
