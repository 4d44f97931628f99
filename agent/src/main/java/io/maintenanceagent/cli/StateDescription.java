package io.maintenanceagent.cli;

import io.maintenanceagent.state.Scope;
import io.maintenanceagent.state.State;
import java.time.Instant;
import java.util.Collection;

/** States in sentences. Stateless. */
final class StateDescription {

    private StateDescription() {}

    /** One sentence without its end. */
    static String of(State state, Instant now) {
        if (!state.enabled()) {
            return "Maintenance is off";
        }
        StringBuilder words = new StringBuilder();
        boolean later = state.from() != null && state.from().isAfter(now);
        words.append(later ? "Maintenance begins " + Times.shown(state.from(), now) : "Maintenance is on");
        if (state.until() != null) {
            words.append(later ? ", ends " : " until ").append(Times.shown(state.until(), now));
        }
        String scope = scope(state.scope());
        return Terminal.clean(words.append(scope.isEmpty() ? "" : ", " + scope).toString());
    }

    /** Which requests are meant; empty for all. */
    static String scope(Scope scope) {
        StringBuilder words = new StringBuilder();
        add(words, scope.readOnly() ? "read-only" : "");
        add(words, list("paths", scope.paths()));
        add(words, list("hosts", scope.hosts()));
        add(words, list("contexts", scope.contexts()));
        return words.toString();
    }

    private static void add(StringBuilder words, String more) {
        words.append(words.length() == 0 || more.isEmpty() ? "" : ", ").append(more);
    }

    private static String list(String what, Collection<?> values) {
        StringBuilder list = new StringBuilder();
        for (Object value : values) {
            list.append(' ').append(value.toString().isEmpty() ? "/" : value); // the root context
        }
        return values.isEmpty() ? "" : what + list;
    }

    /** What a successful wait has brought about. */
    static String waited(State state, int instances, Instant now) {
        String all = instances == 1 ? "The one instance that reports" : "All " + instances + " instances that report";
        String verb = instances == 1 ? " has" : " have";
        if (!state.enabled()) {
            return all + verb + " left maintenance";
        }
        if (state.activeAt(now.toEpochMilli())) {
            return all + (instances == 1 ? " is" : " are") + " in maintenance, and quiet";
        }
        return all + verb + " taken the state; maintenance begins later";
    }
}
