package io.maintenanceagent.jvm;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;

class NativeTextTest {

    @Test
    void recover_lostUtf8Bytes_areRestored() {
        byte[] bytes = "java\0-Dx=/größ/y\0-Dx=/größe/m.mode\0".getBytes(UTF_8);
        assertEquals("/größe/m.mode", NativeText.recover("/gr\uFFFD\uFFFD\uFFFD\uFFFDe/m.mode", bytes));
    }

    @Test
    void recover_missingOrNotUtf8_unchanged() {
        String lost = "/gr\uFFFDe/m.mode";
        assertSame(lost, NativeText.recover(lost, "/größe/m.mode".getBytes(UTF_8)));
        assertSame(lost, NativeText.recover(lost, "/gröe/m.mode".getBytes(ISO_8859_1)));
        assertSame(lost, NativeText.recover(lost, new byte[0]));
    }

    @Test
    void recover_decodedText_unchanged() {
        String text = "größe?";
        assertSame(text, NativeText.recover(text));
        assertSame(System.getenv(), NativeText.environment());
    }
}
