package io.maintenanceagent.cli.state;

import io.maintenanceagent.cli.terminal.Terminal;
import io.maintenanceagent.cli.terminal.Times;
import io.maintenanceagent.entrypoint.WorkKind;
import io.maintenanceagent.json.JsonValue;
import io.maintenanceagent.json.MalformedContentException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an instance report says of sockets and of work that is no request. What is malformed is not there. Immutable.
 */
public final class WorkReport {

    /** As much as a report can hold of it. */
    private static final double MANY = 1e15;

    /** How much of a name is shown, in characters: its end. */
    private static final int NAME = 60;

    /** What is not guarded, and the instances where it is: how many of them are named. */
    private static final int NAMED = 3;

    private final JsonValue work;
    private final JsonValue sockets;
    private final List<String> unguarded;

    private WorkReport(JsonValue work, JsonValue sockets, List<String> unguarded) {
        this.work = work;
        this.sockets = sockets;
        this.unguarded = unguarded;
    }

    /** @param report an instance report, or {@code null} */
    public static WorkReport of(JsonValue report) {
        List<String> unguarded = new ArrayList<String>();
        JsonValue work = report == null ? null : report.get("work");
        try {
            if (report != null && report.get("unguarded") != null) {
                for (String name : report.get("unguarded").texts()) {
                    unguarded.add(Terminal.clean(name));
                }
            }
        } catch (MalformedContentException malformed) {
            unguarded.clear();
        }
        JsonValue sockets = report == null ? null : report.get("sockets");
        return new WorkReport(
                work != null && work.isObject() ? work : null,
                sockets != null && sockets.isObject() ? sockets : null,
                unguarded);
    }

    /** What is in flight of each kind, for people, like {@code 2 jobs}; only what is in flight. */
    public List<String> inFlight() {
        return counted("inFlight", "open");
    }

    /** The same of what would not begin now. */
    public List<String> blocking() {
        return counted("blocking", "blocking");
    }

    private List<String> counted(String member, String ofSockets) {
        List<String> counts = new ArrayList<String>();
        add(number(sockets, ofSockets), "socket", counts);
        for (WorkKind kind : WorkKind.values()) {
            add(number(kind(kind), member), kind.unit(), counts);
        }
        return counts;
    }

    private static void add(long count, String unit, List<String> counts) {
        if (count > 0) {
            counts.add(count + " " + unit + (count == 1 ? "" : "s"));
        }
    }

    /** The oldest unit of each kind that has some that would not begin now, with its age. */
    public List<String> oldest() {
        List<String> units = new ArrayList<String>();
        for (WorkKind kind : WorkKind.values()) {
            JsonValue json = kind(kind);
            JsonValue oldest = json == null ? null : json.get("oldest");
            if (number(json, "blocking") > 0 && oldest != null && oldest.isObject()) {
                units.add(kind.unit() + " " + text(oldest, "name") + " for "
                        + Times.span(Duration.ofSeconds(number(oldest, "seconds"))));
            }
        }
        JsonValue oldest = sockets == null ? null : sockets.get("oldest");
        if (oldest != null && oldest.isObject()) {
            units.add("socket " + text(oldest, "path") + " for "
                    + Times.span(Duration.ofSeconds(number(oldest, "seconds"))));
        }
        return units;
    }

    /**
     * Describes what is there and not guarded, in one line for all instances that are in maintenance.
     *
     * @param instances instances
     * @return the line, or {@code null} if there is nothing
     */
    public static String unguarded(List<InstanceProgress> instances) {
        Map<String, List<String>> labels = new LinkedHashMap<String, List<String>>();
        for (InstanceProgress instance : instances) {
            List<String> names = instance.report().work().unguarded;
            if (!names.isEmpty() && Boolean.TRUE.equals(instance.report().maintenance())) {
                labels.computeIfAbsent(String.join(", ", names), key -> new ArrayList<String>())
                        .add(instance.report().label());
            }
        }
        List<String> parts = new ArrayList<String>();
        labels.forEach((names, where) -> parts.add(names + " in "
                + String.join(", ", where.subList(0, Math.min(NAMED, where.size())))
                + (where.size() > NAMED ? " and " + (where.size() - NAMED) + " more" : "")));
        return parts.isEmpty() ? null : "Not guarded, and not waited for: " + String.join("; ", parts);
    }

    /**
     * Who writes to a database in maintenance, for people, a line each; the first {@link #NAMED}, and how many there
     * are besides.
     */
    public List<String> writers() {
        List<String> lines = new ArrayList<String>();
        JsonValue json = kind(WorkKind.JDBC);
        JsonValue writers = json == null ? null : json.get("writers");
        try {
            List<JsonValue> all = writers == null ? Collections.<JsonValue>emptyList() : writers.elements();
            for (JsonValue writer : all.subList(0, Math.min(NAMED, all.size()))) {
                long count = number(writer, "count");
                lines.add(text(writer, "caller") + " has written to a database " + count
                        + (count == 1 ? " time" : " times") + ", last " + text(writer, "last") + " on thread "
                        + text(writer, "thread"));
            }
            if (all.size() > NAMED) {
                lines.add(all.size() - NAMED + " more have written; status --json names them");
            }
        } catch (MalformedContentException malformed) {
            lines.clear();
        }
        return lines;
    }

    private JsonValue kind(WorkKind kind) {
        JsonValue json = work == null ? null : work.get(kind.guard());
        return json != null && json.isObject() ? json : null;
    }

    private static long number(JsonValue json, String member) {
        try {
            return json == null || json.get(member) == null
                    ? 0
                    : (long) json.get(member).number(0, MANY);
        } catch (MalformedContentException malformed) {
            return 0;
        }
    }

    private static String text(JsonValue json, String member) {
        try {
            String text = Terminal.clean(json.get(member).text());
            return text.length() <= NAME ? text : "..." + text.substring(text.length() - NAME);
        } catch (MalformedContentException | NullPointerException malformed) {
            return "?";
        }
    }
}
