package io.maintenanceagent.cli.state;

import io.maintenanceagent.cli.terminal.Terminal;
import io.maintenanceagent.cli.terminal.Times;
import io.maintenanceagent.state.Admit;
import io.maintenanceagent.state.Scope;
import io.maintenanceagent.state.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Describes states in sentences. Stateless. */
public final class StateDescription {

    /** In seconds; of a policy that says nothing. */
    private static final int DEFAULT_RETRY_AFTER = 3600;

    /** The default of nginx ({@code proxy_read_timeout}), Apache, HAProxy's examples and the clouds' balancers. */
    private static final int PROXY_SECONDS = 60;

    private StateDescription() {}

    /** One sentence without its end. */
    public static String of(State state, Instant now) {
        if (!state.enabled()) {
            return "Maintenance is off";
        }
        StringBuilder words = new StringBuilder();
        if (state.admit() != null && state.admit().ramp() && state.activeAt(now.toEpochMilli())) {
            return Terminal.clean("Everybody is let in until " + Times.shown(state.until(), now)
                    + ", one after the other; then maintenance is off");
        }
        boolean later = state.from() != null && state.from().isAfter(now);
        words.append(later ? "Maintenance begins " + Times.shown(state.from(), now) : "Maintenance is on");
        if (state.until() != null) {
            words.append(later ? ", ends " : " until ").append(Times.shown(state.until(), now));
        }
        if (state.admit() != null) {
            words.append(", ").append(share(state, now));
        }
        String scope = scope(state.scope());
        return Terminal.clean(words.append(scope.isEmpty() ? "" : ", " + scope).toString());
    }

    /** The share that a state lets in, which it has. */
    public static String share(State state, Instant now) {
        String shown = Admit.shown(state.shareAt(now.toEpochMilli())) + " percent of the clients are let in";
        return state.admit().ramp() ? shown + ", all of them " + Times.shown(state.until(), now) : shown;
    }

    /** How a state lets requests wait; {@code null} if it does not. */
    public static String hold(State state) {
        return state.hold() == null
                ? null
                : "for " + state.hold().seconds() + " s after it began, up to "
                        + state.hold().requests() + " requests wait in each JVM";
    }

    /** Warns of a hold that is longer than those in front of the server wait, a sentence; {@code null} if it is not. */
    public static String holdWarning(State state) {
        return state.hold() == null || state.hold().seconds() <= PROXY_SECONDS
                ? null
                : "a hold of " + state.hold().seconds() + " s is longer than most proxies and load balancers wait ("
                        + PROXY_SECONDS + " s by default); what they give up fails all the same";
    }

    /** The requests that a scope covers; empty for all. */
    public static String scope(Scope scope) {
        StringBuilder words = new StringBuilder();
        add(words, scope.readOnly() ? "read-only" : "");
        add(words, list("paths", scope.paths()));
        add(words, list("hosts", scope.hosts()));
        add(words, list("contexts", scope.contexts()));
        return words.toString();
    }

    /** Returns hints for the author of a state, a sentence each. */
    public static List<String> hints(State state) {
        List<String> hints = new ArrayList<String>();
        if (state.enabled() && state.until() == null && state.retryAfter() == null) {
            hints.add("Clients are told to stay away for " + DEFAULT_RETRY_AFTER
                    + " s (Retry-After), or for as long as the"
                    + " policy says, since there is no end; --for, --until or --retry-after says it better");
        }
        if (holdWarning(state) != null) {
            hints.add("Note: " + holdWarning(state));
        }
        if (state.enabled() && state.scope().readOnly()) {
            hints.add("Logins by POST are refused, too, unless the policy lets them pass, with a rule like"
                    + " {\"path\": \"/login\","
                    + " \"mode\": \"read-only\", \"maintenance\": \"off\"}");
        }
        return hints;
    }

    /** Says that no instance reports, and why that may be, in a clause. */
    public static String noRegistry(String store) {
        return store + " keeps no reports of instances: each JVM that reads it follows it, and nothing here can say"
                + " whether one has";
    }

    public static String noInstances(String store) {
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
    public static String waited(State state, int instances, Instant now) {
        String all = instances == 1 ? "The one instance that reports" : "All " + instances + " instances that report";
        String verb = instances == 1 ? " has" : " have";
        if (!state.enabled()) {
            return all + verb + " left maintenance";
        }
        if (state.admit() != null && state.admit().ramp() && state.activeAt(now.toEpochMilli())) {
            return all + verb + " begun to let clients in";
        }
        if (state.activeAt(now.toEpochMilli())) {
            return all + (instances == 1 ? " is" : " are") + " in maintenance, and drained";
        }
        return all + verb + " taken the state; maintenance begins later";
    }
}
