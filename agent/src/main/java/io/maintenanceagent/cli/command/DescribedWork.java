package io.maintenanceagent.cli.command;

import io.maintenanceagent.cli.terminal.UsageException;
import io.maintenanceagent.entrypoint.WorkKind;
import io.maintenanceagent.policy.Decision;
import io.maintenanceagent.policy.Explanation;
import io.maintenanceagent.policy.WorkPolicy;
import io.maintenanceagent.state.State;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options of {@code explain} for work that is no request, in place of METHOD and URL. */
final class DescribedWork {

    @Option(
            names = "--schedule",
            paramLabel = "CLASS",
            order = 20,
            description = "A class whose jobs a scheduler starts, in place of METHOD and URL.")
    private String schedule;

    @Option(
            names = "--message",
            paramLabel = "CLASS",
            order = 21,
            description = "A class that handles messages, in place of METHOD and URL.")
    private String message;

    @Option(
            names = "--jdbc",
            paramLabel = "CLASS",
            order = 22,
            description = "A class that writes to a database, in place of METHOD and URL.")
    private String jdbc;

    /** The kind that is given, or {@code null} for a request. */
    WorkKind kind() throws UsageException {
        List<WorkKind> given = new ArrayList<WorkKind>();
        for (WorkKind kind : WorkKind.values()) {
            if (className(kind) != null) {
                given.add(kind);
            }
        }
        if (given.size() > 1) {
            throw new UsageException("--schedule, --message and --jdbc: give one of them");
        }
        return given.isEmpty() ? null : given.get(0);
    }

    /** The class that is given for a kind, or {@code null}. */
    String className(WorkKind kind) {
        switch (kind) {
            case SCHEDULES:
                return schedule;
            case MESSAGES:
                return message;
            default:
                return jdbc;
        }
    }

    /** What it is, for people, like {@code job com.acme.Job}. */
    String label(WorkKind kind) {
        return kind.unit() + " " + className(kind);
    }

    Decision decide(WorkKind kind, WorkPolicy policy, State state, long epochMillis, Explanation explanation) {
        return policy.decide(kind, className(kind), state, false, epochMillis, explanation);
    }

    /** What becomes of it, in a word or two. */
    static String word(WorkKind kind, WorkPolicy policy, Decision decision) {
        if (!decision.isStopped()) {
            return "goes on";
        }
        switch (policy.treatment(kind)) {
            case WATCH:
                return "goes on, and is counted and named";
            case REFUSE:
                return "refused";
            default:
                return "paused";
        }
    }
}
