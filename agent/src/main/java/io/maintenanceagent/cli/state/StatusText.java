package io.maintenanceagent.cli.state;

import com.fasterxml.jackson.core.JsonGenerator;
import io.maintenanceagent.cli.terminal.JsonWriter;
import io.maintenanceagent.cli.terminal.Terminal;
import io.maintenanceagent.cli.terminal.Times;
import io.maintenanceagent.state.Admit;
import io.maintenanceagent.state.EffectiveState;
import io.maintenanceagent.state.State;
import io.maintenanceagent.state.StateWriter;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The output of {@code status}, for people and for programs. Immutable. */
public final class StatusText {

    private final String store;
    private final EffectiveState effective;
    private final Instant written;
    private final List<InstanceProgress> instances;
    private final String unlisted;
    private final Instant now;

    /**
     * @param store the store's name
     * @param effective the state that holds
     * @param written when it was written, or {@code null} if unknown
     * @param instances the instances that report
     * @param unlisted why they cannot be listed, or {@code null}
     * @param now the present
     */
    public StatusText(
            String store,
            EffectiveState effective,
            Instant written,
            List<InstanceProgress> instances,
            String unlisted,
            Instant now) {
        this.store = store;
        this.effective = effective;
        this.written = written;
        this.instances = instances;
        this.unlisted = unlisted;
        this.now = now;
    }

    /** When the state began; {@code null} if unknown. */
    private Instant since() {
        State state = effective.state();
        if (state.from() != null && !state.from().isAfter(now) && state.enabled()) {
            return state.from();
        }
        return effective.source() == EffectiveState.Source.STORE ? written : null;
    }

    /** The text without counts and ages, so that it changes only when something has happened. */
    public String summary() {
        StringBuilder summary = new StringBuilder(
                unlisted + " " + effective.source() + " " + effective.state().wordAt(now.toEpochMilli()));
        summary.append(StateWriter.toJson(effective.state()));
        for (InstanceProgress instance : instances) {
            summary.append('\n')
                    .append(instance.brief())
                    .append(instance.report().fault());
        }
        return summary.toString();
    }

    public String json() {
        State state = effective.state();
        return JsonWriter.object(json -> {
            json.writeBooleanField("maintenance", state.activeAt(now.toEpochMilli()));
            json.writeStringField("phase", state.wordAt(now.toEpochMilli()));
            json.writeStringField("source", effective.source().word());
            json.writeStringField("store", store);
            JsonWriter.optional(json, "by", state.by());
            JsonWriter.optional(json, "reason", state.reason());
            JsonWriter.optional(json, "since", since());
            JsonWriter.optional(json, "until", state.until());
            if (state.admit() != null && state.activeAt(now.toEpochMilli())) {
                json.writeNumberField("share", new BigDecimal(Admit.shown(state.shareAt(now.toEpochMilli()))));
            }
            json.writeFieldName("state");
            StateWriter.write(state, json);
            instances(json, instances);
            JsonWriter.optional(json, "unlisted", unlisted);
        });
    }

    /** Writes each report as it was read, with its progress. */
    public static void instances(JsonGenerator json, List<InstanceProgress> instances) throws IOException {
        json.writeArrayFieldStart("instances");
        for (InstanceProgress instance : instances) {
            json.writeStartObject();
            json.writeStringField("name", instance.report().name());
            json.writeBooleanField("enforces", instance.isEnforcing());
            JsonWriter.optional(json, "decidedBy", instance.report().decidedBy());
            JsonWriter.optional(json, "version", instance.report().version());
            String report = instance.report().compact();
            if (report != null) {
                json.writeFieldName("report");
                json.writeRawValue(report);
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    public List<String> lines(Terminal terminal) {
        State state = effective.state();
        List<String> lines = new ArrayList<String>();
        boolean active = state.activeAt(now.toEpochMilli());
        String word = state.wordAt(now.toEpochMilli());
        lines.add("State    " + (active ? terminal.red(word) : terminal.green(word)));
        line(lines, "Source", source());
        line(lines, "Scope", StateDescription.scope(state.scope()));
        line(lines, "By", state.by());
        line(lines, "Reason", state.reason());
        line(lines, "Message", state.message());
        time(lines, "Since", since());
        time(lines, "From", state.from() != null && state.from().isAfter(now) ? state.from() : null);
        time(lines, "Until", state.until());
        line(lines, "Retry", state.retryAfter() == null ? null : "after " + state.retryAfter() + " s");
        line(lines, "Hold", StateDescription.hold(state));
        line(lines, "Share", state.admit() != null && active ? StateDescription.share(state, now) : null);
        lines.add("");
        if (unlisted != null) {
            lines.add(terminal.yellow("! " + Terminal.clean(unlisted)));
        } else if (instances.isEmpty()) {
            lines.add(
                    effective.source() == EffectiveState.Source.STORE
                            ? "No instance reports to this store; list shows what each JVM here follows."
                            : "No instance reports to this store; those beside a file begin when there is one.");
        } else {
            lines.addAll(table(terminal));
        }
        return lines;
    }

    private String source() {
        switch (effective.source()) {
            case STORE:
                return store;
            case DEFAULT:
                return "nobody has said anything, neither " + store + " nor the environment";
            default:
                return "the " + effective.source().word() + ", since " + store + " says nothing";
        }
    }

    private static void line(List<String> lines, String name, String text) {
        if (text != null && !text.isEmpty()) {
            lines.add(String.format("%-9s", name) + Terminal.clean(text));
        }
    }

    private void time(List<String> lines, String name, Instant time) {
        line(lines, name, time == null ? null : Times.shown(time, now));
    }

    private List<String> table(Terminal terminal) {
        List<String[]> rows = new ArrayList<String[]>();
        rows.add(new String[] {"INSTANCE", "STATE", "BY", "IN FLIGHT", "REFUSED", "VERSION", "SINCE"});
        for (InstanceProgress instance : instances) {
            InstanceReport report = instance.report();
            rows.add(new String[] {
                report.label(),
                report.word(),
                shown(report.decidedBy()),
                inFlight(report),
                shown(report.refused()),
                shown(report.version()),
                report.since() == null ? "?" : Times.span(Duration.between(report.since(), now)) + " ago"
            });
        }
        List<String> lines = columns(rows);
        lines.set(0, terminal.faint(lines.get(0)));
        for (InstanceProgress instance : instances) {
            // Without a stored state no instance has to take it.
            boolean strays =
                    instance.step() != InstanceProgress.Step.DONE && effective.source() == EffectiveState.Source.STORE
                            || instance.step() == InstanceProgress.Step.UNENFORCED;
            if (strays) {
                lines.add(terminal.yellow("! " + instance.full()));
            } else if (instance.report().isOverridden()) {
                lines.add(terminal.yellow("! " + instance.report().label() + ": "
                        + instance.report().override()));
            }
            if (instance.report().waiting() != null && instance.report().waiting() > 0) {
                lines.add("  " + instance.report().label() + ": "
                        + instance.report().waiting() + " requests wait for the end of maintenance");
            }
            for (String writer : instance.report().work().writers()) {
                lines.add(terminal.yellow("! " + instance.report().label() + ": " + writer));
            }
            if (instance.report().fault() != null) {
                Instant since = instance.report().faultSince();
                lines.add(terminal.yellow("! " + instance.report().label() + ": "
                        + instance.report().fault()
                        + (since == null ? "" : ", since " + Times.shown(since, now))));
            }
        }
        String unguarded = WorkReport.unguarded(instances);
        if (unguarded != null) {
            lines.add(terminal.yellow("! " + unguarded));
        }
        return lines;
    }

    /** Requests, and what else is in flight. */
    private static String inFlight(InstanceReport report) {
        List<String> all = new ArrayList<String>();
        all.add(shown(report.inFlight()));
        all.addAll(report.work().inFlight());
        return String.join(", ", all);
    }

    private static String shown(Object value) {
        return value == null ? "?" : value.toString();
    }

    public static List<String> columns(List<String[]> rows) {
        int[] widths = new int[rows.get(0).length];
        for (String[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        List<String> lines = new ArrayList<String>();
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.length - 1; i++) {
                line.append(String.format("%-" + (widths[i] + 2) + "s", row[i]));
            }
            lines.add(line.append(row[row.length - 1]).toString());
        }
        return lines;
    }
}
