package io.maintenanceagent.cli;

import io.maintenanceagent.json.Json;
import io.maintenanceagent.json.JsonException;
import io.maintenanceagent.json.JsonValue;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;

/**
 * What a JVM tells of itself. Read with patience: an older agent tells less, a newer one more, and what is not told is
 * unknown. Immutable.
 */
final class InstanceReport {

    private static final double MANY = 1e15;

    /** How much of a path is shown, in characters. */
    private static final int PATH = 40;

    private final String name;
    private final byte[] content;
    private final JsonValue json;

    private InstanceReport(String name, byte[] content, JsonValue json) {
        this.name = name;
        this.content = content;
        this.json = json;
    }

    static InstanceReport of(String name, byte[] content) {
        JsonValue json = null;
        try {
            json = Json.parse(content);
        } catch (JsonException garbled) {
            // all of it is unknown
        }
        return new InstanceReport(name, content, json);
    }

    String name() {
        return name;
    }

    /** The report as it is, on one line; {@code null} if it is no JSON. */
    String compact() {
        return JsonWriter.compact(content);
    }

    /** What people call this instance: {@code shop on web1 (4711)}. */
    String label() {
        if (text("app") == null || text("host") == null) {
            return name;
        }
        Long pid = count("pid");
        return text("app") + " on " + text("host") + (pid == null ? "" : " (" + pid + ")");
    }

    String source() {
        return text("source");
    }

    String hash() {
        return text("hash");
    }

    String fault() {
        return text("fault");
    }

    /** Whether it refuses requests now, or {@code null}. */
    Boolean maintenance() {
        return flag(json, "maintenance");
    }

    /** Whether all requests have ended that would be refused now, or {@code null}. */
    Boolean drained() {
        return flag(json, "drained");
    }

    /** Whether the switch is on that it obeys, or {@code null}. */
    Boolean enabled() {
        return flag(json == null ? null : json.get("state"), "enabled");
    }

    /** What it does now, in a word. */
    String word() {
        Boolean refuses = maintenance() == null ? enabled() : maintenance();
        return refuses == null ? "?" : refuses ? "on" : "off";
    }

    /** How many requests still run that would be refused now, or {@code null}. */
    Long blocking() {
        return count("blocking");
    }

    Long refused() {
        return count("refused");
    }

    /** How many requests run, of whatever kind, or {@code null}. */
    Long inFlight() {
        JsonValue kinds = json == null ? null : json.get("inFlight");
        if (kinds == null) {
            return null;
        }
        long sum = 0;
        for (String kind : new String[] {"sync", "async", "unknown", "exempt"}) {
            Long count = count(kinds, kind);
            sum += count == null ? 0 : count;
        }
        return sum;
    }

    /** The oldest request that still runs, with its age, or {@code null}. */
    String oldest() {
        JsonValue oldest = json == null ? null : json.get("oldest");
        if (oldest == null) {
            return null;
        }
        Long seconds = count(oldest, "seconds");
        return text(oldest, "method") + " " + shortened(String.valueOf(text(oldest, "path")))
                + (seconds == null ? "" : " for " + Times.span(Duration.ofSeconds(seconds)));
    }

    private static String shortened(String path) {
        return path.length() <= PATH ? path : path.substring(0, PATH) + "...";
    }

    /** Since when it enforces what it enforces, or {@code null}. */
    Instant since() {
        try {
            return text("since") == null ? null : Instant.parse(text("since"));
        } catch (DateTimeException garbled) {
            return null;
        }
    }

    private String text(String member) {
        return text(json, member);
    }

    private Long count(String member) {
        return count(json, member);
    }

    private static String text(JsonValue json, String member) {
        try {
            JsonValue value = json == null ? null : json.get(member);
            return value == null ? null : Terminal.clean(value.text());
        } catch (JsonException e) {
            return null;
        }
    }

    private static Boolean flag(JsonValue json, String member) {
        try {
            JsonValue value = json == null ? null : json.get(member);
            return value == null ? null : value.bool();
        } catch (JsonException e) {
            return null;
        }
    }

    private static Long count(JsonValue json, String member) {
        try {
            JsonValue value = json == null ? null : json.get(member);
            return value == null ? null : (long) value.number(0, MANY);
        } catch (JsonException e) {
            return null;
        }
    }
}
