package io.maintenanceagent.response;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.maintenanceagent.state.State;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AnswerTest {

    private static String body(Answer answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    @Test
    void saysTheDefaultWhenTheStateSaysNothing() {
        Answer answer = Answer.of(State.ON);
        assertEquals(503, answer.status());
        assertEquals("application/json", answer.contentType());
        assertEquals(3600, answer.retryAfter(0));
        assertEquals("{\"detail\":\"Service temporarily unavailable due to maintenance\"}", body(answer));
    }

    @Test
    void saysWhatTheStateSays() {
        Answer answer = Answer.of(
                new State.Builder(true).message("\"zehn\" \u00fc\n").retryAfter(120).build());
        assertEquals(120, answer.retryAfter(0));
        assertEquals("{\"detail\":\"\\\"zehn\\\" \u00fc\\n\"}", body(answer));
    }

    @Test
    void asksToWaitUntilTheEnd() {
        Answer answer = Answer.of(new State.Builder(true)
                .retryAfter(7)
                .window(null, Instant.ofEpochMilli(60_000))
                .build());
        assertEquals(60, answer.retryAfter(0));
        assertEquals(60, answer.retryAfter(1));
        assertEquals(59, answer.retryAfter(1_000));
        assertEquals(1, answer.retryAfter(59_999));
        assertEquals(1, answer.retryAfter(70_000));
    }

    @Test
    void neverAsksToComeBackAtOnce() {
        assertEquals(1, Answer.of(new State.Builder(true).retryAfter(0).build()).retryAfter(0));
    }
}
