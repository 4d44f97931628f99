package io.maintenanceagent.json;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;

/**
 * The encoding of what people write: UTF-8, or UTF-16 behind a byte order mark, which is what {@code echo on > file}
 * writes in a Windows PowerShell.
 */
public enum TextEncoding {
    /** Without a mark. */
    UTF_8(StandardCharsets.UTF_8),
    /** Behind a mark. */
    UTF_8_WITH_MARK(StandardCharsets.UTF_8, 0xEF, 0xBB, 0xBF),
    /** The big end first. */
    UTF_16BE(StandardCharsets.UTF_16BE, 0xFE, 0xFF),
    /** The little end first. */
    UTF_16LE(StandardCharsets.UTF_16LE, 0xFF, 0xFE);

    private final Charset charset;
    private final int[] mark;

    TextEncoding(Charset charset, int... mark) {
        this.charset = charset;
        this.mark = mark;
    }

    /**
     * Returns the text without its byte order mark.
     *
     * @param content text in one of these encodings
     * @throws MalformedContentException if it is not; the message says at which byte
     */
    public static String decode(byte[] content) throws MalformedContentException {
        TextEncoding encoding = of(content);
        ByteBuffer bytes = ByteBuffer.wrap(content, encoding.mark.length, content.length - encoding.mark.length);
        CharBuffer text = CharBuffer.allocate(content.length);
        // Strictly: Jackson's own decoder takes overlong forms for what they hide.
        CharsetDecoder decoder = encoding.charset.newDecoder();
        if (decoder.decode(bytes, text, true).isError()) {
            throw new MalformedContentException("byte " + (bytes.position() + 1) + ": not text in " + encoding.charset);
        }
        decoder.flush(text);
        text.flip();
        return text.toString();
    }

    /**
     * Returns whether a content is a byte order mark, white space and zero bytes, or nothing.
     *
     * @param content text in one of these encodings
     */
    public static boolean isBlank(byte[] content) {
        for (int i = of(content).mark.length; i < content.length; i++) {
            if (content[i] < 0 || content[i] > ' ') {
                return false;
            }
        }
        return true;
    }

    private static TextEncoding of(byte[] content) {
        for (TextEncoding encoding : values()) {
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
}
