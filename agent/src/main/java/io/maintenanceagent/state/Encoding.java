package io.maintenanceagent.state;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** UTF-8, or UTF-16 behind a byte order mark. */
enum Encoding {
    UTF_8(StandardCharsets.UTF_8),
    UTF_8_WITH_MARK(StandardCharsets.UTF_8, 0xEF, 0xBB, 0xBF),
    UTF_16BE(StandardCharsets.UTF_16BE, 0xFE, 0xFF),
    UTF_16LE(StandardCharsets.UTF_16LE, 0xFF, 0xFE);

    private final Charset charset;
    private final int[] mark;

    Encoding(Charset charset, int... mark) {
        this.charset = charset;
        this.mark = mark;
    }

    /** Returns the encoding whose mark the content begins with, else UTF-8. */
    static Encoding of(byte[] content) {
        for (Encoding encoding : values()) {
            if (encoding != UTF_8 && encoding.begins(content)) {
                return encoding;
            }
        }
        return UTF_8;
    }

    private boolean begins(byte[] content) {
        for (int i = 0; i < mark.length; i++) {
            if (i >= content.length || (content[i] & 0xff) != mark[i]) {
                return false;
            }
        }
        return true;
    }

    Charset charset() {
        return charset;
    }

    /** Returns how many bytes the mark has. */
    int mark() {
        return mark.length;
    }
}
