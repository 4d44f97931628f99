package io.maintenanceagent.cli;

import io.maintenanceagent.state.Scope;
import io.maintenanceagent.state.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Describes states in sentences. Stateless. */
final class StateDescription {

    /** In seconds; of a policy that says nothing. */
    private static final int DEFAULT_RETRY_AFTER = 3600;

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

    /** The requests that a scope covers; empty for all. */
    static String scope(Scope scope) {
        StringBuilder words = new StringBuilder();
        add(words, scope.readOnly() ? "read-only" : "");
        add(words, list("paths", scope.paths()));
        add(words, list("hosts", scope.hosts()));
        add(words, list("contexts", scope.contexts()));
        return words.toString();
    }

    /** Returns hints for the author of a state, a sentence each. */
    static List<String> hints(State state) {
        List<String> hints = new ArrayList<String>();
        if (state.enabled() && state.until() == null && state.retryAfter() == null) {
            hints.add("Clients are told to stay away for " + DEFAULT_RETRY_AFTER
                    + " s (Retry-After), or for as long as the"
                    + " policy says, since there is no end; --for, --until or --retry-after says it better");
        }
        if (state.enabled() && state.scope().readOnly()) {
            hints.add("Logins by POST are refused, too, unless the policy lets them pass, with a rule like"
                    + " {\"path\": \"/login\","
                    + " \"mode\": \"read-only\", \"maintenance\": \"off\"}");
        }
        return hints;
    }

    /** Says that no instance reports, and why that may be, in a clause. */
    static String noRegistry(String store) {
        return store + " keeps no reports of instances: each JVM that reads it follows it, and nothing here can say"
                + " whether one has";
    }

    static String noInstances(String store) {
        return "no instance reports to " + store
                + ": no JVM follows this very file or key (a container, or a service with"
                + " PrivateTmp or mounts of its own, may have another file of this name), or those that do have"
                + " served no"
                + " request yet, or may not write beside the file; list shows what each JVM here follows";
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

    /** Describes the result of a successful wait. */
    static String waited(State state, int instances, Instant now) {
        String all = instances == 1 ? "The one instance that reports" : "All " + instances + " instances that report";
        String verb = instances == 1 ? " has" : " have";
        if (!state.enabled()) {
            return all + verb + " left maintenance";
        }
        if (state.activeAt(now.toEpochMilli())) {
            return all + (instances == 1 ? " is" : " are") + " in maintenance, and drained";
        }
        return all + verb + " taken the state; maintenance begins later";
    }
}
