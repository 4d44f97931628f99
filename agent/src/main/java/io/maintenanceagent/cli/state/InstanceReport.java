package io.maintenanceagent.cli.state;

import io.maintenanceagent.cli.terminal.JsonWriter;
import io.maintenanceagent.cli.terminal.Terminal;
import io.maintenanceagent.cli.terminal.Times;
import io.maintenanceagent.instance.InstanceIdentity;
import io.maintenanceagent.json.Json;
import io.maintenanceagent.json.JsonValue;
import io.maintenanceagent.json.MalformedContentException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An instance report. Missing members are unknown, and others are ignored: an older agent writes fewer, a newer one
 * more. Immutable.
 */
public final class InstanceReport {

    /** Members that every agent knows, so that their absence has a meaning. */
    private static final List<String> FIRST_MEMBERS = Arrays.asList(
            "enabled", "message", "retryAfter", "from", "until", "mode", "paths", "hosts", "contexts", "by", "reason");

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

    public static InstanceReport of(String name, byte[] content) {
        JsonValue json = null;
        try {
            json = Json.parse(content);
        } catch (MalformedContentException ignored) {
            // every member is unknown
        }
        return new InstanceReport(name, content, json);
    }

    public String name() {
        return name;
    }

    /** The report as it is, on one line; {@code null} if it is no JSON. */
    public String compact() {
        return JsonWriter.compact(content);
    }

    /** The instance for people: {@code shop on web1 (4711)}. */
    public String label() {
        if (text("app") == null || text("host") == null) {
            return name;
        }
        Long pid = count("pid");
        return text("app") + " on " + text("host") + (pid == null ? "" : " (" + pid + ")");
    }

    public String source() {
        return text("source");
    }

    /** What decides there: {@code override} while there is one, else its source, or {@code null}. */
    public String decidedBy() {
        return isOverridden() ? "override" : source();
    }

    /** Whether a temporary override is active in that JVM. */
    public boolean isOverridden() {
        return Boolean.TRUE.equals(flag(json, "override"));
    }

    /** The agent's version, or {@code null}. */
    public String version() {
        return text("version");
    }

    public boolean isOfThisVersion() {
        return InstanceIdentity.agentVersion().equals(version());
    }

    /** Describes its temporary override. */
    public String override() {
        Long pid = count("pid");
        return "in maintenance by a temporary override in that JVM (API or JMX); it ends there, or by off --override"
                + (pid == null ? "" : " " + pid);
    }

    /**
     * Whether it enforces a state but for members that its agent is too old to know.
     *
     * @param target the state, as JSON
     */
    public boolean statesAllButUnknown(String target) {
        try {
            Map<String, JsonValue> told = json.get("state").members();
            Map<String, JsonValue> wanted = new HashMap<>(
                    Json.parse(target.getBytes(StandardCharsets.UTF_8)).members());
            Set<String> unknown = new HashSet<String>(wanted.keySet());
            unknown.removeAll(told.keySet());
            unknown.retainAll(FIRST_MEMBERS);
            wanted.keySet().retainAll(told.keySet());
            return unknown.isEmpty() && wanted.equals(told);
        } catch (MalformedContentException | RuntimeException ignored) {
            // the report is malformed
            return false;
        }
    }

    public String hash() {
        return text("hash");
    }

    public String fault() {
        return text("fault");
    }

    /** Whether it refuses requests now, or {@code null}. */
    public Boolean maintenance() {
        return flag(json, "maintenance");
    }

    /** Whether all requests have ended that would be refused now, or {@code null}. */
    public Boolean drained() {
        return flag(json, "drained");
    }

    /** Whether it is known to refuse requests in maintenance, or {@code null}. */
    public Boolean enforcing() {
        return flag(json, "enforcing");
    }

    /** Why it is not known to refuse requests, or {@code null}. */
    public String unenforced() {
        return text("unenforced");
    }

    /** Whether the state that it enforces is enabled, or {@code null}. */
    public Boolean enabled() {
        return flag(json == null ? null : json.get("state"), "enabled");
    }

    /** What it does now, in a word. */
    public String word() {
        Boolean refuses = maintenance() == null ? enabled() : maintenance();
        return refuses == null ? "?" : refuses ? "on" : "off";
    }

    /** How many in-flight requests would be refused now, or {@code null}. */
    public Long blocking() {
        return count("blocking");
    }

    /** How many requests wait there for the end of maintenance, or {@code null}. */
    public Long waiting() {
        return count(json == null ? null : json.get("held"), "waiting");
    }

    /** How many threads its server has for requests, or {@code null}. */
    public Long threads() {
        return count("threads");
    }

    /** Whether its requests come to servlets, or {@code null}. */
    public Boolean servlets() {
        return flag(json, "servlets");
    }

    public Long refused() {
        return count("refused");
    }

    /** How many requests are in flight, or {@code null}. */
    public Long inFlight() {
        JsonValue kinds = json == null ? null : json.get("inFlight");
        if (kinds == null) {
            return null;
        }
        long sum = 0;
        for (String kind : new String[] {"sync", "async", "preAttach", "exempt"}) {
            Long count = count(kinds, kind);
            sum += count == null ? 0 : count;
        }
        return sum;
    }

    /** Work that is no request. */
    public WorkReport work() {
        return WorkReport.of(json);
    }

    /** The oldest in-flight request, with its age, or {@code null}. */
    public String oldest() {
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

    /** Since when it enforces its state, or {@code null}. */
    public Instant since() {
        return time("since");
    }

    /** Since when its last error is the last one, or {@code null}. */
    public Instant faultSince() {
        return time("faultSince");
    }

    private Instant time(String member) {
        try {
            return text(member) == null ? null : Instant.parse(text(member));
        } catch (DateTimeException ignored) {
            // the report is malformed
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
        } catch (MalformedContentException e) {
            return null;
        }
    }

    private static Boolean flag(JsonValue json, String member) {
        try {
            JsonValue value = json == null ? null : json.get(member);
            return value == null ? null : value.bool();
        } catch (MalformedContentException e) {
            return null;
        }
    }

    private static Long count(JsonValue json, String member) {
        try {
            JsonValue value = json == null ? null : json.get(member);
            return value == null ? null : (long) value.number(0, MANY);
        } catch (MalformedContentException e) {
            return null;
        }
    }
}
