package io.maintenanceagent.gate;

import io.maintenanceagent.fault.Faults;
import io.maintenanceagent.response.Answer;
import io.maintenanceagent.servlet.HttpRequest;
import io.maintenanceagent.servlet.HttpResponse;
import io.maintenanceagent.state.EffectiveState;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiPredicate;

/**
 * What stands behind the hook: asked once for each request, at its outermost entry, it lets it in or refuses it.
 *
 * <p>While nothing can be refused the gate takes itself out of the hook, and a request costs what the hook costs. Until
 * the first state is known it stands there and makes requests wait, for a second at the most: a JVM that starts in the
 * middle of a maintenance lets nobody through.
 *
 * <p>A fault of its own lets the request in. Safe for any thread.
 */
public final class Gate implements BiPredicate<Object, Object> {

    private static final long FIRST_STATE_MILLIS = 1000;

    private final AtomicReference<BiPredicate<Object, Object>> place;
    private final Faults faults;
    private final CountDownLatch known = new CountDownLatch(1);
    private volatile Posture posture;

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
     * @param effective the state that holds from now on
     */
    public void enforce(EffectiveState effective) {
        posture = new Posture(effective);
        place.set(effective.state().enabled() ? this : null);
        known.countDown();
    }

    /** @return the state that is enforced, or {@code null} if none is known yet */
    public EffectiveState enforced() {
        Posture now = posture;
        return now == null ? null : now.effective;
    }

    /**
     * Decides a request, and answers it if it is refused.
     *
     * @param request the servlet request
     * @param response the servlet response
     * @return whether the request was refused
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
            return now.effective.state().refuses(http, epochMillis) && refuse(http, answer, now.answer, epochMillis);
        } catch (Throwable fault) {
            report(fault);
            return false;
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

    private Posture awaitPosture() {
        try {
            known.await(FIRST_STATE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return posture;
    }

    private void report(Throwable fault) {
        faults.report("gate", "a request could not be decided or answered (" + fault + "); it was let in");
    }

    /** A state together with the answer to those that it refuses: replaced as one. */
    private static final class Posture {
        final EffectiveState effective;
        final Answer answer;

        Posture(EffectiveState effective) {
            this.effective = effective;
            this.answer = effective.state().enabled() ? Answer.of(effective.state()) : null;
        }
    }
}
