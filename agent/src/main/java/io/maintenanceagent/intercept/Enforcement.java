package io.maintenanceagent.intercept;

import io.maintenanceagent.api.Exemption;
import io.maintenanceagent.api.RequestView;
import io.maintenanceagent.entrypoint.WorkKind;
import io.maintenanceagent.policy.Decision;
import io.maintenanceagent.policy.Policy;
import io.maintenanceagent.policy.TemporaryOverride;
import io.maintenanceagent.policy.WorkPolicy;
import io.maintenanceagent.report.ErrorReporter;
import io.maintenanceagent.response.Responses;
import io.maintenanceagent.state.EffectiveState;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What holds in this JVM: made of state, policy and temporary override, and asked by the {@link RequestInterceptor} at
 * each request.
 *
 * <p>Once closed it makes requests wait until the first state is known, for a second at the most: a JVM that starts in
 * maintenance refuses from its first request on, unless its store does not answer. Safe for any thread.
 */
public final class Enforcement {

    private final ErrorReporter errors;
    private final TemporaryOverride override = new TemporaryOverride(new Update());
    private final AtomicBoolean annotations;
    private volatile FirstState firstState; // null while no state is awaited
    private volatile EnforcementSnapshot snapshot;
    private volatile long sinceMillis;
    private volatile Runnable change; // null while nobody is told
    private volatile long enabledNanos = System.nanoTime(); // when the state was last switched on or off
    private final SnapshotBuilder builder; // guarded by this; so is the next
    private final EnforcementChanges changes = new EnforcementChanges();

    /**
     * @param annotations whether there are classes with an annotation that forces maintenance on or off; once there
     *     are, it stays so
     * @param errors where its own faults are reported
     */
    public Enforcement(AtomicBoolean annotations, ErrorReporter errors) {
        this.annotations = annotations;
        this.errors = errors;
        this.builder = new SnapshotBuilder(override, errors);
    }

    /**
     * Lets requests wait for the first state from now on.
     *
     * @param forChanges whether changes are kept until they are asked for
     * @param refusing whether requests that must not wait are refused for so long; they are let in otherwise
     */
    public synchronized void close(boolean forChanges, boolean refusing) {
        changes.keep(forChanges);
        firstState = new FirstState(refusing, override, new SnapshotBuilder.DefaultResponses(errors), errors);
    }

    /** Lets everything in, from now on until it is closed or has a state to enforce again. Forgets state and policy. */
    public synchronized void open() {
        firstState = null;
        builder.clear();
        snapshot = null;
        tellChange();
        changes.keep(false);
    }

    /**
     * Enforces a state if none is enforced yet; otherwise as {@link #enforce(EffectiveState)}.
     *
     * @param next the state that holds until there is another
     * @return whether it does
     */
    public synchronized boolean enforceFirst(EffectiveState next) {
        if (builder.state() != null || firstState == null) {
            return false;
        }
        enforce(next);
        return true;
    }

    /**
     * Enforces a state: holds for every request that begins after this returns.
     *
     * @param next the state that holds from now on
     */
    public synchronized void enforce(EffectiveState next) {
        sinceMillis = System.currentTimeMillis();
        EffectiveState before = builder.state();
        if (before == null || before.state().enabled() != next.state().enabled()) {
            enabledNanos = System.nanoTime();
        }
        builder.state(next, sinceMillis);
        update();
        FirstState awaited = firstState;
        if (awaited != null) {
            awaited.isKnown();
        }
    }

    /**
     * Enforces a policy, in place of the one before; until the first, there is the default one.
     *
     * @param next the policy that holds from now on
     * @param exemptions what extensions exempt; must not throw
     * @param answers how the policy and its rules have requests answered
     */
    public synchronized void enforce(Policy next, List<Exemption> exemptions, Responses answers) {
        builder.policy(next, exemptions, answers);
        update();
    }

    /** @return how code in this JVM asks for maintenance; holds for every request that begins after it asked */
    public TemporaryOverride override() {
        return override;
    }

    /** @return whether code in this JVM asks for maintenance, whatever the state says */
    public boolean isOverridden() {
        return override.newest() != null;
    }

    /** @return the state that is enforced, or {@code null} if none is known yet */
    public EffectiveState enforced() {
        EnforcementSnapshot now = snapshot;
        return now == null ? null : now.effective;
    }

    /** @return the same, or the temporary override that holds in its place; {@code null} if none is known yet */
    public EffectiveState inForce() {
        EnforcementSnapshot now = snapshot;
        return now == null ? null : now.inForce;
    }

    /** @return the oldest change of what is in force that was not asked for before, or {@code null} */
    public synchronized EnforcementChanges.Change nextChange() {
        return changes.next();
    }

    /** @return how many changes were not kept since this was last asked, because nobody asked for those before */
    public synchronized int takeLostChanges() {
        return changes.takeLost();
    }

    /** @return since when {@link #enforced} is enforced, in milliseconds since 1970; meaningless if none is */
    public long sinceMillis() {
        return sinceMillis;
    }

    /**
     * @param epochMillis the wall clock, in milliseconds since 1970
     * @return whether a request that nothing exempts would be refused
     */
    public boolean isOn(long epochMillis) {
        EnforcementSnapshot now = snapshot;
        return now != null && now.isOn(epochMillis);
    }

    /**
     * @param request a request in flight, or its snapshot
     * @param epochMillis the wall clock, in milliseconds since 1970
     * @return whether it would be refused if it began now; {@code true} if that cannot be decided
     */
    public boolean refuses(RequestView request, long epochMillis) {
        EnforcementSnapshot now = snapshot;
        try {
            return now != null
                    && now.mayRefuse
                    && now.decide(request, epochMillis).isStopped();
        } catch (Throwable undecidable) {
            return true;
        }
    }

    /**
     * The same of a request in flight, for any thread: without asking extensions, which are made for requests' own
     * threads and may take their time. What only they would exempt counts as refused.
     *
     * @param request the snapshot of the request
     * @param epochMillis the wall clock, in milliseconds since 1970
     * @return whether it would be refused if it began now; {@code true} if that cannot be decided
     */
    public boolean refusesInFlight(RequestView request, long epochMillis) {
        EnforcementSnapshot now = snapshot;
        try {
            return now != null
                    && now.mayRefuse
                    && now.decideInFlight(request, epochMillis).isStopped();
        } catch (Throwable undecidable) {
            return true;
        }
    }

    /**
     * Returns in how many milliseconds open sockets and event streams are closed that would be refused; 0 if they are
     * now, -1 if the policy does not ask for that, or nothing can be refused.
     */
    public long socketsCloseInMillis() {
        EnforcementSnapshot now = snapshot;
        long grace = now == null ? -1 : now.socketsGraceMillis();
        return grace < 0 ? -1 : Math.max(0, grace - TimeUnit.NANOSECONDS.toMillis(onForNanos()));
    }

    /** Returns whether work that is no request may be stopped, now or later as long as nothing changes. */
    public boolean mayStopWork() {
        EnforcementSnapshot now = snapshot;
        return now == null ? firstState != null : now.mayStopWork;
    }

    /**
     * Returns whether work that is no request may be stopped at a time, by the state or by a rule.
     *
     * @param epochMillis the wall clock, in milliseconds since 1970
     */
    public boolean mayStopWorkAt(long epochMillis) {
        EnforcementSnapshot now = snapshot;
        return now == null ? firstState != null : now.mayStopWorkAt(epochMillis);
    }

    /**
     * Decides a unit of work that is no request. Waits for the first state as requests do.
     *
     * @param kind its kind
     * @param className the application's class that does it, with dots
     */
    public Decision decideWork(WorkKind kind, String className) {
        EnforcementSnapshot now = snapshot();
        return now == null || !now.mayStopWork
                ? WorkPolicy.NOTHING_STOPS
                : now.decideWork(kind, className, System.currentTimeMillis());
    }

    /**
     * Returns whether all work of a kind is stopped, whatever class does it. Waits for the first state.
     *
     * @param kind a kind of work
     */
    public boolean stopsAllWork(WorkKind kind) {
        EnforcementSnapshot now = snapshot();
        return now != null && now.mayStopWork && now.stopsAllWork(kind, System.currentTimeMillis());
    }

    /**
     * Returns what is done with work that is stopped.
     *
     * @param kind a kind of work
     */
    public WorkPolicy.Treatment treatment(WorkKind kind) {
        EnforcementSnapshot now = snapshot;
        return now == null ? WorkPolicy.Treatment.IGNORE : now.treatment(kind);
    }

    /**
     * Returns for how long it has been on without a break, in nanoseconds: what is older began before. The largest
     * number if it is off, so that a rule stops work of any age.
     */
    public long onForNanos() {
        EnforcementSnapshot now = snapshot;
        long epochMillis = System.currentTimeMillis();
        long longest = -1;
        if (override.newest() != null) {
            longest = nanosSince(override.sinceMillis(), epochMillis);
        }
        if (now != null && now.effective.state().activeAt(epochMillis)) {
            Instant from = now.effective.state().from();
            long enabled = System.nanoTime() - enabledNanos;
            long begun = from == null ? enabled : nanosSince(from.toEpochMilli(), epochMillis);
            longest = Math.max(longest, Math.min(enabled, begun));
        }
        return longest < 0 ? Long.MAX_VALUE : longest;
    }

    private static long nanosSince(long thenMillis, long epochMillis) {
        return TimeUnit.MILLISECONDS.toNanos(Math.max(0, epochMillis - thenMillis));
    }

    /**
     * Waits until something else holds, or the time is over.
     *
     * @param millis how long to wait at the most, in milliseconds
     */
    public synchronized void awaitChange(long millis) throws InterruptedException {
        wait(millis);
    }

    /** Whether there is a request that is refused, now or as long as nothing changes; waits for no state. */
    boolean mayRefuse() {
        EnforcementSnapshot now = snapshot;
        return now != null && now.mayRefuse;
    }

    /** What holds now, or {@code null} if requests need not wait for it. */
    EnforcementSnapshot snapshot() {
        EnforcementSnapshot now = snapshot;
        if (now == null) {
            return awaitSnapshot();
        }
        if (!now.annotations && annotations.get()) {
            update();
            return snapshot;
        }
        return now;
    }

    /**
     * The same for threads that must not wait. A JVM that starts has nothing to lose by refusing for so long what a
     * state might refuse; a JVM that has served until now goes on with it.
     */
    EnforcementSnapshot snapshotAtOnce() {
        EnforcementSnapshot now = snapshot;
        FirstState awaited = firstState;
        return now == null && awaited != null && awaited.refuses() ? awaited.assumed() : now;
    }

    private EnforcementSnapshot awaitSnapshot() {
        FirstState awaited = firstState;
        if (awaited != null) {
            awaited.await();
        }
        return snapshot;
    }

    private synchronized void update() {
        if (builder.state() != null) {
            EffectiveState before = inForce();
            snapshot = builder.build(annotations.get());
            tellChange();
            if (!snapshot.inForce.equals(before)) {
                changes.add(snapshot.inForce, System.currentTimeMillis());
            }
        }
    }

    /** Has a task run after each change of what is enforced; it must be short. */
    void whenChanged(Runnable task) {
        change = task;
    }

    private synchronized void tellChange() {
        notifyAll();
        Runnable task = change;
        if (task != null) {
            task.run();
        }
    }

    /** Whether requests that the state refuses wait for its end now. */
    boolean isHolding() {
        EnforcementSnapshot now = snapshot;
        return now != null && now.isHolding();
    }

    private final class Update implements Runnable {
        @Override
        public void run() {
            update();
        }
    }
}
