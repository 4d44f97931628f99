package io.maintenanceagent.policy;

import io.maintenanceagent.entrypoint.WorkKind;
import io.maintenanceagent.json.JsonValue;
import io.maintenanceagent.json.MalformedContentException;
import io.maintenanceagent.match.ClassPattern;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Parses what a policy file says about work that is no request. For one thread. */
final class WorkPolicyParser {

    private final JsonValue policy;
    private WorkPolicy.Builder builder; // null while nothing is said

    /** @param policy the whole policy */
    WorkPolicyParser(JsonValue policy) {
        this.policy = policy;
    }

    /** Returns whether a rule is about work that is no request. */
    static boolean isWorkRule(JsonValue rule) {
        if (rule.isObject()) {
            for (WorkKind kind : WorkKind.values()) {
                if (rule.get(kind.rule()) != null) {
                    return true;
                }
            }
        }
        return false;
    }

    void addRule(JsonValue json) throws MalformedContentException {
        json.onlyMembers("schedule", "message", "jdbc", "mode", "maintenance");
        JsonValue verdict = json.get("maintenance");
        if (verdict == null) {
            throw json.error("has no \"maintenance\"; allowed: \"on\" or \"off\"");
        }
        Map<WorkKind, List<ClassPattern>> classes = new EnumMap<WorkKind, List<ClassPattern>>(WorkKind.class);
        for (WorkKind kind : WorkKind.values()) {
            JsonValue patterns = json.get(kind.rule());
            if (patterns != null) {
                if (patterns.isArray() && patterns.elements().isEmpty()) {
                    throw patterns.error("is an empty list, which nothing matches; leave it out");
                }
                classes.put(kind, patterns(patterns));
            }
        }
        builder()
                .rules
                .add(new WorkRule(
                        json.pointer(),
                        PolicyParser.isFirst(verdict, "on", "off"),
                        PolicyParser.mode(json.get("mode")),
                        classes));
    }

    /** Returns what it says; {@code null} if nothing. */
    WorkPolicy parse() throws MalformedContentException {
        JsonValue work = policy.get("work");
        if (work != null) {
            work.onlyMembers("schedules", "messages", "jdbc", "except");
            treat(work, WorkKind.SCHEDULES, "pause", "ignore");
            treat(work, WorkKind.MESSAGES, "pause", "ignore");
            treat(work, WorkKind.JDBC, "watch", "refuse", "ignore");
            builder().except = patterns(work.get("except"));
        }
        JsonValue sockets = policy.get("sockets");
        if (sockets != null) {
            builder().closesSockets = PolicyParser.isFirst(sockets, "close", "keep");
        }
        JsonValue grace = policy.get("grace");
        if (grace != null) {
            builder().graceMillis = millis(grace);
        }
        return builder == null ? null : builder.build();
    }

    private WorkPolicy.Builder builder() {
        if (builder == null) {
            builder = new WorkPolicy.Builder();
        }
        return builder;
    }

    private void treat(JsonValue work, WorkKind kind, String... allowed) throws MalformedContentException {
        JsonValue value = work.get(kind.guard());
        if (value == null) {
            return;
        }
        String word = value.isText() ? value.text() : "";
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < allowed.length; i++) {
            if (allowed[i].equals(word)) {
                builder().treatments.put(kind, treatment(word));
                return;
            }
            words.append(i == 0 ? "\"" : i == allowed.length - 1 ? " or \"" : ", \"");
            words.append(allowed[i]).append('"');
        }
        throw value.wrong(words.toString());
    }

    private static WorkPolicy.Treatment treatment(String word) {
        for (WorkPolicy.Treatment treatment : WorkPolicy.Treatment.values()) {
            if (treatment.name().equalsIgnoreCase(word)) {
                return treatment;
            }
        }
        throw new IllegalArgumentException(word);
    }

    private static List<ClassPattern> patterns(JsonValue json) throws MalformedContentException {
        List<ClassPattern> patterns = new ArrayList<ClassPattern>();
        for (JsonValue element : PolicyParser.all(json)) {
            try {
                patterns.add(ClassPattern.parse(element.text()));
            } catch (IllegalArgumentException e) {
                throw element.error(e.getMessage());
            }
        }
        return patterns;
    }

    private static long millis(JsonValue json) throws MalformedContentException {
        String allowed = "a duration like \"PT30S\", up to an hour";
        try {
            Duration duration = Duration.parse(json.isText() ? json.text() : "");
            if (!duration.isNegative() && duration.compareTo(Duration.ofHours(1)) <= 0) {
                return duration.toMillis();
            }
        } catch (DateTimeException notOne) {
            // said below
        }
        throw json.wrong(allowed);
    }
}
