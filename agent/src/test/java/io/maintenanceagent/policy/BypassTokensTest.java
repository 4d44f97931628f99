package io.maintenanceagent.policy;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BypassTokensTest {

    private static final long NOW = 1_800_000_000_000L;
    private static final long TTL = Duration.ofHours(1).toMillis();

    private final BypassTokens tokens = new BypassTokens(bytes("s3cret&=+"), TTL);
    private final String token = tokens.make("window", NOW);

    private static byte[] bytes(String secret) {
        return secret.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void anyValid_token_untilItExpiresAndInItsWindow() {
        assertTrue(tokens.isValid(token, "window", NOW));
        assertTrue(tokens.isValid(token, "window", NOW + TTL - 1));
        assertFalse(tokens.isValid(token, "window", NOW + TTL));
        assertFalse(tokens.isValid(token, "window", NOW - 1), "from the future: not ours, or the clock went back");
        assertFalse(tokens.isValid(token, "another", NOW));
        assertFalse(new BypassTokens(bytes("another secret"), TTL).isValid(token, "window", NOW));
        assertFalse(
                new BypassTokens(bytes("s3cret&=+"), TTL / 2).isValid(token, "window", NOW),
                "a shorter ttl holds at once");
    }

    @Test
    void anyValid_forgedToken_false() {
        int dot = token.indexOf('.');
        String later = Long.toString(NOW + TTL - 1, 36) + token.substring(dot);
        for (String bad : new String[] {
            "",
            ".",
            "x.",
            ".x",
            token.substring(0, dot),
            token.substring(0, dot + 1),
            later,
            token + "A",
            "-1.x",
            token.substring(0, token.length() - 2),
            token.replace('.', ':'),
            "zzzzzzzzzzzzzzzzzzz.x",
            "٣.x"
        }) {
            assertFalse(tokens.isValid(bad, "window", NOW), bad);
        }
    }
}
