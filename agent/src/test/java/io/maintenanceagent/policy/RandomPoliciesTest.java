package io.maintenanceagent.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.maintenanceagent.match.Address;
import io.maintenanceagent.match.Glob;
import io.maintenanceagent.match.HostPattern;
import io.maintenanceagent.match.Network;
import io.maintenanceagent.match.Networks;
import io.maintenanceagent.match.PathPattern;
import io.maintenanceagent.state.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Random policies and requests: the indexed decision is that of a linear search in the order of precedence. */
class RandomPoliciesTest {

    private static final long NOW = 1_800_000_000_000L;

    private final Random random = new Random(4);

    private final List<Rule> rules = new ArrayList<>();
    private final List<PathPattern> paths = new ArrayList<>();
    private final List<Network> networks = new ArrayList<>();
    private final List<String> agents = new ArrayList<>();
    private final List<String> roles = new ArrayList<>();

    @Test
    void decide_randomPolicies_agreesWithLinearSearch() {
        int[] decisions = new int[DecisionKind.values().length];
        for (int round = 0; round < 3000; round++) {
            Policy policy = policy();
            State state = random.nextInt(4) == 0 ? State.OFF : State.ON;
            boolean override = random.nextInt(6) == 0;
            Decider decider = new Decider(policy, state, override, "window", List.of());
            for (int i = 0; i < 30; i++) {
                FakeRequest request = request();
                DecisionKind expected = naive(request, state, override);
                assertEquals(expected, decider.decide(request, NOW, null).kind(), () -> describe(request));
                decisions[expected.ordinal()]++;
            }
        }
        for (DecisionKind decision : List.of(
                DecisionKind.RULE_ON,
                DecisionKind.RULE_OFF,
                DecisionKind.EXEMPT,
                DecisionKind.OVERRIDE,
                DecisionKind.STATE,
                DecisionKind.NONE)) {
            assertEquals(true, decisions[decision.ordinal()] > 500, decision + " is never made");
        }
    }

    private DecisionKind naive(FakeRequest request, State state, boolean override) {
        for (Rule rule : rules) {
            if (rule.on && rule.isAbout(facts(request))) {
                return DecisionKind.RULE_ON;
            }
        }
        for (Rule rule : rules) {
            if (!rule.on && rule.isAbout(facts(request))) {
                return DecisionKind.RULE_OFF;
            }
        }
        if (!override && !state.enabled()) {
            return DecisionKind.NONE;
        }
        Address address = Address.parse(request.remoteAddress());
        boolean exempt = paths.stream().anyMatch(path -> path.matches(request.path(), false))
                || networks.stream().anyMatch(network -> network.contains(address))
                || agents.stream().anyMatch(agent -> new Glob(agent).matches(request.header("User-Agent")))
                || roles.stream().anyMatch(request::isUserInRole);
        return exempt ? DecisionKind.EXEMPT : override ? DecisionKind.OVERRIDE : DecisionKind.STATE;
    }

    private static RequestFacts facts(FakeRequest request) {
        return new RequestFacts(request, new ClientAddress(Networks.NONE), null, null);
    }

    private Policy policy() {
        rules.clear();
        for (int i = random.nextInt(8); i > 0; i--) {
            rules.add(rule(i));
        }
        paths.clear();
        networks.clear();
        agents.clear();
        roles.clear();
        if (random.nextBoolean()) {
            paths.add(PathPattern.parse("/" + pick("a", "*", "**") + pick("", "/b", "/**")));
            networks.add(Network.parse(pick("10.0.0.0/8", "10.0.0.1", "::1", "fd00::/8")));
            agents.add(pick("M*", "*n", "Mo*n", "Curl"));
            roles.add(pick("r", "s"));
        }
        Exemptions exemptions = new Exemptions();
        paths.forEach(exemptions::addPath);
        exemptions.setAddresses(networks);
        agents.forEach(exemptions::addUserAgent);
        roles.forEach(exemptions::addRole);
        return new Policy(rules, exemptions, Networks.NONE, null, false, List.of(), null, List.of(), null, List.of());
    }

    private Rule rule(int number) {
        Rule rule = new Rule("/rules/" + number, random.nextInt(3) == 0);
        do {
            if (random.nextBoolean()) {
                String first = "/" + pick("a", "b", "*", "**", "a*");
                rule.paths = random.nextBoolean()
                        ? List.of(PathPattern.parse(first))
                        : List.of(
                                PathPattern.parse(first), PathPattern.parse(first + "/" + pick("b", "c", "**", "*c")));
            }
            rule.methods = random.nextInt(3) == 0 ? Set.of(pick("GET", "POST")) : Set.of();
            rule.servlets = random.nextInt(4) == 0 ? Set.of(pick("s", "t", "com.acme.S")) : Set.of();
            rule.annotations = random.nextInt(4) == 0 ? Set.of(pick("com.acme.A", "com.acme.B")) : Set.of();
            rule.hosts = random.nextInt(4) == 0 ? List.of(HostPattern.parse(pick("h.x", "*.x", "i"))) : List.of();
            rule.contexts = random.nextInt(4) == 0 ? Set.of(pick("", "/a")) : Set.of();
        } while (rule.paths.isEmpty()
                && rule.methods.isEmpty()
                && rule.servlets.isEmpty()
                && rule.annotations.isEmpty()
                && rule.hosts.isEmpty()
                && rule.contexts.isEmpty());
        return rule;
    }

    private FakeRequest request() {
        String path = "/" + pick("a", "b", "ab", "c") + pick("", "/b", "/c", "/b/c", "/bc/");
        return FakeRequest.of(pick("GET", "GET", "POST", "PUT"), path)
                .context(path.startsWith("/a/") && random.nextBoolean() ? "/a" : "")
                .host(pick("h.x", "x", "i", "j", "g.h.X."))
                .from(pick("10.0.0.1", "10.9.9.9", "::1", "fd00::1%eth0", "192.0.2.1", "192.0.2.1"))
                .header("User-Agent", pick("Mon", "Moon", "Curl", "Wget", "Wget"))
                .servlet(
                        pick("s", "t", "u"),
                        pick("com.acme.S", "com.acme.T"),
                        pick("com.acme.A", "com.acme.B", "com.acme.C"))
                .roles(pick("r", "s", "t", "t"));
    }

    private String pick(String... from) {
        return from[random.nextInt(from.length)];
    }

    private String describe(FakeRequest request) {
        StringBuilder text = new StringBuilder(request.method() + " " + request.path() + " " + request.host());
        for (Rule rule : rules) {
            text.append('\n')
                    .append(rule)
                    .append(rule.on)
                    .append(rule.paths)
                    .append(rule.methods)
                    .append(rule.servlets);
            text.append(rule.annotations).append(rule.hosts).append(rule.contexts);
        }
        return text.toString();
    }
}
