package io.maintenanceagent.state;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Tells states apart in few characters, in whatever form a store holds them. Stateless; safe for any thread. */
public final class StateHash {

    private static final int BYTES = 8;

    private StateHash() {}

    /**
     * @param state a state
     * @return the first 16 hexadecimal digits of the SHA-256 of what {@link StateWriter} writes
     */
    public static String of(State state) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(StateWriter.toJson(state).getBytes(StandardCharsets.UTF_8));
            StringBuilder hex = new StringBuilder();
            for (int i = 0; i < BYTES; i++) {
                hex.append(String.format("%02x", digest[i]));
            }
            return hex.toString();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has SHA-256
        }
    }
}
