package io.maintenanceagent.policy;

import io.maintenanceagent.api.Exemption;
import io.maintenanceagent.api.RequestView;
import io.maintenanceagent.state.Admit;
import io.maintenanceagent.state.Mode;
import io.maintenanceagent.state.Scope;
import io.maintenanceagent.state.State;
import java.util.List;

/**
 * Decides requests by the first of these precedence levels that matches: a rule that forces maintenance on, a rule that
 * forces it off, an exemption, a temporary override, the state.
 *
 * <p>An ambiguous path (see {@link UriAmbiguity}) is decided in each of its readings: what refuses one of them refuses
 * the request, and it passes only if all of them pass. Where the host is ambiguous, a rule or state that asks for a
 * host refuses, and exemptions that ask for none hold.
 *
 * <p>Immutable, a new one for each policy, state and override; a pure function of the request and the time, as far as
 * extensions are. Safe for any thread.
 */
public final class Decider {

    private static final Decision NOTHING_REFUSES = Decision.of(DecisionKind.NONE, "nothing refuses it");
    private static final Decision NOTHING_SERVES = Decision.of(DecisionKind.UNMAPPED, "nothing serves it");
    private static final Decision HAS_TOKEN = Decision.of(DecisionKind.BYPASS, "a bypass token");

    private final Policy policy;
    private final State state;
    private final boolean override;
    private final String window;
    private final long holdEndMillis;
    private final List<Exemption> extensions;

    /**
     * @param policy the policy
     * @param state the state
     * @param override whether a temporary override is active
     * @param window identifies this maintenance among others; bypass tokens are bound to it
     * @param extensions exemptions that the policy does not know; must not throw
     */
    public Decider(Policy policy, State state, boolean override, String window, List<Exemption> extensions) {
        this(policy, state, override, window, Long.MIN_VALUE, extensions);
    }

    /**
     * @param policy the policy
     * @param state the state
     * @param override whether a temporary override is active
     * @param window identifies this maintenance among others; bypass tokens are bound to it
     * @param holdEndMillis until when requests that the state refuses wait for its end, in milliseconds since 1970
     * @param extensions exemptions that the policy does not know; must not throw
     */
    public Decider(
            Policy policy,
            State state,
            boolean override,
            String window,
            long holdEndMillis,
            List<Exemption> extensions) {
        this.policy = policy;
        this.state = state;
        this.override = override;
        this.window = window;
        this.holdEndMillis = holdEndMillis;
        this.extensions = extensions;
    }

    /** Returns whether a decision may depend on the user, who is known after the container's login. */
    public boolean asksForUser() {
        return policy.exemptions.asksForUser() || !extensions.isEmpty();
    }

    /** Returns whether a role exempts from maintenance. */
    public boolean asksForRole() {
        return policy.exemptions.asksForUser();
    }

    /** Returns whether a decision may depend on the servlet. */
    public boolean asksForServlet() {
        return policy.off.asksForServlet();
    }

    /**
     * Decides a request.
     *
     * @param request a request
     * @param epochMillis the wall clock, in milliseconds since 1970
     * @param explanation gets the steps; {@code null}, which costs nothing, for none
     */
    public Decision decide(RequestView request, long epochMillis, Explanation explanation) {
        RequestFacts facts = facts(request, epochMillis, explanation);
        if (explanation != null) {
            explanation.add(facts.toString());
        }
        Explanation steps = Explanation.within(explanation);
        Decision strictest = decideAsRead(facts, epochMillis, steps);
        if (mayBeStricter(strictest.kind())) {
            for (String reading : facts.otherReadings()) {
                facts.readAs(reading);
                boolean served = false;
                do {
                    Explanation others = Explanation.within(explanation);
                    if (others != null) {
                        others.add("read as " + RequestFacts.shown(reading));
                    }
                    Decision decision = decideAsRead(facts, epochMillis, others);
                    if (decision.kind().isStricterThan(strictest.kind())) {
                        strictest = decision;
                        steps = others;
                    }
                    served = !served && asksForAnyServlet() && facts.serveAsRead();
                } while (served);
            }
        }
        if (explanation != null) {
            explanation.addAll(steps);
            explanation.add(strictest.toString());
        }
        return strictest.with(facts.problem());
    }

    private RequestFacts facts(RequestView request, long epochMillis, Explanation explanation) {
        Mode mode = override ? Mode.FULL : state.modeAt(epochMillis);
        return new RequestFacts(request, policy.addresses, mode, explanation);
    }

    private boolean asksForAnyServlet() {
        return policy.on.asksForServlet() || policy.off.asksForServlet();
    }

    private boolean mayBeStricter(DecisionKind kind) {
        return !kind.isStopped() || kind != DecisionKind.RULE_ON && policy.forcesOn();
    }

    private Decision decideAsRead(RequestFacts facts, long epochMillis, Explanation explanation) {
        Rule on = policy.on.find(facts);
        if (on != null) {
            return refused(DecisionKind.RULE_ON, on, facts, epochMillis);
        }
        Rule off = policy.off.find(facts);
        if (off != null) {
            return off.decision;
        }
        if (!override && !stateRefuses(facts, epochMillis)) {
            return NOTHING_REFUSES;
        }
        Decision exempt = exempt(facts, epochMillis, explanation);
        if (exempt != null) {
            return exempt;
        }
        if (policy.unmappedToApplication
                && facts.ambiguity() == null
                && facts.request().isUnmapped()) {
            return NOTHING_SERVES;
        }
        if (override) {
            return refused(DecisionKind.OVERRIDE, "a temporary override is active", facts, epochMillis);
        }
        if (state.admit() != null && isAdmitted(facts, epochMillis, explanation)) {
            return Decision.admitted("its client is let in", client(facts).setCookie(facts.isSecure()));
        }
        if (explanation != null && state.hold() != null) {
            explanation.add(
                    "for " + state.hold().seconds() + " s after maintenance began it waits for the end, as one of "
                            + state.hold().requests() + " at the most; then it is refused");
        }
        return refused(DecisionKind.STATE, "in maintenance", facts, epochMillis);
    }

    private boolean isAdmitted(RequestFacts facts, long epochMillis, Explanation explanation) {
        ClientPosition client = client(facts);
        long share = state.shareAt(epochMillis);
        if (explanation != null) {
            explanation.add(
                    client == null
                            ? "nothing tells its client from others, so no share lets it in"
                            : "its client, known by its " + client.client() + ", is at "
                                    + Admit.shown(client.position()) + " percent of all, and "
                                    + Admit.shown(share) + " percent are let in");
        }
        return client != null && client.position() < share;
    }

    private ClientPosition client(RequestFacts facts) {
        return facts.client(policy.sessionCookies, state.admit().saltIn(state));
    }

    private Decision refused(DecisionKind kind, Object reason, RequestFacts facts, long epochMillis) {
        boolean byState = kind == DecisionKind.STATE;
        return Decision.refused(
                kind,
                reason,
                new Refusal(
                        notice(kind, facts, epochMillis),
                        responseRule(facts),
                        byState && epochMillis < holdEndMillis ? state.hold() : null,
                        holdEndMillis,
                        byState && state.admit() != null ? turnMillis(facts) : 0,
                        kind == DecisionKind.BYPASS_LINK ? link(facts, epochMillis) : null,
                        epochMillis));
    }

    private Refusal.Notice notice(DecisionKind kind, RequestFacts facts, long epochMillis) {
        if (kind == DecisionKind.RULE_ON) {
            return stateRefuses(facts, epochMillis) ? Refusal.Notice.STATE : Refusal.Notice.POLICY;
        }
        return override ? Refusal.Notice.OVERRIDE : Refusal.Notice.STATE;
    }

    /** Which response matters less than that there is one. */
    private int responseRule(RequestFacts facts) {
        try {
            return policy.responseRule(facts);
        } catch (Throwable fault) {
            facts.report(
                    "no rule's response could be chosen (" + fault.getClass().getName() + "); the policy's is sent");
            return -1;
        }
    }

    private long turnMillis(RequestFacts facts) {
        ClientPosition client = client(facts);
        return client == null ? Long.MAX_VALUE : state.admit().turnMillis(state, client.position());
    }

    private BypassLink link(RequestFacts facts, long epochMillis) {
        return policy.bypass.follow(facts.request(), facts.isSecure(), facts.forwardedPrefix(), window, epochMillis);
    }

    /**
     * Decides a request whose exemptions cannot be read: it is refused if the state or a temporary override refuses any
     * of its readings.
     *
     * @param request a request
     * @param epochMillis the wall clock, in milliseconds since 1970
     */
    public Decision decideUnlessExempt(RequestView request, long epochMillis) {
        RequestFacts facts = facts(request, epochMillis, null);
        boolean refused = override || stateRefuses(facts, epochMillis);
        for (String reading : facts.otherReadings()) {
            facts.readAs(reading);
            refused = refused || stateRefuses(facts, epochMillis);
        }
        return refused ? undecidable(epochMillis) : NOTHING_REFUSES;
    }

    /**
     * Returns the refusal of a request of which nothing can be read.
     *
     * @param epochMillis the wall clock, in milliseconds since 1970
     */
    public Decision undecidable(long epochMillis) {
        Refusal.Notice notice = override ? Refusal.Notice.OVERRIDE : Refusal.Notice.STATE;
        return Decision.refused(
                override ? DecisionKind.OVERRIDE : DecisionKind.STATE,
                "it cannot be decided by the policy",
                new Refusal(notice, -1, null, holdEndMillis, 0, null, epochMillis));
    }

    private boolean stateRefuses(RequestFacts facts, long epochMillis) {
        if (!state.activeAt(epochMillis)) {
            return false;
        }
        Scope scope = state.scope();
        return scope.coversMethodOf(facts.request())
                && scope.coversContext(facts.contextPath())
                && (scope.hosts().isEmpty() || scope.coversHosts(facts.hosts()))
                && (scope.paths().isEmpty()
                        || scope.coversPath(facts.path(), facts)
                        || facts.directory() != null && scope.coversPath(facts.directory(), facts));
    }

    private Decision exempt(RequestFacts facts, long epochMillis, Explanation explanation) {
        RequestView request = facts.request();
        // Not to a location that names another host, like //example.com.
        if (policy.bypass != null && facts.ambiguity() == null && policy.bypass.isLink(request)) {
            return refused(DecisionKind.BYPASS_LINK, "a link with the bypass secret", facts, epochMillis);
        }
        Object found = policy.exemptions.find(facts);
        if (found != null) {
            return Decision.of(DecisionKind.EXEMPT, found);
        }
        if (policy.bypass != null && policy.bypass.isAllowed(request, window, epochMillis, explanation)) {
            return HAS_TOKEN;
        }
        for (int i = 0; i < extensions.size() && isSure(facts); i++) {
            if (extensions.get(i).exempts(facts.request().original())) {
                return Decision.of(DecisionKind.EXEMPT, extensions.get(i));
            }
        }
        return null;
    }

    /** Whether an extension may be asked: it sees only one reading of a request. */
    private static boolean isSure(RequestFacts facts) {
        return facts.ambiguity() == null
                && facts.hosts() != null
                && facts.hosts().size() == 1;
    }
}
