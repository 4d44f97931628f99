package io.maintenanceagent.attach;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * The constant texts of the file that HotSpot writes for {@code jps} and {@code jstat} ({@code hsperfdata}, format 2;
 * the same since Java 5). Immutable.
 */
final class PerformanceData {

    private static final int MAGIC = 0xcafec0c0;
    private static final int LITTLE_ENDIAN = 1;
    private static final int PROLOGUE = 32;
    private static final int ENTRY_HEADER = 20;

    private final Map<String, String> texts;

    private PerformanceData(Map<String, String> texts) {
        this.texts = texts;
    }

    /**
     * Parses such a file; {@code null} if it is none or is not filled yet.
     *
     * @param file the whole file
     */
    static PerformanceData parse(byte[] file) {
        ByteBuffer data = ByteBuffer.wrap(file);
        if (file.length < PROLOGUE || data.getInt(0) != MAGIC || data.get(7) == 0) {
            return null;
        }
        data.order(data.get(4) == LITTLE_ENDIAN ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        Map<String, String> texts = new HashMap<String, String>();
        int at = data.getInt(24);
        int entries = data.getInt(28);
        for (int i = 0; i < entries && at >= PROLOGUE && at <= file.length - ENTRY_HEADER; i++) {
            int length = data.getInt(at);
            if (length < ENTRY_HEADER || length > file.length - at) {
                break;
            }
            if (data.get(at + 12) == 'B') {
                int end = at + length;
                texts.put(text(file, at + data.getInt(at + 4), end), text(file, at + data.getInt(at + 16), end));
            }
            at += length;
        }
        return texts.isEmpty() ? null : new PerformanceData(texts);
    }

    private static String text(byte[] file, int begin, int end) {
        int at = begin;
        while (at >= 0 && at < end && file[at] != 0) {
            at++;
        }
        return at <= begin ? "" : new String(file, begin, at - begin, StandardCharsets.UTF_8);
    }

    /** Whether the JVM can tell at all. */
    boolean isComplete() {
        return texts.containsKey("sun.rt.jvmCapabilities");
    }

    /** Whether the JVM allows attaching, however the option was set. */
    boolean isAttachable() {
        return texts.getOrDefault("sun.rt.jvmCapabilities", "").startsWith("1");
    }

    /** The version of its Java, or {@code null}. */
    String javaVersion() {
        return texts.get("java.property.java.version");
    }
}
