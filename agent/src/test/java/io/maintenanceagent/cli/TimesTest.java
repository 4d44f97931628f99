package io.maintenanceagent.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {

    /** In Berlin the clocks go back an hour in the following night. */
    private static final Instant NOW = Instant.parse("2026-10-24T20:30:00Z");

    private final TimeZone zone = TimeZone.getDefault();

    @BeforeEach
    void inBerlin() {
        TimeZone.setDefault(TimeZone.getTimeZone("Europe/Berlin"));
    }

    @AfterEach
    void back() {
        TimeZone.setDefault(zone);
    }

    @ParameterizedTest
    @CsvSource({
        "30m, 2026-10-24T21:00:00Z",
        "1H30M, 2026-10-24T22:00:00Z",
        "1d, 2026-10-25T20:30:00Z",
        "23:00, 2026-10-24T21:00:00Z",
        "22:30, 2026-10-25T21:30:00Z",
        "22:30:01, 2026-10-24T20:30:01Z",
        "7:05, 2026-10-25T06:05:00Z",
        "2026-11-22T22:00Z, 2026-11-22T22:00:00Z",
        "2026-11-22T22:00:30+01:00, 2026-11-22T21:00:30Z"
    })
    void isUnderstood(String text, Instant instant) throws UsageException {
        assertEquals(instant, Times.instant("--until", text, NOW, NOW));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "soon",
                "30",
                "24:00",
                "22",
                "2026-11-22",
                "2026-11-22T22:00",
                "+999999999-01-01T00:00Z",
                "-5m",
                "5m3h"
            })
    void isNot(String text) {
        assertThrows(UsageException.class, () -> Times.instant("--until", text, NOW, NOW));
    }

    @Test
    void anEndIsBehindItsBeginning() throws UsageException {
        Instant begin = Times.instant("--from", "22:00", NOW, NOW);
        assertEquals(Instant.parse("2026-10-25T21:00:00Z"), begin);
        assertEquals(Instant.parse("2026-10-26T00:00:00Z"), Times.instant("--until", "01:00", NOW, begin));
    }

    @ParameterizedTest
    @CsvSource({"PT0.4S, 0 s", "PT119S, 119 s", "PT2M, 2 min", "PT3H20M, 3 h 20 min", "P5DT4H, 5 d 4 h"})
    void isShown(Duration duration, String text) {
        assertEquals(text, Times.span(duration));
    }
}
