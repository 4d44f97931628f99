package io.maintenanceagent.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.json.MalformedContentException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StateParserTest {

    private static State parse(String text) throws MalformedContentException {
        return StateParser.parse(text.getBytes(StandardCharsets.UTF_8)).state();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "on", "t", "true", "y", "yes", "ON", "True", " on\n", "\r\n\tYES \r\n"})
    void parse_wordForOn_on(String word) throws MalformedContentException {
        assertEquals(State.ON, parse(word));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "off", "f", "false", "n", "no", "OFF", "False", " 0\n"})
    void parse_wordForOff_off(String word) throws MalformedContentException {
        assertEquals(State.OFF, parse(word));
    }

    @Test
    void parse_utf16Word_isRead() throws MalformedContentException {
        assertEquals(State.ON, parse("\uFEFFon\r\n"));
        for (String charset : List.of("UTF-16LE", "UTF-16BE")) {
            byte[] content = "\uFEFFon\r\n".getBytes(Charset.forName(charset));
            assertEquals(State.ON, StateParser.parse(content).state());
        }
    }

    @Test
    void parse_allMembers_areRead() throws MalformedContentException {
        State state = parse("{\"enabled\": true, \"message\": \"Back at \\u00fcber ten\", \"retryAfter\": 600,"
                + "\"from\": \"2026-11-22T22:00:00Z\", \"until\": \"2026-11-23T00:30:00+01:00\", \"mode\": "
                + "\"read-only\","
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
    void parse_nullOrEmptyMembers_areIgnored() throws MalformedContentException {
        State state = parse("{\"enabled\": true, \"message\": null, \"until\": null, \"paths\": [], \"mode\": null}");
        assertEquals(State.ON, state);
        assertNull(state.retryAfter());
    }

    @Test
    void parse_unknownMembers_areNamed() throws MalformedContentException {
        StateParser.Parsed parsed =
                StateParser.parse("{\"enabled\": false, \"retry_after\": {\"enabled\": true}, \"x\": [1]}"
                        .getBytes(StandardCharsets.UTF_8));
        assertEquals(State.OFF, parsed.state());
        assertEquals(List.of("retry_after", "x"), parsed.unknownMembers());
    }

    @Test
    void parse_leapSecond_isRead() throws MalformedContentException {
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
                "{\"enabled\": true} 1 | line 1, column 19: something follows the JSON value",
                "{\"enabled\": \"on\"} | /enabled (line 1, column 13) is \"on\"; allowed: true or false",
                "{\"enabled\": null} | /enabled (line 1, column 13) is null; allowed: true or false",
                "{} | (line 1, column 1) \"enabled\" is missing; allowed: true or false",
                "{\"message\": \"x\"} | \"enabled\" is missing",
                "{\"enabled\": true, \"enabled\": false} | Duplicate field 'enabled'",
                "{\"enabled\": true, \"message\": 7} | /message (line 1, column 30) is 7; allowed: a text in quotes",
                "{\"enabled\": true, \"retryAfter\": -1} | /retryAfter (line 1, column 33) is -1; allowed: a "
                        + "whole number from 0",
                "{\"enabled\": true, \"retryAfter\": 1.5} | /retryAfter (line 1, column 33) is 1.5; allowed: a "
                        + "whole number",
                "{\"enabled\": true, \"retryAfter\": 99999999999999} | allowed: a whole number",
                "{\"enabled\": true, \"until\": \"22:00\"} | /until (line 1, column 28) is \"22:00\"; allowed: an "
                        + "ISO-8601 time",
                "{\"enabled\": true, \"until\": \"2026-11-22T22:00:00\"} | allowed: an ISO-8601 time with an offset",
                "{\"enabled\": true, \"from\": \"2026-11-22T22:00Z\", \"until\": \"2026-11-22T22:00Z\"} | not "
                        + "later than",
                "{\"enabled\": true, \"mode\": \"readonly\"} | allowed: \"full\" or \"read-only\"",
                "{\"enabled\": true, \"paths\": \"/api\"} | /paths (line 1, column 28) is \"/api\"; allowed: a list",
                "{\"enabled\": true, \"paths\": [\"api\"]} | /paths/0 (line 1, column 29) \"api\" is not a path "
                        + "pattern",
                "{\"enabled\": true, \"paths\": [\"regex:(\"]} | is not a regular expression",
                "{\"enabled\": true, \"hosts\": [\"http://x\"]} | /hosts/0 (line 1, column 29) \"http://x\" is not",
                "{\"enabled\": true, \"hosts\": [\"a b\"]} | /hosts/0 (line 1, column 29) \"a b\" is not a host",
                "{\"enabled\": true, \"hosts\": [\"a\", \"b:80\"]} | /hosts/1 (line 1, column 34) \"b:80\" is "
                        + "not a host",
                "{\"enabled\": true, \"contexts\": [\"shop\"]} | /contexts/0 (line 1, column 32) is \"shop\"; "
                        + "allowed: a context path",
                "{\"enabled\": true, \"until\": \"2026-11-22T22:00Z\", \"from\": \"2026-11-23T22:00Z\"}"
                        + " | /until (line 1, column 28) (2026-11-22T22:00:00Z) is not later than",
                "{\"enabled\": true, \"hold\": 10} | /hold (line 1, column 27) is 10; allowed: an object",
                "{\"enabled\": true, \"hold\": {}} | /hold (line 1, column 27) \"seconds\" is missing",
                "{\"enabled\": true, \"hold\": {\"seconds\": 0}} | /hold/seconds (line 1, column 39) is 0; "
                        + "allowed: a whole number",
                "{\"enabled\": true, \"hold\": {\"seconds\": \"10s\"}} | /hold/seconds (line 1, column 39) is "
                        + "\"10s\"; allowed",
                "{\"enabled\": true, \"hold\": {\"seconds\": 9, \"requests\": -1}} | /hold/requests (line 1, "
                        + "column 54) is -1",
                "{\"enabled\": true, \"hold\": {\"seconds\": 9, \"seconds\": 8}} | Duplicate field 'seconds'",
                "{\"enabled\": true, \"admit\": {}} | /admit (line 1, column 28) takes either \"percent\"",
                "{\"enabled\": true, \"admit\": [10]} | /admit (line 1, column 28) is a list; allowed: an object",
                "{\"enabled\": true, \"admit\": {\"percent\": 101}} | /admit/percent (line 1, column 40) is 101; "
                        + "allowed: a whole",
                "{\"enabled\": true, \"admit\": {\"percent\": \"10%\"}} | /admit/percent (line 1, column 40) is "
                        + "\"10%\"",
                "{\"enabled\": true, \"admit\": {\"percent\": 1, \"ramp\": true}} | takes either",
                "{\"enabled\": true, \"admit\": {\"percent\": 1, \"start\": 5}} | /admit/start (line 1, column "
                        + "52) is where a \"ramp\"",
                "{\"enabled\": true, \"admit\": {\"ramp\": true, \"start\": -5}} | /admit/start (line 1, column "
                        + "52) is -5; allowed",
                "{\"enabled\": true, \"admit\": {\"percent\": 1, \"salt\": 5}} | /admit/salt (line 1, column 51) "
                        + "is 5; allowed",
                "{\"enabled\": true, \"admit\": {\"ramp\": 1}} | /admit/ramp (line 1, column 37) is 1; allowed: "
                        + "true or false",
                "{\"enabled\": true, \"admit\": {\"ramp\": true}} | /admit (line 1, column 28) has a \"ramp\", "
                        + "which grows from",
            })
    void parse_invalid_errorHasPositionAndWhatIsAllowed(String text, String expected) {
        MalformedContentException e = assertThrows(MalformedContentException.class, () -> parse(text));
        assertTrue(e.getMessage().contains(expected), e.getMessage());
    }

    @Test
    void parse_holdAndAdmit_areRead() throws MalformedContentException {
        String window = "\"from\": \"2026-11-22T22:00:00Z\", \"until\": \"2026-11-22T22:02:00Z\"";
        State state =
                parse("{\"enabled\": true, \"hold\": {\"seconds\": 10}, \"admit\": {\"ramp\": true}, " + window + "}");
        assertEquals(new Hold(10, 100), state.hold());
        assertEquals(Admit.ramp(0), state.admit());
        state = parse(
                "{\"enabled\": true, \"hold\": {\"seconds\": 9, \"requests\": 200}, \"admit\": {\"percent\": 10}}");
        assertEquals(new Hold(9, 200), state.hold());
        assertEquals(Admit.percent(10), state.admit());
        state = parse("{\"enabled\": true, \"hold\": null, \"admit\": null}");
        assertEquals(State.ON, state);
        state = parse(
                "{\"enabled\": true, \"admit\": {\"ramp\": true, \"start\": 10, \"salt\": \"s\"}, " + window + "}");
        assertEquals(Admit.ramp(10).salted("s"), state.admit());
    }

    @Test
    void parse_unknownNestedMembers_areNamed() throws MalformedContentException {
        StateParser.Parsed parsed =
                StateParser.parse("{\"enabled\": true, \"hold\": {\"seconds\": 1, \"pace\": {\"a\": 1}}}"
                        .getBytes(StandardCharsets.UTF_8));
        assertEquals(List.of("hold.pace"), parsed.unknownMembers());
    }

    @Test
    void parse_notText_fails() {
        MalformedContentException e = assertThrows(
                MalformedContentException.class,
                () -> StateParser.parse(new byte[] {'o', (byte) 0xC0, (byte) 0x80, 1}));
        assertTrue(e.getMessage().startsWith("byte 2: not text in UTF-8"), e.getMessage());
        assertThrows(
                MalformedContentException.class,
                () -> StateParser.parse(new byte[] {'o', 'n', (byte) 0xC3}),
                "cut in half");
    }

    @Test
    void parse_deepNesting_fails() {
        String deep = "{\"enabled\": true, \"x\": " + "[".repeat(200_000);
        assertThrows(MalformedContentException.class, () -> parse(deep));
    }

    @Test
    void parse_longBadValue_errorQuotesItsBeginning() {
        MalformedContentException e = assertThrows(MalformedContentException.class, () -> parse("x".repeat(10_000)));
        assertTrue(e.getMessage().length() < 300, e.getMessage());
    }

    @Test
    void isBlank_whiteSpace_true() {
        assertTrue(StateParser.isBlank(new byte[0]));
        assertTrue(StateParser.isBlank(" \r\n\t".getBytes(StandardCharsets.UTF_8)));
        assertFalse(StateParser.isBlank("0".getBytes(StandardCharsets.UTF_8)));
        assertFalse(StateParser.isBlank("\u00e4".getBytes(StandardCharsets.UTF_8)));
    }

    /** A byte order mark alone, and the zero bytes that some file systems leave after a crash. */
    @Test
    void isBlank_byteOrderMarkOrZeroBytes_true() {
        for (Charset charset : List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE)) {
            assertTrue(StateParser.isBlank("\uFEFF".getBytes(charset)), charset.toString());
            assertTrue(StateParser.isBlank("\uFEFF \r\n".getBytes(charset)), charset.toString());
            assertFalse(StateParser.isBlank("\uFEFF\r\non".getBytes(charset)), charset.toString());
        }
        assertTrue(StateParser.isBlank(new byte[512]));
    }

    @Test
    void error_quotesNothingOfAnyLength() {
        String state = "{\"enabled\": true, \"hosts\": [\"" + "*.x::".repeat(5_000) + "\"]}";
        MalformedContentException e = assertThrows(
                MalformedContentException.class, () -> StateParser.parse(state.getBytes(StandardCharsets.UTF_8)));
        assertTrue(e.getMessage().length() <= 1_000, () -> e.getMessage().length() + " characters");
    }

    @Test
    void parse_noWord_isQuotedWithItsLine() {
        assertEquals(
                "line 3: \"perhaps\" is not a state; allowed: " + SwitchWords.ALLOWED
                        + ", or a JSON object with \"enabled\"",
                assertThrows(MalformedContentException.class, () -> parse(" \n\nperhaps\nnot"))
                        .getMessage()
                        .replace("perhaps\nnot", "perhaps"));
        String word = "x".repeat(40);
        assertTrue(assertThrows(MalformedContentException.class, () -> parse(word))
                .getMessage()
                .contains("line 1: \"" + word + "\" is"));
        assertTrue(assertThrows(MalformedContentException.class, () -> parse(word + "y"))
                .getMessage()
                .contains("\"" + word + "…\" is"));
    }

    @Test
    void warnings_nameUnknownMembers() throws MalformedContentException {
        assertEquals(
                List.of(),
                StateParser.parse("{\"enabled\": true}".getBytes(StandardCharsets.UTF_8))
                        .warnings());
        List<String> warnings = StateParser.parse("{\"enabled\": true, \"x\": 1}".getBytes(StandardCharsets.UTF_8))
                .warnings();
        assertEquals(1, warnings.size());
        assertTrue(warnings.get(0).startsWith("unknown members [x] are ignored; known: "), warnings::toString);
    }
}
