package io.maintenanceagent.policy;

import io.maintenanceagent.api.Exemption;
import io.maintenanceagent.api.RequestView;
import io.maintenanceagent.match.PathPattern;
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

    private final Policy policy;
    private final State state;
    private final boolean override;
    private final String window;
    private final List<Exemption> extensions;

    /**
     * @param policy the policy
     * @param state the state
     * @param override whether a temporary override is active
     * @param window identifies this maintenance among others; bypass tokens are bound to it
     * @param extensions exemptions that the policy does not know; must not throw
     */
    public Decider(Policy policy, State state, boolean override, String window, List<Exemption> extensions) {
        this.policy = policy;
        this.state = state;
        this.override = override;
        this.window = window;
        this.extensions = extensions;
    }

    /** Returns whether any request can be refused, now or when a window opens. */
    public boolean mayRefuse() {
        return override || state.enabled() || policy.forcesOn();
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
        RequestFacts facts = new RequestFacts(request, policy.addresses, mode(epochMillis), explanation);
        if (explanation != null) {
            explain(facts, explanation);
        }
        Decision strictest = decideAsRead(facts, epochMillis, null);
        String first = facts.path();
        String strictestReading = first;
        boolean servedAsRead = false;
        if (mayBeStricter(strictest)) {
            for (String reading : facts.otherReadings()) {
                facts.readAs(reading);
                boolean served = false;
                do {
                    Decision decision = decideAsRead(facts, epochMillis, null);
                    if (decision != strictest && stricter(strictest, decision) == decision) {
                        strictest = decision;
                        strictestReading = reading;
                        servedAsRead = served;
                    }
                    served = !served && asksForAnyServlet() && facts.serveAsRead();
                } while (served);
            }
        }
        if (explanation != null) {
            if (strictestReading != first) {
                explanation.add("read as " + shown(strictestReading));
            }
            if (facts.ambiguity() != null) {
                facts.readAs(strictestReading);
                if (servedAsRead) {
                    facts.serveAsRead();
                }
            }
            decideAsRead(facts, epochMillis, explanation);
        }
        return strictest;
    }

    private boolean asksForAnyServlet() {
        return policy.on.asksForServlet() || policy.off.asksForServlet();
    }

    private boolean mayBeStricter(Decision decision) {
        return !decision.isStopped() || decision != Decision.RULE_ON && policy.forcesOn();
    }

    /** Returns the refusal of the higher precedence level, else the pass of the lower one. */
    private static Decision stricter(Decision one, Decision other) {
        if (one.isStopped() != other.isStopped()) {
            return one.isStopped() ? one : other;
        }
        return one.isStopped() == one.compareTo(other) < 0 ? one : other;
    }

    private static void explain(RequestFacts facts, Explanation explanation) {
        StringBuilder step = new StringBuilder("path ").append(shown(facts.path()));
        if (facts.directory() != null) {
            step.append(", the welcome file of ").append(facts.directory());
        }
        step.append(", context \"").append(facts.contextPath()).append("\", host ");
        step.append(facts.hosts() == null ? "unknown" : String.join(" or ", facts.hosts()));
        if (facts.ambiguity() != null) {
            step.append("; ambiguous: ").append(facts.ambiguity());
        }
        explanation.add(step.toString());
    }

    private static String shown(String path) {
        return path == null ? "unknown" : path;
    }

    private Decision decideAsRead(RequestFacts facts, long epochMillis, Explanation explanation) {
        Rule on = policy.on.find(facts);
        if (on != null) {
            return decided(Decision.RULE_ON, on, explanation);
        }
        Rule off = policy.off.find(facts);
        if (off != null) {
            return decided(Decision.RULE_OFF, off, explanation);
        }
        Decision refusal = override ? Decision.OVERRIDE : stateRefuses(facts, epochMillis) ? Decision.STATE : null;
        if (refusal == null) {
            return decided(Decision.NONE, "nothing refuses it", explanation);
        }
        Decision exempt = exempt(facts, epochMillis, explanation);
        if (exempt != null) {
            return exempt;
        }
        if (policy.unmappedToApplication
                && facts.ambiguity() == null
                && facts.request().isUnmapped()) {
            return decided(Decision.UNMAPPED, "nothing serves it", explanation);
        }
        if (refusal == Decision.OVERRIDE) {
            return decided(refusal, "a temporary override is active", explanation);
        }
        if (state.admit() != null && isAdmitted(facts, epochMillis, explanation)) {
            return decided(Decision.ADMITTED, "its client is let in", explanation);
        }
        if (explanation != null && state.hold() != null) {
            explanation.add(
                    "for " + state.hold().seconds() + " s after maintenance began it waits for the end, as one of "
                            + state.hold().requests() + " at the most; then it is refused");
        }
        return decided(refusal, "in maintenance", explanation);
    }

    /** Asked for each reading of an ambiguous request, which all have the same client. */
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
        return ClientPosition.of(facts, policy.sessionCookies, state.admit().saltIn(state));
    }

    /**
     * Returns when a client's turn comes that a growing share does not let in yet.
     *
     * @param decision what was decided about its request
     * @param request the request
     * @return in milliseconds since 1970; {@link Long#MAX_VALUE} where the share does not grow or the client is not
     *     known; 0 where there is no share
     */
    public long turnMillis(Decision decision, RequestView request) {
        if (decision != Decision.STATE || state.admit() == null) {
            return 0;
        }
        ClientPosition client = client(new RequestFacts(request, policy.addresses, null, null));
        return client == null ? Long.MAX_VALUE : state.admit().turnMillis(state, client.position());
    }

    /**
     * Returns the cookie that keeps a client in which was let in by a share, as the value of {@code Set-Cookie};
     * {@code null} if it has one.
     *
     * @param request a request that was decided {@link Decision#ADMITTED}
     */
    public String admittedCookie(RequestView request) {
        RequestFacts facts = new RequestFacts(request, policy.addresses, null, null);
        ClientPosition client = client(facts);
        return client == null || client.cookie() == null
                ? null
                : ClientPosition.COOKIE + "=" + client.cookie() + "; Path=/; HttpOnly; SameSite=Lax"
                        + (facts.isSecure() ? "; Secure" : "");
    }

    /**
     * Returns whether the state or a temporary override refuses a request in any of its readings. For requests whose
     * exemptions cannot be read.
     *
     * @param request a request
     * @param epochMillis the wall clock, in milliseconds since 1970
     * @return whether it is refused
     */
    public boolean refusesUnlessExempt(RequestView request, long epochMillis) {
        RequestFacts facts = new RequestFacts(request, policy.addresses, null, null);
        boolean refused = override || stateRefuses(facts, epochMillis);
        for (String reading : facts.otherReadings()) {
            facts.readAs(reading);
            refused = refused || stateRefuses(facts, epochMillis);
        }
        return refused;
    }

    /**
     * Returns the text of a regular expression of the policy or the state whose match has exceeded its limit since this
     * was last asked; {@code null} if there is none.
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
     * Tells whether a refused request is shown the state's message and times, which are about what that state itself
     * refuses.
     *
     * @param decision what was decided about the request
     * @param request the request
     * @param epochMillis the wall clock then, in milliseconds since 1970
     * @return whether the response is the state's; otherwise it is the policy's
     */
    public boolean tellsState(Decision decision, RequestView request, long epochMillis) {
        return decision != Decision.RULE_ON
                || stateRefuses(new RequestFacts(request, policy.addresses, mode(epochMillis), null), epochMillis);
    }

    /**
     * Returns the position among {@link Policy#ruleResponses} of the response settings for a refused request; -1 for
     * the policy's.
     *
     * @param request a refused request
     * @param epochMillis the wall clock, in milliseconds since 1970
     */
    public int answeringRule(RequestView request, long epochMillis) {
        return policy.answeringRule(request, mode(epochMillis));
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
                        || scope.coversPath(facts.path())
                        || facts.directory() != null && scope.coversPath(facts.directory()));
    }

    private Decision exempt(RequestFacts facts, long epochMillis, Explanation explanation) {
        RequestView request = facts.request();
        // Not to a location that names another host, like //example.com.
        if (policy.bypass != null && facts.ambiguity() == null && policy.bypass.isLink(request)) {
            return decided(Decision.BYPASS_LINK, "a link with the bypass secret", explanation);
        }
        Object found = policy.exemptions.find(facts);
        if (found != null) {
            return decided(Decision.EXEMPT, found, explanation);
        }
        if (policy.bypass != null && policy.bypass.isAllowed(request, window, epochMillis, explanation)) {
            return decided(Decision.BYPASS, "a bypass token", explanation);
        }
        for (int i = 0; i < extensions.size() && isSure(facts); i++) {
            if (extensions.get(i).exempts(facts.request().original())) {
                return decided(Decision.EXEMPT, extensions.get(i), explanation);
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

    /**
     * Returns the redirection for a bypass link.
     *
     * @param request a request that was decided {@link Decision#BYPASS_LINK}
     * @param epochMillis the wall clock, in milliseconds since 1970
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
