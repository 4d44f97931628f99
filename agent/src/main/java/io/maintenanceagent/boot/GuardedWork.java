package io.maintenanceagent.boot;

import io.maintenanceagent.entrypoint.WorkKind;
import io.maintenanceagent.inflight.InFlightRequests;
import io.maintenanceagent.inflight.PreAttachRequests;
import io.maintenanceagent.intercept.Enforcement;
import io.maintenanceagent.report.ErrorReporter;
import io.maintenanceagent.work.WorkGuard;
import io.maintenanceagent.work.WorkInterceptor;
import io.maintenanceagent.work.jdbc.ConnectionAdapter;
import io.maintenanceagent.work.jdbc.JdbcGuard;
import io.maintenanceagent.work.jdbc.StatementInterceptor;
import java.util.Collection;
import java.util.List;

/**
 * Wires work that is no request to the hook, once a JVM and kind. Made, and with it its classes loaded, where such work
 * is guarded. Guarded by the class {@link Agent}.
 */
final class GuardedWork {

    private final Class<?> hook;
    private final WorkGuard guard;
    private final WorkInterceptor interceptor;
    private final ErrorReporter errors;
    private boolean offered;
    private boolean hasJdbc;

    /**
     * @param hook where the hook is defined
     * @param enforcement decides
     * @param errors where faults are reported
     */
    GuardedWork(Class<?> hook, Enforcement enforcement, ErrorReporter errors) {
        this.hook = hook;
        this.errors = errors;
        guard = new WorkGuard(enforcement, errors);
        interceptor = new WorkInterceptor(guard, errors);
    }

    /** Returns what decides, and knows what is in flight. */
    WorkGuard guard() {
        return guard;
    }

    /**
     * Finds the units of work that have begun before the agent came.
     *
     * @param kinds the kinds that are guarded
     * @param others threads that the JVM does not tell of together with all others: virtual ones
     */
    void findEarlier(List<WorkKind> kinds, Collection<Thread> others) {
        guard.earlier().find(kinds, others);
    }

    /**
     * Guards kinds of work, if they are not guarded yet.
     *
     * @param kinds the kinds
     * @param enforcement decides
     * @param requests the requests in flight
     * @param earlier those that began before the agent came
     */
    void guard(List<WorkKind> kinds, Enforcement enforcement, InFlightRequests requests, PreAttachRequests earlier) {
        try {
            if (!offered) {
                Hook.offerWork(hook, interceptor);
                offered = true;
            }
            if (!hasJdbc && kinds.contains(WorkKind.JDBC)) {
                JdbcGuard jdbc = new JdbcGuard(guard, enforcement, requests, earlier, errors);
                interceptor.use(new ConnectionAdapter(jdbc));
                Hook.offerStatements(hook, new StatementInterceptor(jdbc));
                guard.addSource(WorkKind.JDBC, jdbc);
                hasJdbc = true;
            }
        } catch (Exception e) {
            errors.report("work", "the hook of another agent's version knows no work but requests (" + e + ")");
        }
    }
}
