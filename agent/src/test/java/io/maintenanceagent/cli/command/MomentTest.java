package io.maintenanceagent.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MomentTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    /** In Berlin the clocks go back an hour in the following night. */
    private static final Instant NOW = Instant.parse("2026-10-24T20:30:00Z");

    private static Instant next(String text, String now) {
        Instant from = Instant.parse(now);
        return Moment.parse(text).resolve(from, from, BERLIN);
    }

    @ParameterizedTest
    @CsvSource({
        "30m, 2026-10-24T21:00:00Z",
        "0s, 2026-10-24T20:30:00Z",
        "1H30M, 2026-10-24T22:00:00Z",
        "1d, 2026-10-25T20:30:00Z",
        "23:00, 2026-10-24T21:00:00Z",
        "22:30, 2026-10-25T21:30:00Z",
        "22:30:01, 2026-10-24T20:30:01Z",
        "7:05, 2026-10-25T06:05:00Z",
        "24:00, 2026-10-24T22:00:00Z",
        "2026-11-22T22:00Z, 2026-11-22T22:00:00Z",
        "2026-11-22T22:00:30+01:00, 2026-11-22T21:00:30Z",
        "2028-02-29T00:00Z, 2028-02-29T00:00:00Z"
    })
    void parse_validText_instant(String text, Instant instant) {
        assertEquals(instant, Moment.parse(text).resolve(NOW, NOW, BERLIN));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "soon",
                "30",
                "24:01",
                "25:00",
                "23:59:60",
                "22",
                "2026-11-22",
                "2026-11-22T22:00",
                "+999999999-01-01T00:00Z",
                "-5m",
                "5m3h",
                "2027-02-29T00:00Z",
                "2026-11-22T25:00Z"
            })
    void parse_invalidText_fails(String text) {
        assertThrows(IllegalArgumentException.class, () -> Moment.parse(text));
    }

    @Test
    void resolve_timeOfDayThatOccursTwice_isTheNextOne() {
        assertEquals(Instant.parse("2026-10-25T00:30:00Z"), next("02:30", "2026-10-25T00:00:00Z"));
        assertEquals(Instant.parse("2026-10-25T01:30:00Z"), next("02:30", "2026-10-25T00:45:00Z"));
        assertEquals(Instant.parse("2026-10-26T01:30:00Z"), next("02:30", "2026-10-25T01:45:00Z"));
    }

    @Test
    void resolve_skippedTimeOfDay_isTheInstantOfTheChange() {
        assertEquals(Instant.parse("2026-03-29T01:00:00Z"), next("02:30", "2026-03-28T23:00:00Z"));
        assertEquals(Instant.parse("2026-03-30T00:30:00Z"), next("02:30", "2026-03-29T01:00:00Z"));
    }

    @Test
    void state_timesOfDay_endFollowsBegin() {
        Instant begin = Moment.parse("22:00").resolve(NOW, NOW, BERLIN);
        assertEquals(Instant.parse("2026-10-25T21:00:00Z"), begin);
        assertEquals(
                Instant.parse("2026-10-26T00:00:00Z"), Moment.parse("01:00").resolve(NOW, begin, BERLIN));
    }
}
