package io.maintenanceagent.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class JsonTest {

    private static JsonValue parse(String text) throws MalformedContentException {
        return Json.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void fails(String message, Executable code) {
        assertEquals(
                message, assertThrows(MalformedContentException.class, code).getMessage());
    }

    @Test
    void parse_comments_areSkipped() throws MalformedContentException {
        JsonValue all = parse("// why\n{\"a\": [1, \"x\", true, null], /* not */ \"b\": {\"c\": -0.5}, \"n\": null}");
        assertTrue(all.isObject());
        assertEquals(1, all.get("a").elements().get(0).integer(0, 1));
        assertEquals("x", all.get("a").elements().get(1).text());
        assertTrue(all.get("a").elements().get(2).bool());
        assertTrue(all.get("a").elements().get(3).isNull());
        assertEquals(-0.5, all.get("b").get("c").number(-1, 1));
        assertNull(all.get("n"), "null counts as not given");
        assertNull(all.get("z"));
        assertEquals("/b/c", all.get("b").get("c").pointer());
    }

    @Test
    void parse_utf16_isRead() throws MalformedContentException {
        assertTrue(Json.parse("\uFEFF{\"a\": 1}".getBytes(StandardCharsets.UTF_16LE))
                .isObject());
        assertTrue(
                Json.parse("\uFEFF{\"a\": 1}".getBytes(StandardCharsets.UTF_8)).isObject());
    }

    @Test
    void wrongValue_errorHasPositionAndWhatIsAllowed() throws MalformedContentException {
        JsonValue all = parse("{\n \"a/b~\": [\n  1, \"x\"],\n \"t\": \"" + "y".repeat(50) + "\"}");
        fails(
                "/a~1b~0/0 (line 3, column 3) is 1; allowed: a text in quotes",
                () -> all.get("a/b~").texts());
        fails(
                "/a~1b~0/1 (line 3, column 6) is \"x\"; allowed: a whole number from 1 to 9",
                () -> all.get("a/b~").elements().get(1).integer(1, 9));
        fails(
                "/a~1b~0/0 (line 3, column 3) is 1; allowed: a number from 1.5 to 2.0",
                () -> all.get("a/b~").elements().get(0).number(1.5, 2));
        fails(
                "/t (line 4, column 7) is \"" + "y".repeat(40) + "…\"; allowed: true or false",
                () -> all.get("t").bool());
        fails("the whole (line 1, column 1) is an object; allowed: a list", all::elements);
        fails("/t (line 4, column 7) unknown member; allowed: a/b~, u", () -> all.onlyMembers("a/b~", "u"));
        fails(
                "/a~1b~0 (line 2, column 10) is a list; allowed: an object",
                () -> all.get("a/b~").onlyMembers());
    }

    @Test
    void parse_invalidJson_fails() {
        for (String bad : new String[] {"", " ", "{", "{} {}", "{\"a\":1,\"a\":2}", "{\"a\":1,}", "{a:1}", "[1"}) {
            String message = assertThrows(MalformedContentException.class, () -> parse(bad), bad)
                    .getMessage();
            assertTrue(message.startsWith("line 1, column "), message);
        }
        assertThrows(
                MalformedContentException.class, () -> Json.parse(new byte[] {'"', (byte) 0xC0, (byte) 0xAF, '"'}));
        assertThrows(MalformedContentException.class, () -> parse("[".repeat(100_000)), "no stack overflow");
    }

    @Test
    void equals_sameContent_true() throws MalformedContentException {
        assertEquals(parse("{\"a\": [1]}"), parse("\n{ \"a\" : [ 1 ] }"));
        assertEquals(
                parse("{\"a\": [1]}").hashCode(), parse("\n{ \"a\" : [ 1 ] }").hashCode());
        assertNotEquals(parse("[1]").hashCode(), parse("[2]").hashCode());
        for (String other : new String[] {"\"1\"", "2", "[1]", "{}", "true", "null"}) {
            assertNotEquals(parse("1"), parse(other));
        }
        assertNotEquals(parse("[\"1\"]"), parse("[1]"));
        assertNotEquals(parse("{\"a\": 1}"), parse("{\"a\": 2}"));
        assertNotEquals(parse("1"), "1");
    }

    @Test
    void is_eachKind_itsOwnOnly() throws MalformedContentException {
        for (String text : new String[] {"{}", "[]", "\"x\"", "1", "true", "null"}) {
            JsonValue value = parse(text);
            assertEquals(text.equals("{}"), value.isObject(), text);
            assertEquals(text.equals("[]"), value.isArray(), text);
            assertEquals(text.equals("\"x\""), value.isText(), text);
            assertEquals(text.equals("null"), value.isNull(), text);
        }
    }

    @Test
    void number_atItsBounds_isRead() throws MalformedContentException {
        assertEquals(1.5, parse("1.5").number(1.5, 2));
        assertEquals(2, parse("2").number(1.5, 2));
        assertEquals(7, parse("7").integer(7, 8));
        assertEquals(8, parse("8").integer(7, 8));
        fails(
                "the whole (line 1, column 1) is 9; allowed: a whole number from 7 to 8",
                () -> parse("9").integer(7, 8));
        fails(
                "the whole (line 1, column 1) is 1.49; allowed: a number from 1.5 to 2.0",
                () -> parse("1.49").number(1.5, 2));
    }

    @Test
    void texts_inOrder() throws MalformedContentException {
        assertEquals(List.of("a", "b"), parse("[\"a\", \"b\"]").texts());
    }

    @Test
    void message_isBounded_withItsBeginningAndEnd() {
        String longest = "a".repeat(499) + "b" + "c".repeat(500);
        assertEquals(longest, MalformedContentException.shortened(longest));
        assertEquals(
                "a".repeat(499) + "b…" + "c".repeat(498) + "d",
                MalformedContentException.shortened(longest + "c".repeat(10) + "d"));
        String quoted = "x".repeat(40);
        fails(
                "the whole (line 1, column 1) is \"" + quoted + "\"; allowed: true or false",
                () -> parse("\"" + quoted + "\"").bool());
    }
}
