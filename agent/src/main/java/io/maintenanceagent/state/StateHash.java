package io.maintenanceagent.state;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** A short hash of a state, by which a writer sees whether an instance enforces what was written. */
public final class StateHash {

    private static final int BYTES = 8;

    private StateHash() {}

    /**
     * Returns the first 16 hexadecimal digits of the SHA-256 of the state as {@link StateWriter} writes it.
     *
     * @param state a state
     */
    public static String of(State state) {
        byte[] digest;
        try {
            digest = MessageDigest.getInstance("SHA-256")
                    .digest(StateWriter.toJson(state).getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
        StringBuilder hex = new StringBuilder(2 * BYTES);
        for (int i = 0; i < BYTES; i++) {
            hex.append(Character.forDigit(digest[i] >> 4 & 15, 16)).append(Character.forDigit(digest[i] & 15, 16));
        }
        return hex.toString();
    }
}
