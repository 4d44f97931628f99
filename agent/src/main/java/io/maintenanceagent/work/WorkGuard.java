package io.maintenanceagent.work;

import io.maintenanceagent.entrypoint.WorkKind;
import io.maintenanceagent.intercept.Enforcement;
import io.maintenanceagent.policy.WorkPolicy;
import io.maintenanceagent.report.ErrorReporter;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Decides whether units of work may begin, and knows which are in flight. One in a JVM; it outlives a detach, after
 * which nothing is stopped. Safe for any thread.
 */
public final class WorkGuard {

    private static final BooleanSupplier ALWAYS = new BooleanSupplier() {
        @Override
        public boolean getAsBoolean() {
            return true;
        }
    };

    private final Enforcement enforcement;
    private final ErrorReporter errors;
    private final ThreadLocal<WorkUnit> current = new ThreadLocal<WorkUnit>();
    private final PreAttachWork earlier = new PreAttachWork();
    private final Map<WorkKind, RunningWork> running = new EnumMap<WorkKind, RunningWork>(WorkKind.class);

    /**
     * @param enforcement decides
     * @param errors where faults are reported of what waits for the end of maintenance
     */
    public WorkGuard(Enforcement enforcement, ErrorReporter errors) {
        this.enforcement = enforcement;
        this.errors = errors;
        for (WorkKind kind : WorkKind.values()) {
            running.put(kind, new RunningWork());
            running.get(kind).addSource(earlier.of(kind));
        }
    }

    /** Reports a fault of a look at what waits for the end of maintenance. For any thread. */
    public void reportWaiting(Throwable fault) {
        errors.reportOnce(
                "waiting work " + fault.getClass(),
                "what waits for the end of maintenance could not be looked at (" + fault
                        + "); it waits on, and is looked at again");
    }

    /** Returns whether any work may be stopped now: while it is off, this costs one reading of a field. */
    public boolean mayStop() {
        return enforcement.mayStopWork();
    }

    /**
     * Returns whether a unit of work is stopped if it begins now.
     *
     * @param kind its kind
     * @param className the application's class that does it, with dots
     */
    public boolean stops(WorkKind kind, String className) {
        return enforcement.mayStopWork()
                && enforcement.decideWork(kind, className).isStopped();
    }

    /**
     * Returns what is done with work that is stopped.
     *
     * @param kind a kind of work
     */
    public WorkPolicy.Treatment treatment(WorkKind kind) {
        return enforcement.treatment(kind);
    }

    /**
     * Begins a unit of work on this thread unless it is stopped. It is in flight before that is decided: whoever counts
     * after a flip must not miss what was let begin before it.
     *
     * @param kind its kind
     * @param className the application's class that does it, with dots
     * @param name what people know it by
     * @return the unit, to be ended; {@code null} if it is stopped
     */
    public WorkUnit begin(WorkKind kind, String className, String name) {
        earlier.begins();
        WorkUnit unit = new WorkUnit(this, kind, className, name, current());
        running.get(kind).add(unit);
        boolean stopped = false;
        try {
            stopped = stops(kind, className);
        } finally {
            if (stopped) {
                running.get(kind).remove(unit);
            } else {
                current.set(unit);
            }
        }
        return stopped ? null : unit;
    }

    /**
     * Begins a unit of work that goes on on another thread, and is not stopped.
     *
     * @param kind its kind
     * @param className the application's class that does it, with dots
     * @param name what people know it by
     * @return the unit, to be ended
     */
    public WorkUnit beginElsewhere(WorkKind kind, String className, String name) {
        WorkUnit unit = new WorkUnit(this, kind, className, name, null);
        running.get(kind).add(unit);
        return unit;
    }

    /**
     * Begins a unit of work on this thread, whatever holds: it was decided before.
     *
     * @param kind its kind
     * @param className the application's class that does it, with dots
     * @param name what people know it by
     * @return the unit, to be ended
     */
    public WorkUnit beginDecided(WorkKind kind, String className, String name) {
        earlier.begins();
        WorkUnit unit = new WorkUnit(this, kind, className, name, current());
        running.get(kind).add(unit);
        current.set(unit);
        return unit;
    }

    /**
     * Returns whether all units of work of a kind are stopped if they begin now, whatever class does them.
     *
     * @param kind a kind of work
     */
    public boolean stopsAll(WorkKind kind) {
        return enforcement.mayStopWork() && enforcement.stopsAllWork(kind);
    }

    /**
     * Waits until something else holds, or the time is over.
     *
     * @param millis how long to wait at the most, in milliseconds
     */
    public void awaitChange(long millis) throws InterruptedException {
        enforcement.awaitChange(millis);
    }

    void ended(WorkUnit unit) {
        running.get(unit.kind()).remove(unit);
        if (current.get() == unit) {
            current();
        }
    }

    /** Returns the innermost unit of work that has begun on this thread; {@code null} if there is none. */
    public WorkUnit current() {
        WorkUnit innermost = current.get();
        WorkUnit unit = innermost;
        while (unit != null && unit.get()) { // ended, maybe on another thread
            unit = unit.outer;
        }
        if (unit == null) {
            current.remove();
        } else if (unit != innermost) {
            current.set(unit);
        }
        return unit;
    }

    /** Returns the units that had begun when the agent was attached. */
    public PreAttachWork earlier() {
        return earlier;
    }

    /**
     * Returns whether a unit of work of a kind has begun on this thread: what it calls belongs to it.
     *
     * @param kind a kind of work
     */
    public boolean isWithin(WorkKind kind) {
        for (WorkUnit unit = current(); unit != null; unit = unit.outer) {
            if (unit.kind() == kind && !unit.get()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Counts a unit of work that was not let begin: a tick that was skipped, a statement that was refused.
     *
     * @param kind its kind
     */
    public void countStopped(WorkKind kind) {
        running.get(kind).countStopped();
    }

    /**
     * Counts units of work that are held without a thread.
     *
     * @param kind their kind
     * @param more how many more there are, or fewer
     */
    public void countHeld(WorkKind kind, int more) {
        running.get(kind).countHeld(more);
    }

    /**
     * Holds this thread until a unit of work is not stopped any more. Threads go on in the order in which they came.
     *
     * @param kind its kind
     * @param className the application's class that does it, with dots
     * @return {@code false} if the thread was interrupted, and still is: the work must not begin
     */
    public boolean hold(WorkKind kind, String className) {
        return hold(kind, className, ALWAYS);
    }

    /**
     * The same for as long as the work is wanted.
     *
     * @param kind its kind
     * @param className the application's class that does it, with dots
     * @param wanted asked again and again, and at the end
     * @return {@code false} if the work must not begin: it is not wanted, or the thread was interrupted, and still is
     */
    public boolean hold(WorkKind kind, String className, BooleanSupplier wanted) {
        return running.get(kind).hold(this, enforcement, kind, className, wanted);
    }

    /**
     * Has this thread wait while a unit of work is stopped, for a time at most. An interrupted thread does not wait.
     *
     * @param kind its kind
     * @param className the application's class that does it, with dots
     * @param millis for how long, in milliseconds
     */
    public void pause(WorkKind kind, String className, long millis) {
        RunningWork.pause(this, enforcement, kind, className, millis);
    }

    /**
     * Adds units of work of a kind that are not begun by {@link #begin}, to all counts.
     *
     * @param kind a kind of work
     * @param source tells of them
     */
    public void addSource(WorkKind kind, RunningWork.Source source) {
        running.get(kind).addSource(source);
    }

    /**
     * Returns what is in flight of a kind.
     *
     * @param kind a kind of work
     */
    public WorkSnapshot snapshot(WorkKind kind) {
        return running.get(kind).snapshot(this, kind);
    }
}
