package io.maintenanceagent.work.jdbc;

import io.maintenanceagent.entrypoint.WorkKind;
import io.maintenanceagent.inflight.InFlightRequests;
import io.maintenanceagent.inflight.PreAttachRequests;
import io.maintenanceagent.intercept.Enforcement;
import io.maintenanceagent.policy.WorkPolicy;
import io.maintenanceagent.report.ErrorReporter;
import io.maintenanceagent.state.EffectiveState;
import io.maintenanceagent.state.State;
import io.maintenanceagent.work.ApplicationFrame;
import io.maintenanceagent.work.BegunWork;
import io.maintenanceagent.work.RunningWork;
import io.maintenanceagent.work.WeakTable;
import io.maintenanceagent.work.WorkGuard;
import io.maintenanceagent.work.WorkSnapshot;
import io.maintenanceagent.work.WorkUnit;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.HashSet;
import java.util.Set;

/**
 * Decides about writes in maintenance, and knows which are in flight. A write passes
 *
 * <ul>
 *   <li>of a transaction that has written before;
 *   <li>on a thread that is at work that began before: a request, a job, a message, another transaction;
 *   <li>if a class on the stack is excepted by the policy;
 *   <li>on a connection that is set to read only, which does not write.
 * </ul>
 *
 * <p>All others are counted, with the application's first frame, or refused. Of statements that are nested in each
 * other (of a pool's, of a driver's) the outermost alone. Safe for any thread.
 */
public final class JdbcGuard implements RunningWork.Source {

    /** "Read-only SQL-transaction": no pool takes a connection for broken that says so. */
    private static final String SQL_STATE = "25006";

    final WeakTable<TrackedConnection> connections = new WeakTable<TrackedConnection>();
    final WeakTable<PreparedWrite> prepared = new WeakTable<PreparedWrite>();

    private final WorkGuard guard;
    private final Enforcement enforcement;
    private final InFlightRequests requests;
    private final PreAttachRequests earlier;
    private final WatchedWriters watched;
    private final ThreadLocal<Boolean> within = new ThreadLocal<Boolean>();

    /**
     * @param guard counts, and decides about classes
     * @param enforcement what holds
     * @param requests those in flight
     * @param earlier those that began before the agent came
     * @param errors where it is said who writes
     */
    public JdbcGuard(
            WorkGuard guard,
            Enforcement enforcement,
            InFlightRequests requests,
            PreAttachRequests earlier,
            ErrorReporter errors) {
        this.guard = guard;
        this.enforcement = enforcement;
        this.requests = requests;
        this.earlier = earlier;
        this.watched = new WatchedWriters(errors);
    }

    /** Whether a write may be stopped now. While it is off, this costs one reading of a field. */
    boolean mayStop() {
        return enforcement.mayStopWork() && enforcement.mayStopWorkAt(System.currentTimeMillis());
    }

    /** What is known of a connection; {@code null} for none. */
    TrackedConnection of(Connection connection) throws SQLException {
        if (connection == null) {
            return null;
        }
        TrackedConnection known = connections.get(connection);
        return known == null
                ? connections.putIfAbsent(connection, new TrackedConnection(connection, connection.getAutoCommit()))
                : known;
    }

    /** What is known of an object that writes by a connection which it does not tell: each write is one in itself. */
    TrackedConnection ofUnknown(Object writer) {
        TrackedConnection known = connections.get(writer);
        return known == null ? connections.putIfAbsent(writer, new TrackedConnection(writer, true)) : known;
    }

    /** Decides a writing statement that has begun; returns what is told its end, or what it is to throw. */
    Object decide(TrackedConnection connection) {
        if (connection.hasWritten()) {
            return connection;
        }
        // Whoever looks meanwhile must not take what is refused for what is in flight.
        connection.ends();
        if (within.get() != null) {
            return null;
        }
        if (isOfOpenTransaction()) {
            connection.begins();
            connection.wrote();
            return connection;
        }
        StackTraceElement[] stack = new Throwable().getStackTrace();
        if (!WriterStack.isStopped(stack, enforcement) || isWithinEarlierWork()) {
            connection.begins();
            connection.wrote();
            return within(connection);
        }
        if (isReadOnly(connection)) {
            return null;
        }
        if (guard.treatment(WorkKind.JDBC) == WorkPolicy.Treatment.REFUSE) {
            guard.countStopped(WorkKind.JDBC);
            return refusal("a write to the database is refused");
        }
        StackTraceElement frame = ApplicationFrame.of(stack);
        watched.add(frame == null ? "unknown" : ApplicationFrame.name(frame), enforcement.onForNanos());
        connection.wroteLate();
        return within(connection);
    }

    /** What is nested in it passes without being asked about. */
    private Object within(TrackedConnection connection) {
        within.set(Boolean.TRUE);
        return new Outermost(connection);
    }

    /** Decides a commit; returns what it is to throw, or {@code null}. */
    Object commits(TrackedConnection connection) {
        if (!mayStop()
                || !connection.hasWrittenLate(enforcement.onForNanos())
                || guard.treatment(WorkKind.JDBC) != WorkPolicy.Treatment.REFUSE
                || !WriterStack.isStopped(new Throwable().getStackTrace(), enforcement)
                || isWithinEarlierWork()) {
            return null;
        }
        guard.countStopped(WorkKind.JDBC);
        return refusal("the commit of a transaction that wrote is refused");
    }

    private SQLTransientException refusal(String what) {
        EffectiveState inForce = enforcement.inForce();
        State state = inForce == null ? null : inForce.state();
        StringBuilder text = new StringBuilder("in maintenance, ").append(what);
        if (state != null && state.message() != null) {
            text.append(": ").append(state.message());
        }
        if (state != null && state.until() != null) {
            text.append(" (until ").append(state.until()).append(')');
        }
        return new SQLTransientException(text.toString(), SQL_STATE);
    }

    /** Whether this thread has a transaction that has written and is in flight, by any connection. */
    private boolean isOfOpenTransaction() {
        Thread thread = Thread.currentThread();
        for (TrackedConnection connection : connections.entries()) {
            if (connection.hasWritten() && connection.thread() == thread) {
                return true;
            }
        }
        return false;
    }

    /** The transactions that this thread has written in are over. */
    void threadIsOver() {
        Thread thread = Thread.currentThread();
        for (TrackedConnection connection : connections.entries()) {
            if (connection.thread() == thread) {
                connection.over();
            }
        }
    }

    /** Whether this thread is at work that began before maintenance did. */
    private boolean isWithinEarlierWork() {
        long onForNanos = enforcement.onForNanos();
        long now = System.nanoTime();
        for (WorkUnit unit = guard.current(); unit != null; unit = unit.outer()) {
            if (now - unit.begunNanos() >= onForNanos) {
                return true;
            }
        }
        return requests.isOnThread(onForNanos)
                || earlier.isOnThread()
                || guard.earlier().isOnThread();
    }

    private static boolean isReadOnly(TrackedConnection known) {
        Object connection = known.get();
        try {
            return connection instanceof Connection && ((Connection) connection).isReadOnly();
        } catch (SQLException closed) {
            return false;
        }
    }

    /** Adds what is in flight: one of each thread, since a pool's connection has the driver's within it. */
    @Override
    public void addTo(WorkSnapshot snapshot) {
        boolean mayStop = mayStop();
        long now = System.nanoTime();
        if (mayStop) {
            snapshot.addWriters(watched.list());
        }
        Set<Thread> threads = new HashSet<Thread>();
        for (TrackedConnection connection : connections.entries()) {
            Thread thread = connection.thread();
            if (thread != null && threads.add(thread)) {
                StackTraceElement frame = mayStop ? ApplicationFrame.of(thread.getStackTrace()) : null;
                String name = frame == null ? "" : " in " + ApplicationFrame.name(frame);
                snapshot.add(
                        frame == null ? "" : frame.getClassName(),
                        "thread " + thread.getName() + name,
                        connection.seenNanos(now));
            }
        }
    }

    /** Told the end of an outermost statement. */
    private final class Outermost implements BegunWork {
        private final TrackedConnection connection;

        Outermost(TrackedConnection connection) {
            this.connection = connection;
        }

        @Override
        public Object ended(Object result) {
            within.remove();
            return connection.ended(result);
        }

        @Override
        public void failed(Throwable thrown) {
            within.remove();
            connection.failed(thrown);
        }
    }
}
