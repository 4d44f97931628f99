package io.maintenanceagent.gate;

import io.maintenanceagent.api.Exemption;
import io.maintenanceagent.api.ResponseRenderer;
import io.maintenanceagent.fault.Faults;
import io.maintenanceagent.policy.BypassLink;
import io.maintenanceagent.policy.Decider;
import io.maintenanceagent.policy.Decision;
import io.maintenanceagent.policy.Policy;
import io.maintenanceagent.policy.TemporaryOverride;
import io.maintenanceagent.response.Answer;
import io.maintenanceagent.response.Responses;
import io.maintenanceagent.servlet.HttpRequest;
import io.maintenanceagent.servlet.HttpResponse;
import io.maintenanceagent.state.EffectiveState;
import io.maintenanceagent.state.State;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiPredicate;

/**
 * What stands behind the hook: asked once for each request, at its outermost entry, it lets it in or refuses it.
 *
 * <p>While nothing can be refused the gate takes itself out of the hook, and a request costs what the hook costs. Until
 * the first state is known it stands there and makes requests wait, for a second at the most: a JVM that starts in the
 * middle of a maintenance lets nobody through, unless its store does not answer.
 *
 * <p>A fault of its own lets the request in. Safe for any thread.
 */
public final class Gate implements BiPredicate<Object, Object> {

    private static final long FIRST_STATE_MILLIS = 1000;

    private final AtomicReference<BiPredicate<Object, Object>> place;
    private final Faults faults;
    private final CountDownLatch known = new CountDownLatch(1);
    private final AtomicLong waitEndNanos = new AtomicLong();
    private final TemporaryOverride override = new TemporaryOverride(new Update());
    private volatile Posture posture;

    // What postures are made of; guarded by this.
    private EffectiveState effective;
    private long sinceMillis;
    private Policy policy;
    private List<Exemption> extensions = Collections.emptyList();
    private Responses responses; // null for the default, which nobody needs while nothing is refused

    /**
     * @param place where the hook looks for a gate
     * @param faults where the gate's own faults are reported
     */
    public Gate(AtomicReference<BiPredicate<Object, Object>> place, Faults faults) {
        this.place = place;
        this.faults = faults;
    }

    /** Stands in the way until a first state is enforced. */
    public void close() {
        place.set(this);
    }

    /**
     * Enforces a state: holds for every request that begins after this returns.
     *
     * @param next the state that holds from now on
     */
    public synchronized void enforce(EffectiveState next) {
        if (effective == null || effective.state().enabled() != next.state().enabled()) {
            sinceMillis = System.currentTimeMillis();
        }
        effective = next;
        update();
        known.countDown();
    }

    /**
     * Enforces a policy, in place of the one before; until the first, there is the default one.
     *
     * @param next the policy that holds from now on
     * @param exemptions what extensions exempt; must not throw
     * @param answers how the policy and its rules have requests answered
     */
    public synchronized void enforce(Policy next, List<Exemption> exemptions, Responses answers) {
        policy = next;
        extensions = exemptions;
        responses = answers;
        update();
    }

    /** @return how code in this JVM asks for maintenance; holds for every request that begins after it asked */
    public TemporaryOverride override() {
        return override;
    }

    /** @return the state that is enforced, or {@code null} if none is known yet */
    public EffectiveState enforced() {
        Posture now = posture;
        return now == null ? null : now.effective;
    }

    private synchronized void update() {
        if (effective != null) {
            if (policy == null) {
                // Not earlier: a gate is made before the application starts.
                policy = Policy.DEFAULT;
            }
            Posture next = new Posture(effective, policy, extensions);
            posture = next;
            place.set(next.decider.mayRefuse() ? this : null);
        }
    }

    /**
     * Decides a request, and answers it if it is refused.
     *
     * @param request the servlet request
     * @param response the servlet response
     * @return whether the request was answered
     */
    @Override
    public boolean test(Object request, Object response) {
        Posture now = posture == null ? awaitPosture() : posture;
        if (now == null) {
            return false;
        }
        try {
            HttpRequest http = HttpRequest.of(request);
            HttpResponse answer = HttpResponse.of(response);
            if (http == null || answer == null || !http.begins()) {
                return false;
            }
            long epochMillis = System.currentTimeMillis();
            return act(decide(now, http, epochMillis), now, http, answer, epochMillis);
        } catch (Throwable fault) {
            report(fault);
            return false;
        }
    }

    /** A fault on the way to an exemption exempts nobody: then the state alone decides. */
    private Decision decide(Posture now, HttpRequest request, long epochMillis) {
        try {
            return now.decider.decide(request, epochMillis, null);
        } catch (Throwable fault) {
            if (now.overrides == null && !now.effective.state().refuses(request, epochMillis)) {
                throw fault;
            }
            faults.reportOnce(
                    "gate policy", "a request could not be decided by the policy (" + fault + "); it was refused");
            return Decision.STATE;
        }
    }

    private boolean act(Decision decision, Posture now, HttpRequest request, HttpResponse response, long epochMillis) {
        switch (decision) {
            case BYPASS:
                if (!response.isCommitted()) {
                    // Before the application, which may say something else; RFC 9213 has one that it seldom says.
                    response.setHeader("Cache-Control", "private, no-store");
                    response.setHeader("CDN-Cache-Control", "no-store");
                }
                return false;
            case BYPASS_LINK:
                if (!response.isCommitted()) {
                    BypassLink link = now.decider.follow(request, epochMillis);
                    response.send(
                            302,
                            "Location",
                            link.location(),
                            "Set-Cookie",
                            link.cookie(),
                            "Cache-Control",
                            "no-store",
                            "Referrer-Policy",
                            "no-referrer");
                }
                return true;
            case OVERRIDE:
                return refuse(request, response, now.overridden(request), epochMillis);
            default:
                return decision.isStopped() && refuse(request, response, now.answer(request), epochMillis);
        }
    }

    private boolean refuse(HttpRequest request, HttpResponse response, Answer answer, long epochMillis) {
        if (response.isCommitted()) {
            return true;
        }
        try {
            response.send(request, answer.to(request, epochMillis));
            return true;
        } catch (IOException clientGone) {
            return true;
        } catch (Throwable fault) {
            report(fault);
            if (response.isCommitted()) {
                return true;
            }
            response.reset();
            return false;
        }
    }

    /** All together wait for a second, not each of them: a store may never answer. */
    private Posture awaitPosture() {
        waitEndNanos.compareAndSet(0, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(FIRST_STATE_MILLIS) | 1);
        try {
            known.await(waitEndNanos.get() - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return posture;
    }

    private void report(Throwable fault) {
        faults.reportOnce(
                "gate " + fault.getClass(),
                "a request could not be decided or answered (" + fault + "); it was let in");
    }

    private final class Update implements Runnable {
        @Override
        public void run() {
            update();
        }
    }

    /** All that a request is decided and answered by: replaced as one. */
    private final class Posture {
        final EffectiveState effective;
        final Decider decider;
        final Policy policy;

        /** The policy's, and then those of its rules; so are the next. Empty if nothing can be refused. */
        final List<Answer> answers;

        /** For those that a temporary override refuses; {@code null} while there is none. */
        final List<Answer> overrides;

        Posture(EffectiveState effective, Policy policy, List<Exemption> extensions) {
            State state = effective.state();
            TemporaryOverride.Handle asked = Gate.this.override.newest();
            this.effective = effective;
            this.policy = policy;
            this.decider = new Decider(policy, state, asked != null, window(state, asked != null), extensions);
            // A rule may force maintenance on while the state is off, and then the state has nothing to say.
            this.answers = decider.mayRefuse()
                    ? answersIn(state.enabled() ? state : State.ON)
                    : Collections.<Answer>emptyList();
            this.overrides = asked == null
                    ? null
                    : answersIn(new State.Builder(true).message(asked.message()).build());
        }

        private List<Answer> answersIn(State state) {
            if (responses == null) {
                responses = Responses.byDefault(Collections.<ResponseRenderer>emptyList(), faults);
            }
            return responses.answersIn(state);
        }

        Answer answer(HttpRequest request) {
            return answers.get(position(request));
        }

        Answer overridden(HttpRequest request) {
            return overrides.get(position(request));
        }

        /** Which answer matters less than that there is one. */
        private int position(HttpRequest request) {
            try {
                return policy.answeringRule(request) + 1;
            } catch (Throwable fault) {
                String what = fault.getClass().getName();
                faults.report("gate answer", "no rule's response could be chosen (" + what + "); the policy's is sent");
                return 0;
            }
        }

        /** The same on every JVM and after a restart if the state has a time in it, and otherwise this JVM's own. */
        private String window(State state, boolean overridden) {
            if (overridden) {
                return "override since " + override().sinceMillis();
            }
            return state.window() == null ? "since " + sinceMillis : state.window();
        }
    }
}
