package io.maintenanceagent.policy;

import io.maintenanceagent.api.Exemption;
import io.maintenanceagent.api.RequestView;
import io.maintenanceagent.match.PathPattern;
import io.maintenanceagent.state.Mode;
import io.maintenanceagent.state.Scope;
import io.maintenanceagent.state.State;
import java.util.List;

/**
 * Decides requests by the precedence, the first that matches: a rule that forces maintenance on, a rule that forces it
 * off, an exemption, a temporary override, the state.
 *
 * <p>What lets a request pass must be sure of the path. Where a server and somebody behind it could read the path in
 * two ways (see {@link UriAmbiguity}), no rule and no exemption lets it pass, and what refuses one of the readings
 * refuses the request.
 *
 * <p>Immutable, a new one for each policy, state and override; a pure function of the request and the time, as far as
 * extensions are. Safe for any thread.
 */
public final class Decider {

    private final Policy policy;
    private final State state;
    private final boolean override;
    private final String window;
    private final List<Exemption> extensions;

    /**
     * @param policy the policy
     * @param state the state
     * @param override whether a temporary override is active
     * @param window what tells this maintenance from the one before and the one after; bypass tokens are bound to it
     * @param extensions exemptions that the policy does not know; must not throw
     */
    public Decider(Policy policy, State state, boolean override, String window, List<Exemption> extensions) {
        this.policy = policy;
        this.state = state;
        this.override = override;
        this.window = window;
        this.extensions = extensions;
    }

    /** @return whether there is a request that is refused, now or when a window opens */
    public boolean mayRefuse() {
        return override || state.enabled() || policy.forcesOn();
    }

    /** @return whether it may matter who the user is, which is known once the container has had a login */
    public boolean asksForUser() {
        return policy.exemptions.asksForUser() || !extensions.isEmpty();
    }

    /** @return whether it may depend on its servlet whether a request is let in */
    public boolean asksForServlet() {
        return policy.off.asksForServlet();
    }

    /**
     * @param request a request
     * @param epochMillis the wall clock, in milliseconds since 1970
     * @param explanation gets the steps; {@code null}, which costs nothing, if nobody wants to know
     * @return what becomes of it
     */
    public Decision decide(RequestView request, long epochMillis, Explanation explanation) {
        RequestFacts facts = new RequestFacts(request, policy.addresses, mode(epochMillis), explanation);
        if (explanation != null) {
            explanation.add("path " + facts.path() + ", context \"" + request.contextPath() + "\", host " + facts.host()
                    + (facts.doubt() == null ? "" : "; doubtful: " + facts.doubt()));
        }
        Rule on = policy.on.find(facts);
        if (on == null && policy.forcesOn() && facts.doubt() != null) {
            for (RequestFacts other : facts.otherReadings()) {
                on = on == null ? policy.on.find(other) : on;
            }
        }
        if (on != null) {
            return decided(Decision.RULE_ON, on, explanation);
        }
        boolean sure = policy.off.isEmpty() || facts.doubt() == null;
        Rule off = sure ? policy.off.find(facts) : null;
        if (off != null) {
            return decided(Decision.RULE_OFF, off, explanation);
        }
        Decision refusal = override ? Decision.OVERRIDE : stateRefuses(facts, epochMillis) ? Decision.STATE : null;
        if (refusal == null) {
            return decided(Decision.NONE, "nothing refuses it", explanation);
        }
        if (facts.doubt() == null) {
            Decision exempt = exempt(facts, epochMillis, explanation);
            if (exempt != null) {
                return exempt;
            }
            if (policy.unmappedToApplication && request.isUnmapped()) {
                return decided(Decision.UNMAPPED, "nothing serves it", explanation);
            }
        }
        return decided(refusal, override ? "a temporary override is active" : "in maintenance", explanation);
    }

    /**
     * @return the text of a regular expression that was given up on a path since this was last asked, in the policy or
     *     the state; {@code null} if there is none
     */
    public String givenUp() {
        PathPattern givenUp = policy.givenUp();
        givenUp = givenUp == null ? PathPattern.givenUp(state.scope().paths()) : givenUp;
        return givenUp == null ? null : givenUp.toString();
    }

    private Mode mode(long epochMillis) {
        return override ? Mode.FULL : state.modeAt(epochMillis);
    }

    /**
     * Tells whose words a refused request gets: a state's message and times are about what that state itself refuses.
     *
     * @param decision what was decided about the request
     * @param request the request
     * @param epochMillis the wall clock then, in milliseconds since 1970
     * @return whether they are the state's; else nothing is told but what the policy says
     */
    public boolean tellsState(Decision decision, RequestView request, long epochMillis) {
        return decision == Decision.STATE
                || decision == Decision.RULE_ON
                        && stateRefuses(
                                new RequestFacts(request, policy.addresses, mode(epochMillis), null), epochMillis);
    }

    /**
     * @param request a refused request
     * @param epochMillis the wall clock, in milliseconds since 1970
     * @return the position among {@link Policy#ruleResponses} of the one that says how it is answered; -1 for the
     *     policy's
     */
    public int answeringRule(RequestView request, long epochMillis) {
        return policy.answeringRule(request, mode(epochMillis));
    }

    private boolean stateRefuses(RequestFacts facts, long epochMillis) {
        if (!state.activeAt(epochMillis)) {
            return false;
        }
        Scope scope = state.scope();
        if (scope.covers(facts.request(), facts.path())) {
            return true;
        }
        if (scope.hosts().isEmpty() && scope.paths().isEmpty() || facts.doubt() == null) {
            return false;
        }
        Scope onAnyHost = UriAmbiguity.doubtfulHost(facts.host()) == null ? scope : scope.onAnyHost();
        boolean covered = onAnyHost.covers(facts.request(), facts.path());
        for (RequestFacts other : facts.otherReadings()) {
            covered |= onAnyHost.covers(facts.request(), other.path());
        }
        return covered;
    }

    private Decision exempt(RequestFacts facts, long epochMillis, Explanation explanation) {
        RequestView request = facts.request();
        if (policy.bypass != null && policy.bypass.isLink(request)) {
            return decided(Decision.BYPASS_LINK, "a link with the bypass secret", explanation);
        }
        Object found = policy.exemptions.find(facts);
        if (found != null) {
            return decided(Decision.EXEMPT, found, explanation);
        }
        if (policy.bypass != null && policy.bypass.isAllowed(request, window, epochMillis, explanation)) {
            return decided(Decision.BYPASS, "a bypass token", explanation);
        }
        for (int i = 0; i < extensions.size(); i++) {
            if (extensions.get(i).exempts(request)) {
                return decided(Decision.EXEMPT, extensions.get(i), explanation);
            }
        }
        return null;
    }

    /**
     * @param request a request that was decided {@link Decision#BYPASS_LINK}
     * @param epochMillis the wall clock, in milliseconds since 1970
     * @return the answer to it
     */
    public BypassLink follow(RequestView request, long epochMillis) {
        RequestFacts facts = new RequestFacts(request, policy.addresses, mode(epochMillis), null);
        return policy.bypass.follow(request, facts.isSecure(), facts.forwardedPrefix(), window, epochMillis);
    }

    private static Decision decided(Decision decision, Object why, Explanation explanation) {
        if (explanation != null) {
            String what = decision == Decision.BYPASS_LINK ? "redirected" : decision.isStopped() ? "refused" : "passes";
            explanation.add("level " + decision.level() + ": " + what + ", " + why);
        }
        return decision;
    }
}
