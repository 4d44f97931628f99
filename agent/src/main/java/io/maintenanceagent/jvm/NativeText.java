package io.maintenanceagent.jvm;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Recovers UTF-8 text from the command line and the environment that the JVM could not decode: in a POSIX locale each
 * byte beyond ASCII becomes a replacement character, and Linux keeps the bytes. Safe for any thread; uses
 * {@code java.io} alone.
 */
public final class NativeText {

    private static final char LOST = '\uFFFD';
    private static final String[] FILES = {"/proc/self/cmdline", "/proc/self/environ"};
    private static final int MAX_BYTES = 8 * 1024 * 1024; // more than Linux takes, execve(2)

    private NativeText() {}

    /**
     * Returns a text with what could be recovered; what is lost stays a replacement character.
     *
     * @param decoded a text as the JVM has it: an argument, a system property of the command line, an environment
     *     variable; or {@code null}
     */
    public static String recover(String decoded) {
        String text = decoded;
        for (int i = 0; i < FILES.length && isLossy(text); i++) {
            text = recover(text, content(new File(FILES[i])));
        }
        return text;
    }

    /** Returns the environment variables, by name, each value recovered. */
    public static Map<String, String> environment() {
        Map<String, String> decoded = System.getenv();
        Map<String, String> whole = decoded;
        for (Map.Entry<String, String> variable : decoded.entrySet()) {
            if (isLossy(variable.getValue())) {
                if (whole == decoded) {
                    whole = new HashMap<String, String>(decoded);
                }
                whole.put(variable.getKey(), recover(variable.getValue()));
            }
        }
        return whole;
    }

    private static boolean isLossy(String text) {
        return text != null && text.indexOf(LOST) >= 0;
    }

    /** Returns the first place in the bytes that looks like the text, if that is UTF-8; else the text. */
    static String recover(String text, byte[] bytes) {
        for (int begin = 0; begin + text.length() <= bytes.length; begin++) {
            if (looksLike(text, bytes, begin)) {
                try {
                    return StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes, begin, text.length()))
                            .toString();
                } catch (CharacterCodingException ignored) {
                    // it is unknown which
                }
            }
        }
        return text;
    }

    private static boolean looksLike(String text, byte[] bytes, int begin) {
        for (int i = 0; i < text.length(); i++) {
            byte b = bytes[begin + i];
            if (b < 0 ? text.charAt(i) != LOST : text.charAt(i) != b) {
                return false;
            }
        }
        return true;
    }

    private static byte[] content(File file) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        try (InputStream in = new FileInputStream(file)) {
            byte[] buffer = new byte[4096];
            for (int n = in.read(buffer); n >= 0 && content.size() < MAX_BYTES; n = in.read(buffer)) {
                content.write(buffer, 0, n);
            }
        } catch (IOException ignored) {
            // no Linux
        }
        return content.toByteArray();
    }
}
