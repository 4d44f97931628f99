package io.maintenanceagent.policy;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Percent-encoded UTF-8 (RFC 3986, section 2.1). Stateless; pure. */
final class PercentEncoding {

    /** ASCII in more bytes than it takes (which RFC 3629, section 10, warns of), and what was never a standard. */
    private static final Pattern LONG = Pattern.compile(
            "(?i)%c([01])%([89ab])([0-9a-f])|%e0%8([01])%([89ab])([0-9a-f])|%u00([0-7][0-9a-f])|%u(ff0[ef])");

    private PercentEncoding() {}

    /** Returns overlong encodings of ASCII in their shortest form, as some readers take them. */
    static String shortest(String raw) {
        if (raw.indexOf('%') < 0) {
            return raw;
        }
        Matcher matcher = LONG.matcher(raw);
        StringBuffer shortest = new StringBuffer();
        while (matcher.find()) {
            matcher.appendReplacement(shortest, String.format("%%%02x", ascii(matcher)));
        }
        return matcher.appendTail(shortest).toString();
    }

    private static int ascii(Matcher matcher) {
        if (matcher.group(7) != null) {
            return Integer.parseInt(matcher.group(7), 16);
        }
        if (matcher.group(8) != null) {
            return matcher.group(8).equalsIgnoreCase("ff0e") ? '.' : '/';
        }
        int first = matcher.group(1) != null ? 1 : 4;
        int high = Integer.parseInt(matcher.group(first), 16);
        int low = Integer.parseInt(matcher.group(first + 1), 16) & 3;
        return high << 6 | low << 4 | Integer.parseInt(matcher.group(first + 2), 16);
    }

    /** Decoded strictly; {@code null} if it is no percent-encoded UTF-8. */
    static String decode(String raw) {
        if (raw.indexOf('%') < 0) {
            return raw;
        }
        ByteBuffer bytes = bytes(raw, false);
        try {
            return bytes == null
                    ? null
                    : StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /** Decoded as far as possible: what is no encoding stays, and what is no UTF-8 is replaced. */
    static String decodeLeniently(String raw) {
        return StandardCharsets.UTF_8.decode(bytes(raw, true)).toString();
    }

    /** {@code null} if there is a percent sign that is no encoding, and must not be. */
    private static ByteBuffer bytes(String raw, boolean lenient) {
        byte[] in = raw.getBytes(StandardCharsets.UTF_8);
        ByteBuffer out = ByteBuffer.allocate(in.length);
        for (int i = 0; i < in.length; i++) {
            byte b = in[i];
            if (b == '%') {
                int high = digit(in, i + 1);
                int low = digit(in, i + 2);
                if (high >= 0 && low >= 0) {
                    b = (byte) (high << 4 | low);
                    i += 2;
                } else if (!lenient) {
                    return null;
                }
            }
            out.put(b);
        }
        out.flip();
        return out;
    }

    private static int digit(byte[] in, int at) {
        return at < in.length && in[at] >= 0 ? Character.digit(in[at], 16) : -1;
    }
}
