package io.maintenanceagent.policy;

import io.maintenanceagent.match.HostIndex;
import io.maintenanceagent.match.HostPattern;
import io.maintenanceagent.match.PathIndex;
import io.maintenanceagent.match.PathPattern;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An index of the rules that force maintenance on, or of those that force it off, each by its most selective criterion:
 * a path, else a servlet, an annotation, a host, a context, a method. Immutable once filled; safe for any thread then.
 */
final class RuleIndex {

    private static final String ANY_PATH = "/**";

    private final PathIndex<Rule> byPath;
    private final Map<String, List<Rule>> byServlet = new HashMap<String, List<Rule>>();
    private final Map<String, List<Rule>> byAnnotation = new HashMap<String, List<Rule>>();
    private final HostIndex<Rule> byHost = new HostIndex<Rule>();
    private final Map<String, List<Rule>> byContext = new HashMap<String, List<Rule>>();
    private final Map<String, List<Rule>> byMethod = new HashMap<String, List<Rule>>();
    private final List<Rule> aboutAll = new ArrayList<Rule>();
    private final List<Rule> all = new ArrayList<Rule>();
    private final boolean empty;
    private final boolean asksForServlet;
    private final boolean asksForHost;

    RuleIndex(Collection<Rule> rules, boolean on) {
        boolean none = true;
        boolean servlet = false;
        boolean host = false;
        byPath = new PathIndex<Rule>(on);
        for (Rule rule : rules) {
            if (rule.on == on) {
                none = false;
                servlet |= !rule.servlets.isEmpty() || !rule.annotations.isEmpty();
                host |= !rule.hosts.isEmpty();
                all.add(rule);
                add(rule);
            }
        }
        empty = none;
        asksForServlet = servlet;
        asksForHost = host;
    }

    /** Whether a rule asks for the servlet. */
    boolean asksForServlet() {
        return asksForServlet;
    }

    private void add(Rule rule) {
        if (!rule.paths.isEmpty() && !saysAnyPath(rule)) {
            for (PathPattern path : rule.paths) {
                byPath.add(path, rule);
            }
        } else if (!rule.servlets.isEmpty()) {
            addAll(byServlet, rule.servlets, rule);
        } else if (!rule.annotations.isEmpty()) {
            addAll(byAnnotation, rule.annotations, rule);
        } else if (!rule.hosts.isEmpty()) {
            for (HostPattern host : rule.hosts) {
                byHost.add(host, rule);
            }
        } else if (!rule.contexts.isEmpty()) {
            addAll(byContext, rule.contexts, rule);
        } else if (!rule.methods.isEmpty()) {
            addAll(byMethod, rule.methods, rule);
        } else {
            aboutAll.add(rule);
        }
    }

    private static boolean saysAnyPath(Rule rule) {
        for (PathPattern path : rule.paths) {
            if (path.toString().equals(ANY_PATH)) {
                return true;
            }
        }
        return false;
    }

    private static void addAll(Map<String, List<Rule>> index, Collection<String> names, Rule rule) {
        for (String name : names) {
            List<Rule> rules = index.get(name);
            if (rules == null) {
                rules = new ArrayList<Rule>(1);
                index.put(name, rules);
            }
            rules.add(rule);
        }
    }

    boolean isEmpty() {
        return empty;
    }

    /** Returns a rule that matches a request, or {@code null}. */
    Rule find(RequestFacts facts) {
        if (empty) {
            return null;
        }
        if (isUnknown(facts)) {
            return first(all, facts);
        }
        Rule found = byPath.find(facts.path(), facts, facts);
        if (found == null && facts.directory() != null) {
            found = byPath.find(facts.directory(), facts, facts);
        }
        if (found == null && !byMethod.isEmpty()) {
            found = first(byMethod.get(facts.method()), facts);
        }
        if (found == null && !byContext.isEmpty()) {
            found = first(byContext.get(facts.contextPath()), facts);
        }
        if (found == null && asksForHost) {
            found = byHost.find(facts.hosts().get(0), facts);
        }
        if (found == null && !byServlet.isEmpty()) {
            found = first(byServlet.get(facts.servletName()), facts);
            found = found == null ? first(byServlet.get(facts.servletClass()), facts) : found;
        }
        if (found == null && !byAnnotation.isEmpty()) {
            for (String annotation : facts.annotations()) {
                found = found == null ? first(byAnnotation.get(annotation), facts) : found;
            }
        }
        return found == null ? first(aboutAll, facts) : found;
    }

    /** Whether a fact that rules are looked up by is unknown or ambiguous. */
    private boolean isUnknown(RequestFacts facts) {
        return facts.path() == null
                || facts.method() == null
                || facts.contextPath() == null
                || asksForHost && (facts.hosts() == null || facts.hosts().size() > 1)
                || asksForServlet && facts.isServletUnknown();
    }

    private static Rule first(List<Rule> rules, RequestFacts facts) {
        if (rules != null) {
            for (int i = 0; i < rules.size(); i++) {
                if (facts.test(rules.get(i))) {
                    return rules.get(i);
                }
            }
        }
        return null;
    }
}
