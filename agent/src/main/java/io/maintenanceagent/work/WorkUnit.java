package io.maintenanceagent.work;

import io.maintenanceagent.entrypoint.WorkKind;
import java.util.concurrent.atomic.AtomicBoolean;

/** A unit of work that is in flight. Safe for any thread. */
public final class WorkUnit extends AtomicBoolean implements BegunWork {

    private static final long serialVersionUID = 1;

    private final transient WorkGuard guard;
    private final WorkKind kind;
    private final String className;
    private final String name;
    private final long begunNanos = System.nanoTime();
    final transient WorkUnit outer; // null for none
    private volatile boolean idle;

    WorkUnit(WorkGuard guard, WorkKind kind, String className, String name, WorkUnit outer) {
        this.guard = guard;
        this.kind = kind;
        this.className = className;
        this.name = name;
        this.outer = outer;
    }

    /** Returns its kind. */
    public WorkKind kind() {
        return kind;
    }

    /** Returns the application's class that does it, with dots. */
    public String className() {
        return className;
    }

    /** Returns what people know it by: a class, a method, the name of a job. */
    public String name() {
        return name;
    }

    /** Returns when it began, as {@link System#nanoTime} tells time. */
    public long begunNanos() {
        return begunNanos;
    }

    /**
     * Says whether it only waits for something to do. While it does, it is in flight in maintenance alone: what comes
     * is still done.
     *
     * @param idle whether it waits
     */
    public void setIdle(boolean idle) {
        this.idle = idle;
    }

    /** Returns whether it only waits. */
    boolean isIdle() {
        return idle;
    }

    /** Returns the unit within which it began, on the same thread; {@code null} if there is none. */
    public WorkUnit outer() {
        return outer;
    }

    /** Ends it. Further calls do nothing. */
    public void end() {
        if (compareAndSet(false, true)) {
            guard.ended(this);
        }
    }

    @Override
    public Object ended(Object result) {
        end();
        return result;
    }

    @Override
    public void failed(Throwable thrown) {
        end();
    }
}
