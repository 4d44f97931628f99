package io.maintenanceagent.intercept;

import io.maintenanceagent.api.Exemption;
import io.maintenanceagent.api.RequestView;
import io.maintenanceagent.entrypoint.WorkKind;
import io.maintenanceagent.policy.Decider;
import io.maintenanceagent.policy.Decision;
import io.maintenanceagent.policy.Policy;
import io.maintenanceagent.policy.Refusal;
import io.maintenanceagent.policy.TemporaryOverride;
import io.maintenanceagent.policy.WorkPolicy;
import io.maintenanceagent.report.ErrorReporter;
import io.maintenanceagent.response.PreparedResponse;
import io.maintenanceagent.response.Responses;
import io.maintenanceagent.state.EffectiveState;
import io.maintenanceagent.state.State;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** All that a request is decided and answered by: replaced as one. Immutable; safe for any thread. */
final class EnforcementSnapshot {

    private static final long NO_HOLD = Long.MIN_VALUE;

    final EffectiveState effective;

    /** The same, or a temporary override in its place. */
    final EffectiveState inForce;

    /** Whether there is a request that would be refused, now or later, as long as this snapshot holds. */
    final boolean mayRefuse;

    /** Whether the policy has the rules for the agent's own annotations. */
    final boolean annotations;

    /** Whether there is other work that would be stopped, now or later, as long as this snapshot holds. */
    final boolean mayStopWork;

    private final Policy policy; // null for the default one, whose classes cost a start that needs none of them
    private final String window;
    private final List<Exemption> extensions;
    private volatile Decider decider; // null until something is decided; so is the next
    private volatile Decider withoutExtensions;
    private final ErrorReporter errors;
    private final boolean overridden;
    private final long holdEndMillis;

    /** The policy's, and then those of its rules; so are the next. Empty if nothing can be refused. */
    private final List<PreparedResponse> byState;

    /** For those that a rule refuses while the state has nothing to say about them. */
    private final List<PreparedResponse> byPolicy;

    /** For those that a temporary override refuses; {@code null} while there is none. */
    private final List<PreparedResponse> byOverride;

    /** @param policy {@code null} for the default one */
    EnforcementSnapshot(
            EffectiveState effective,
            String ownWindow,
            long beganMillis,
            Policy policy,
            boolean annotations,
            List<Exemption> extensions,
            TemporaryOverride override,
            ResponsesSource responses,
            ErrorReporter errors) {
        State state = effective.state();
        TemporaryOverride.Handle asked = override.newest();
        this.effective = effective;
        this.annotations = annotations;
        this.errors = errors;
        this.overridden = asked != null;
        this.policy = policy;
        this.mayStopWork = overridden || state.enabled() || forcesWorkOn();
        this.inForce = overridden
                ? EffectiveState.overriding(
                        new State.Builder(true).message(asked.message()).build())
                : effective;
        this.holdEndMillis = state.hold() == null || overridden
                ? NO_HOLD
                : beganMillis + TimeUnit.SECONDS.toMillis(state.hold().seconds());
        this.window = overridden ? "override since " + override.sinceMillis() : ownWindow;
        this.extensions = extensions;
        boolean forcesOn = policy != null && policy.forcesOn();
        this.mayRefuse = overridden || state.enabled() || forcesOn;
        this.byState = state.enabled() ? responses.get().answersIn(state) : Collections.<PreparedResponse>emptyList();
        this.byPolicy = forcesOn ? responses.get().answersIn(State.ON) : Collections.<PreparedResponse>emptyList();
        this.byOverride = overridden ? responses.get().answersIn(inForce.state()) : null;
    }

    /** Asked for only when something can be refused: the answers' classes cost a start that needs none of them. */
    interface ResponsesSource {
        Responses get();
    }

    /** What decides, made at the first decision: while nothing can be refused, there is none. */
    Decider decider() {
        Decider made = decider;
        if (made == null) {
            made = decider(extensions);
            decider = made;
        }
        return made;
    }

    private Decider withoutExtensions() {
        if (extensions.isEmpty()) {
            return decider();
        }
        Decider made = withoutExtensions;
        if (made == null) {
            made = decider(Collections.<Exemption>emptyList());
            withoutExtensions = made;
        }
        return made;
    }

    private Decider decider(List<Exemption> asked) {
        return new Decider(policy(), effective.state(), overridden, window, holdEndMillis, asked);
    }

    private Policy policy() {
        return policy == null ? Policy.DEFAULT : policy;
    }

    private boolean forcesWorkOn() {
        return policy != null && policy.forcesWorkOn();
    }

    /** Whether what nobody exempts is refused at this time. */
    boolean isOn(long epochMillis) {
        return overridden || effective.state().activeAt(epochMillis);
    }

    /** Whether other work may be stopped at this time. */
    boolean mayStopWorkAt(long epochMillis) {
        return mayStopWork && (isOn(epochMillis) || forcesWorkOn());
    }

    /** Decides a unit of work that is no request. */
    Decision decideWork(WorkKind kind, String className, long epochMillis) {
        return policy().work().decide(kind, className, effective.state(), overridden, epochMillis, null);
    }

    /** Whether all work of a kind is stopped, whatever class does it. */
    boolean stopsAllWork(WorkKind kind, long epochMillis) {
        return policy().work().stopsAll(kind, effective.state(), overridden, epochMillis);
    }

    /** After which time sockets are closed that are refused, in milliseconds; -1 if they are not. */
    long socketsGraceMillis() {
        if (!mayRefuse) {
            return -1; // the default policy is not loaded before it is needed
        }
        WorkPolicy work = policy().work();
        return work.closesSockets() ? work.graceMillis() : -1;
    }

    /** What is done with a kind of work that is stopped. */
    WorkPolicy.Treatment treatment(WorkKind kind) {
        return policy().work().treatment(kind);
    }

    /** Whether requests that the state refuses wait for its end now. */
    boolean isHolding() {
        return holdEndMillis != NO_HOLD && isHolding(System.currentTimeMillis());
    }

    /** The same at a time. */
    boolean isHolding(long epochMillis) {
        return epochMillis < holdEndMillis && effective.state().activeAt(epochMillis);
    }

    /** A fault on the way to an exemption exempts nobody: then the state alone decides. */
    Decision decide(RequestView request, long epochMillis) {
        return decide(decider(), request, epochMillis);
    }

    /** The same for any thread: no extension is asked. */
    Decision decideInFlight(RequestView request, long epochMillis) {
        return decide(withoutExtensions(), request, epochMillis);
    }

    private Decision decide(Decider asked, RequestView request, long epochMillis) {
        try {
            Decision decision = asked.decide(request, epochMillis, null);
            if (decision.problem() != null) {
                errors.reportOnce("decision " + decision.problem(), decision.problem());
            }
            return decision;
        } catch (Throwable fault) {
            Decision unlessExempt = decideUnlessExempt(request, epochMillis);
            if (!unlessExempt.isStopped()) {
                throw fault;
            }
            errors.reportOnce(
                    "decision " + fault.getClass(),
                    "a request could not be decided by the policy (" + fault + "); it was refused");
            return unlessExempt;
        }
    }

    private Decision decideUnlessExempt(RequestView request, long epochMillis) {
        try {
            return decider().decideUnlessExempt(request, epochMillis);
        } catch (Throwable undecidable) {
            if (!isOn(epochMillis)) {
                throw undecidable;
            }
            return decider().undecidable(epochMillis);
        }
    }

    /** What a refused request is answered. */
    PreparedResponse response(Refusal refusal) {
        return responses(refusal.notice()).get(refusal.responseRule() + 1);
    }

    private List<PreparedResponse> responses(Refusal.Notice notice) {
        switch (notice) {
            case STATE:
                return byState;
            case OVERRIDE:
                return byOverride;
            default:
                return byPolicy;
        }
    }
}
