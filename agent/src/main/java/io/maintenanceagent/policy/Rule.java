package io.maintenanceagent.policy;

import io.maintenanceagent.json.JsonValue;
import io.maintenanceagent.match.HostPattern;
import io.maintenanceagent.match.PathPattern;
import io.maintenanceagent.state.Mode;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * A rule: it matches a request that matches one entry of each of its lists that is not empty. Immutable; safe for any
 * thread.
 */
final class Rule {

    final String pointer;
    final boolean on;

    /** That of a request that it lets pass; the same for all of them. */
    final Decision decision;

    /** The response settings for refused requests that match; {@code null} for none. */
    JsonValue response;

    /** The mode of maintenance in which the rule applies; {@code null} for any. */
    Mode mode;

    List<PathPattern> paths = Collections.emptyList();
    Set<String> methods = Collections.emptySet();
    Set<String> servlets = Collections.emptySet();
    Set<String> annotations = Collections.emptySet();
    List<HostPattern> hosts = Collections.emptyList();
    Set<String> contexts = Collections.emptySet();

    /**
     * @param pointer where it stands in the policy
     * @param on whether it forces maintenance on or off
     */
    Rule(String pointer, boolean on) {
        this.pointer = pointer;
        this.on = on;
        this.decision = Decision.of(on ? DecisionKind.RULE_ON : DecisionKind.RULE_OFF, this);
    }

    /** Whether the rule matches a request. An unknown fact matches if the rule forces maintenance on. */
    boolean isAbout(RequestFacts facts) {
        return (mode == null || mode == facts.mode())
                && (methods.isEmpty() || isIn(methods, facts.method()))
                && (contexts.isEmpty() || isIn(contexts, facts.contextPath()))
                && (hosts.isEmpty() || isAboutHosts(facts.hosts()))
                && (paths.isEmpty() || isAboutPath(facts))
                && (servlets.isEmpty()
                        || servlets.contains(facts.servletName())
                        || servlets.contains(facts.servletClass())
                        || on && facts.isServletUnknown())
                && (annotations.isEmpty()
                        || !Collections.disjoint(annotations, facts.annotations())
                        || on && facts.isServletUnknown());
    }

    private boolean isIn(Set<String> values, String value) {
        return value == null ? on : values.contains(value);
    }

    /**
     * Whether the rule matches hosts that a request may be for: any of them if it forces maintenance on, all if off.
     */
    private boolean isAboutHosts(List<String> asked) {
        if (asked == null) {
            return on;
        }
        for (String host : asked) {
            if (anyHost(host) == on) {
                return on;
            }
        }
        return !on;
    }

    private boolean anyHost(String host) {
        for (int i = 0; i < hosts.size(); i++) {
            if (hosts.get(i).matches(host)) {
                return true;
            }
        }
        return false;
    }

    private boolean isAboutPath(RequestFacts facts) {
        String path = facts.path();
        return path == null
                ? on
                : anyPath(path, facts) || facts.directory() != null && anyPath(facts.directory(), facts);
    }

    private boolean anyPath(String path, RequestFacts facts) {
        for (int i = 0; i < paths.size(); i++) {
            if (paths.get(i).matches(path, on, facts)) {
                return true;
            }
        }
        return false;
    }

    /** Returns how an explanation names it. */
    @Override
    public String toString() {
        return "rule " + pointer;
    }
}
