package io.maintenanceagent.policy;

import io.maintenanceagent.json.JsonValue;
import io.maintenanceagent.json.MalformedContentException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads the member {@code bypass} of a policy. No error has a secret in it. */
final class BypassParser {

    private static final Duration DEFAULT_TTL = Duration.ofHours(12);
    private static final Duration MAX_TTL = Duration.ofDays(366);
    private static final String NOT_UTF_8 = "is not text in UTF-8, so that it could be guessed";

    private final PolicyParser.Secrets secrets;
    private final List<String> warnings;

    /**
     * @param secrets asked for secrets that are kept elsewhere
     * @param warnings gets what is allowed but not wise
     */
    BypassParser(PolicyParser.Secrets secrets, List<String> warnings) {
        this.secrets = secrets;
        this.warnings = warnings;
    }

    Bypass parse(JsonValue json) throws MalformedContentException {
        if (!json.isObject()) {
            throw json.error("is not an object; allowed: {\"secret\": …, \"ttl\": …}"); // what it is may be a secret
        }
        json.onlyMembers("secret", "secretFile", "secretEnv", "ttl", "cookiePath");
        List<JsonValue> given = new ArrayList<JsonValue>();
        for (String member : Arrays.asList("secret", "secretFile", "secretEnv")) {
            if (json.get(member) != null) {
                given.add(json.get(member));
            }
        }
        if (given.size() != 1) {
            throw json.error("has " + (given.isEmpty() ? "no secret" : "more than one secret")
                    + "; allowed: one of secret, secretFile, secretEnv");
        }
        String secret = secret(json);
        String fault = fault(secret);
        if (fault != null) {
            throw given.get(0).error(fault);
        }
        if (secret.length() < PolicyLint.SHORT_SECRET) {
            warnings.add(given.get(0)
                    .error("is a secret of less than " + PolicyLint.SHORT_SECRET + " characters, which can be guessed")
                    .getMessage());
        }
        return new Bypass(secret, ttl(json.get("ttl")).toMillis(), cookiePath(json.get("cookiePath")));
    }

    private String secret(JsonValue json) throws MalformedContentException {
        JsonValue direct = json.get("secret");
        if (direct != null) {
            if (!direct.isText()) {
                throw direct.error("is not a text in quotes");
            }
            return direct.text();
        }
        JsonValue file = json.get("secretFile");
        if (file != null) {
            return kept(read(file));
        }
        JsonValue variable = json.get("secretEnv");
        String value = secrets.environment(variable.text());
        if (value == null) {
            throw variable.error("is not the name of an environment variable that is set");
        }
        return kept(value);
    }

    private String read(JsonValue file) throws MalformedContentException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(secrets.file(file.text())))
                    .toString();
        } catch (CharacterCodingException e) {
            throw file.error("names a file that " + NOT_UTF_8);
        } catch (IOException e) {
            throw file.error("names a file that cannot be read: " + e.getMessage());
        }
    }

    /** Removes a byte order mark and one trailing line break, which editors add. */
    private static String kept(String text) {
        int begin = text.startsWith("\uFEFF") ? 1 : 0;
        int end = text.length();
        if (end > begin && text.charAt(end - 1) == '\n') {
            end--;
        }
        if (end > begin && text.charAt(end - 1) == '\r') {
            end--;
        }
        return text.substring(begin, end);
    }

    private static String fault(String secret) {
        if (secret.isEmpty()) {
            return "is an empty secret; allowed: a text that nobody guesses";
        }
        for (int i = 0; i < secret.length(); i++) {
            char c = secret.charAt(i);
            if (Character.isISOControl(c)) {
                return "is a secret with a control character, which no link can have; allowed: a text in one line";
            }
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < secret.length()
                    && Character.isLowSurrogate(secret.charAt(i + 1));
            // Java's replacement for bytes of an environment variable that it cannot decode.
            if (c == '\uFFFD' || Character.isSurrogate(c) && !pair) {
                return NOT_UTF_8;
            }
            i += pair ? 1 : 0;
        }
        return null;
    }

    private static Duration ttl(JsonValue json) throws MalformedContentException {
        if (json == null) {
            return DEFAULT_TTL;
        }
        try {
            Duration ttl = Duration.parse(json.text());
            if (ttl.getSeconds() >= 1 && ttl.compareTo(MAX_TTL) <= 0) {
                return ttl;
            }
        } catch (DateTimeException e) {
            // said below
        }
        throw json.wrong("an ISO-8601 duration from PT1S to " + MAX_TTL + ", like PT12H");
    }

    /** RFC 6265 section 4.1.1: any character but controls and semicolons; and here none that a URL has encoded. */
    private static String cookiePath(JsonValue json) throws MalformedContentException {
        if (json == null) {
            return null;
        }
        String path = json.text();
        if (!path.matches("/([!-~&&[^;,\\\\\"<>]]*)")) {
            throw json.wrong("a path as it stands in a URL; it begins with a slash, and has no ; and no ,");
        }
        return path;
    }
}
