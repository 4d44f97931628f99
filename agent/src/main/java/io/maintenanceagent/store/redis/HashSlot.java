package io.maintenanceagent.store.redis;

import java.nio.charset.StandardCharsets;

/** The slot of a key in a cluster: CRC-16/XMODEM of the key, or of its hash tag, modulo the number of slots. Pure. */
final class HashSlot {

    private static final int SLOTS = 16_384;

    private HashSlot() {}

    /** Returns the slot of a key. */
    static int of(String key) {
        return crc16(hashed(key).getBytes(StandardCharsets.UTF_8)) % SLOTS;
    }

    /**
     * Returns a prefix that puts a key into the same slot as another key: the key itself, in braces unless it has a
     * hash tag already.
     */
    static String sameSlot(String key) {
        return hashed(key).equals(key) ? "{" + key + "}" : key;
    }

    /** Returns whether {@link #sameSlot} works for a key: it has no braces but those of a hash tag. */
    static boolean hasOneTag(String key) {
        return of(sameSlot(key)) == of(key);
    }

    /** What lies between the first opening brace and the first closing one behind it, if anything does. */
    private static String hashed(String key) {
        int open = key.indexOf('{');
        int close = open < 0 ? -1 : key.indexOf('}', open + 1);
        return close > open + 1 ? key.substring(open + 1, close) : key;
    }

    private static int crc16(byte[] bytes) {
        int crc = 0;
        for (byte b : bytes) {
            crc ^= (b & 0xFF) << 8;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 0x8000) == 0 ? crc << 1 : crc << 1 ^ 0x1021;
            }
            crc &= 0xFFFF;
        }
        return crc;
    }
}
