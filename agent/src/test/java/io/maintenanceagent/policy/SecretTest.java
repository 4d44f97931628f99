package io.maintenanceagent.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.json.MalformedContentException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bypass secret in each of its sources. */
class SecretTest {

    private static final String SECRET = "sésame, öffne dich";
    private static final String LINK = "maintenance-bypass=s%C3%A9same,%20%C3%B6ffne%20dich";

    private static Policy kept(byte[] file, String environment) throws MalformedContentException {
        String member = file == null ? "secretEnv" : "secretFile";
        return PolicyParser.parse(
                ("{\"bypass\": {\"" + member + "\": \"x\"}}").getBytes(StandardCharsets.UTF_8),
                new PolicyParser.Secrets() {
                    @Override
                    public byte[] file(String path) {
                        return file;
                    }

                    @Override
                    public String environment(String name) {
                        return environment;
                    }
                });
    }

    private static boolean opens(Policy policy, String query) {
        return policy.bypass.isLink(FakeRequest.get("/").query(query));
    }

    @ParameterizedTest
    @ValueSource(strings = {SECRET, SECRET + "\n", SECRET + "\r\n", "\uFEFF" + SECRET, "\uFEFF" + SECRET + "\r\n"})
    void secret_lineBreakAndByteOrderMark_areRemoved(String text) throws MalformedContentException {
        assertTrue(opens(kept(text.getBytes(StandardCharsets.UTF_8), null), LINK));
        assertTrue(opens(kept(null, text), LINK));
    }

    @Test
    void secret_spaces_areKept() throws MalformedContentException {
        Policy policy = kept(" long enough by far \n".getBytes(StandardCharsets.UTF_8), null);
        assertTrue(opens(policy, "maintenance-bypass=%20long%20enough%20by%20far%20"));
        assertFalse(opens(policy, "maintenance-bypass=long%20enough%20by%20far"));
    }

    @Test
    void secret_notUtf8_fails() {
        byte[] random = new byte[32];
        for (int i = 0; i < random.length; i++) {
            random[i] = (byte) (128 + 3 * i);
        }
        for (byte[] file : new byte[][] {
            random,
            SECRET.getBytes(StandardCharsets.ISO_8859_1),
            ("\uFEFF" + SECRET).getBytes(StandardCharsets.UTF_16BE),
            ("\uFEFF" + SECRET).getBytes(StandardCharsets.UTF_16LE),
            {(byte) 0xC1, (byte) 0x81, 'x'}, // overlong
            {(byte) 0xED, (byte) 0xA0, (byte) 0x80}, // half of a pair
        }) {
            assertEquals(
                    "/bypass/secretFile (line 1, column 27) names a file that is not text in UTF-8, so that it "
                            + "could be guessed",
                    fault(file, null));
        }
        String bad = "/bypass/secretEnv (line 1, column 26) is not text in UTF-8, so that it could be guessed";
        assertEquals(bad, fault(null, "s\uFFFD\uFFFDsame, long enough"));
        assertEquals(bad, fault(null, "s\uD800same, long enough"));
        assertEquals(bad, fault(null, "long enough by far \uDC00\uD800"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\r\n", "\uFEFF", "\uFEFF\n"})
    void secret_empty_fails(String text) {
        assertEquals(
                "/bypass/secretFile (line 1, column 27) is an empty secret; allowed: a text that nobody guesses",
                fault(text.getBytes(StandardCharsets.UTF_8), null));
        assertTrue(fault(null, text).contains("is an empty secret"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "two\nlines, long enough",
                "long enough by far\n\n",
                "a\ttab, long enough",
                "\u0000",
                "\u0085",
                "long enough \u007f"
            })
    void secret_controlCharacters_fails(String text) {
        String fault = "is a secret with a control character, which no link can have; allowed: a text in one line";
        assertEquals(
                "/bypass/secretFile (line 1, column 27) " + fault, fault(text.getBytes(StandardCharsets.UTF_8), null));
        assertEquals("/bypass/secretEnv (line 1, column 26) " + fault, fault(null, text));
    }

    @Test
    void secret_inThePolicy_hasTheSameRules() throws MalformedContentException {
        assertTrue(opens(
                Policies.parse("{'bypass': {'secret': '" + SECRET + " \uD83D\uDD11'}}"), LINK + "%20%F0%9F%94%91"));
        for (String bad : new String[] {"", "line\\n", "\\u0000", "half \\ud83d of a key", "\\udd11\\ud83d"}) {
            MalformedContentException error = assertThrows(
                    MalformedContentException.class,
                    () -> Policies.parse("{'bypass': {'secret': '" + bad + "'}}"),
                    bad);
            assertTrue(error.getMessage().startsWith("/bypass/secret (line 1, column 23) is "), error.getMessage());
        }
    }

    private static String fault(byte[] file, String environment) {
        return assertThrows(MalformedContentException.class, () -> kept(file, environment))
                .getMessage();
    }
}
