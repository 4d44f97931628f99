package io.maintenanceagent.work.jdbc;

import io.maintenanceagent.entrypoint.WorkKind;
import io.maintenanceagent.intercept.Enforcement;
import io.maintenanceagent.policy.DecisionKind;

/** Decides a write by all classes on its stack: a migration tool has drivers above and an application below it. */
final class WriterStack {

    private WriterStack() {}

    /**
     * Returns whether a write is stopped. A rule that stops one of the classes precedes one that lets another write,
     * and both precede the state.
     *
     * @param stack the innermost frame first
     * @param enforcement decides each class
     */
    static boolean isStopped(StackTraceElement[] stack, Enforcement enforcement) {
        boolean stopped = false;
        boolean let = false;
        String before = null;
        for (StackTraceElement frame : stack) {
            String name = frame.getClassName();
            if (name.equals(before) || name.startsWith("java.") || name.startsWith("jdk.internal.")) {
                continue;
            }
            before = name;
            DecisionKind kind = enforcement.decideWork(WorkKind.JDBC, name).kind();
            if (kind == DecisionKind.RULE_ON) {
                return true;
            }
            stopped = stopped || kind.isStopped();
            let = let || kind.isExempt();
        }
        return stopped && !let;
    }
}
