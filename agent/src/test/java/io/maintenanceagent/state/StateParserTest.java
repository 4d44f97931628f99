package io.maintenanceagent.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StateParserTest {

    private static State parse(String text) throws StateException {
        return StateParser.parse(text.getBytes(StandardCharsets.UTF_8)).state();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "on", "t", "true", "y", "yes", "ON", "True", " on\n", "\r\n\tYES \r\n"})
    void wordsForOn(String word) throws StateException {
        assertEquals(State.ON, parse(word));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "off", "f", "false", "n", "no", "OFF", "False", " 0\n"})
    void wordsForOff(String word) throws StateException {
        assertEquals(State.OFF, parse(word));
    }

    @Test
    void wordsFromAWindowsShell() throws StateException {
        assertEquals(State.ON, parse("\uFEFFon\r\n"));
        for (String charset : List.of("UTF-16LE", "UTF-16BE")) {
            byte[] content = "\uFEFFon\r\n".getBytes(Charset.forName(charset));
            assertEquals(State.ON, StateParser.parse(content).state());
        }
    }

    @Test
    void everythingThatAStateCanSay() throws StateException {
        State state = parse("{\"enabled\": true, \"message\": \"Back at \\u00fcber ten\", \"retryAfter\": 600,"
                + "\"from\": \"2026-11-22T22:00:00Z\", \"until\": \"2026-11-23T00:30:00+01:00\", \"mode\": \"read-only\","
                + "\"paths\": [\"/api/**\"], \"hosts\": [\"*.example.com\"], \"contexts\": [\"/shop\", \"/\"],"
                + "\"by\": \"alice@host\", \"reason\": \"migration\"}");
        assertTrue(state.enabled());
        assertEquals("Back at über ten", state.message());
        assertEquals(600, state.retryAfter());
        assertEquals(Instant.parse("2026-11-22T22:00:00Z"), state.from());
        assertEquals(Instant.parse("2026-11-22T23:30:00Z"), state.until());
        assertTrue(state.scope().readOnly());
        assertEquals("[/api/**]", state.scope().paths().toString());
        assertEquals("[*.example.com]", state.scope().hosts().toString());
        assertEquals(List.of("/shop", ""), state.scope().contexts());
        assertEquals("alice@host", state.by());
        assertEquals("migration", state.reason());
    }

    @Test
    void membersThatAreNullOrEmptyAreNotGiven() throws StateException {
        State state = parse("{\"enabled\": true, \"message\": null, \"until\": null, \"paths\": [], \"mode\": null}");
        assertEquals(State.ON, state);
        assertNull(state.retryAfter());
    }

    @Test
    void unknownMembersAreNamed() throws StateException {
        StateParser.Parsed parsed =
                StateParser.parse("{\"enabled\": false, \"retry_after\": {\"enabled\": true}, \"x\": [1]}"
                        .getBytes(StandardCharsets.UTF_8));
        assertEquals(State.OFF, parsed.state());
        assertEquals(List.of("retry_after", "x"), parsed.unknownMembers());
    }

    @Test
    void leapSecondsAreTimes() throws StateException {
        assertEquals(
                Instant.parse("2016-12-31T23:59:59Z"),
                parse("{\"enabled\": true, \"until\": \"2016-12-31T23:59:60Z\"}")
                        .until());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "maybe | line 1: \"maybe\" is not a state; allowed: 1 on t true",
                "on off | line 1: \"on off\" is not a state",
                "{\"enabled\": tru | line 1, column",
                "{\"enabled\": true} x | line 1, column",
                "{\"enabled\": true} 1 | line 1, column 19: something follows the JSON object",
                "{\"enabled\": \"on\"} | line 1, column 13: \"enabled\" is \"on\"; allowed: true or false",
                "{\"enabled\": null} | \"enabled\" is null; allowed: true or false",
                "{} | \"enabled\" is missing; allowed: true or false",
                "{\"message\": \"x\"} | \"enabled\" is missing",
                "{\"enabled\": true, \"enabled\": false} | Duplicate field 'enabled'",
                "{\"enabled\": true, \"message\": 7} | column 30: \"message\" is 7; allowed: a text in quotes",
                "{\"enabled\": true, \"retryAfter\": -1} | \"retryAfter\" is -1; allowed: a whole number of seconds",
                "{\"enabled\": true, \"retryAfter\": 1.5} | \"retryAfter\" is 1.5; allowed: a whole number",
                "{\"enabled\": true, \"retryAfter\": 99999999999999} | allowed: a whole number",
                "{\"enabled\": true, \"until\": \"22:00\"} | \"until\" is \"22:00\"; allowed: an ISO-8601 time",
                "{\"enabled\": true, \"until\": \"2026-11-22T22:00:00\"} | allowed: an ISO-8601 time with an offset",
                "{\"enabled\": true, \"from\": \"2026-11-22T22:00Z\", \"until\": \"2026-11-22T22:00Z\"} | not later than",
                "{\"enabled\": true, \"mode\": \"readonly\"} | allowed: \"full\" or \"read-only\"",
                "{\"enabled\": true, \"paths\": \"/api\"} | \"paths\" is \"/api\"; allowed: a list of texts",
                "{\"enabled\": true, \"paths\": [\"api\"]} | \"api\" is not a path pattern",
                "{\"enabled\": true, \"paths\": [\"regex:(\"]} | is not a regular expression",
                "{\"enabled\": true, \"hosts\": [\"http://x\"]} | is not a host",
                "{\"enabled\": true, \"contexts\": [\"shop\"]} | is not a context path",
            })
    void errorsSayWhatWhereAndWhatIsAllowed(String text, String expected) {
        StateException e = assertThrows(StateException.class, () -> parse(text));
        assertTrue(e.getMessage().contains(expected), e.getMessage());
    }

    @Test
    void bytesThatAreNoTextAreAnError() {
        assertThrows(StateException.class, () -> StateParser.parse(new byte[] {(byte) 0xC0, (byte) 0x80, 1}));
    }

    @Test
    void nestingHasALimit() {
        String deep = "{\"enabled\": true, \"x\": " + "[".repeat(200_000);
        assertThrows(StateException.class, () -> parse(deep));
    }

    @Test
    void anErrorQuotesOnlyTheBeginningOfAValue() {
        StateException e = assertThrows(StateException.class, () -> parse("x".repeat(10_000)));
        assertTrue(e.getMessage().length() < 300, e.getMessage());
    }

    @Test
    void blankIsAWriteInProgress() {
        assertTrue(StateParser.isBlank(new byte[0]));
        assertTrue(StateParser.isBlank(" \r\n\t".getBytes(StandardCharsets.UTF_8)));
        assertFalse(StateParser.isBlank("0".getBytes(StandardCharsets.UTF_8)));
    }
}
