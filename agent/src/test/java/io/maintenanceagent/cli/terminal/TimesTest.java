package io.maintenanceagent.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {

    @ParameterizedTest
    @CsvSource({"90s, PT90S", "1H30M, PT1H30M", "' 2h ', PT2H", "1d2h3m4s, P1DT2H3M4S", "99999d, P99999D"})
    void duration_validText_isParsed(String text, Duration duration) {
        assertEquals(duration, Times.duration(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "30", "0s", "-5m", "5m3h", "1.5h", "1h 30m", "9999999999s", "١m", "PT5M"})
    void duration_invalidText_fails(String text) {
        assertThrows(IllegalArgumentException.class, () -> Times.duration(text));
    }

    @ParameterizedTest
    @CsvSource({
        "PT0.4S, 0 s",
        "PT119S, 119 s",
        "PT2M, 2 min",
        "PT29M31S, 30 min",
        "PT3H20M, 3 h 20 min",
        "P5DT4H, 5 d 4 h"
    })
    void span_duration_text(Duration duration, String text) {
        assertEquals(text, Times.span(duration));
    }
}
