package io.maintenanceagent.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RawArgumentsTest {

    private static final Charset ASCII = StandardCharsets.US_ASCII;
    private static final Charset UTF_8 = StandardCharsets.UTF_8;
    private static final Charset LATIN_1 = StandardCharsets.ISO_8859_1;
    private static final byte[] NONE = new byte[0];

    private static byte[] typed(String line, Charset charset) {
        return (line.replace(' ', '\0') + "\0").getBytes(charset);
    }

    private static String[] words(String line) {
        return line.split(" ");
    }

    @Test
    void restore_utf8InAnAsciiLocale_decoded() throws Exception {
        RawArguments raw = new RawArguments(typed("java -jar a.jar on --path /größe/** --by x", UTF_8), ASCII);
        String[] restored = words("on --path /größe/** --by x");
        assertArrayEquals(restored, raw.restore(words("on --path /gr\uFFFD\uFFFD\uFFFD\uFFFDe/** --by x")));
        assertArrayEquals(restored, raw.restore(words("on --path /gr????e/** --by x")), "as Java 8 has it");
    }

    @Test
    void restore_decodedByTheJvm_unchanged() throws Exception {
        String[] decoded = words("on -m größe ? ??");
        assertArrayEquals(decoded, new RawArguments(typed("java on -m größe ? ??", LATIN_1), LATIN_1).restore(decoded));
        assertArrayEquals(decoded, new RawArguments(typed("java on -m größe ? ??", UTF_8), UTF_8).restore(decoded));
        assertArrayEquals(words("on ??"), new RawArguments(typed("java on ??", UTF_8), ASCII).restore(words("on ??")));
        assertArrayEquals(decoded, new RawArguments(NONE, UTF_8).restore(decoded));
    }

    @Test
    void restore_notUtf8_fails() {
        RawArguments raw = new RawArguments(typed("java on -m größe", LATIN_1), UTF_8);
        UsageException refused = assertThrows(UsageException.class, () -> raw.restore(words("on -m gr\uFFFD\uFFFDe")));
        assertTrue(refused.getMessage().startsWith("argument 3 (\"gr"), refused.getMessage());
    }

    @Test
    void restore_unknownBytes_fails() {
        for (byte[] commandLine : new byte[][] {NONE, typed("java @file", ASCII)}) {
            RawArguments raw = new RawArguments(commandLine, ASCII);
            UsageException refused =
                    assertThrows(UsageException.class, () -> raw.restore(words("on -m gr\uFFFD\uFFFDe")));
            assertTrue(refused.getMessage().contains("set LC_ALL=C.UTF-8"), refused.getMessage());
        }
    }
}
