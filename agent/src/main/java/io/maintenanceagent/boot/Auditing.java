package io.maintenanceagent.boot;

import io.maintenanceagent.audit.AuditLog;
import io.maintenanceagent.intercept.Enforcement;
import io.maintenanceagent.intercept.EnforcementChanges;
import io.maintenanceagent.report.ErrorReporter;
import io.maintenanceagent.state.EffectiveState;

/**
 * Hands each change of what is in force to the audit, in its order and with its time, however late. For the audit's own
 * thread.
 */
final class Auditing implements Runnable {

    private final Enforcement enforcement;
    private final AuditLog audit;
    private final ErrorReporter errors;
    private EffectiveState inForce;

    /**
     * @param enforcement keeps the changes until they are asked for
     * @param audit writes them
     * @param errors where it is reported that there were too many
     */
    Auditing(Enforcement enforcement, AuditLog audit, ErrorReporter errors) {
        this.enforcement = enforcement;
        this.audit = audit;
        this.errors = errors;
    }

    /** Each change, and then the windows that have opened or closed since. */
    @Override
    public void run() {
        for (EnforcementChanges.Change change = enforcement.nextChange();
                change != null;
                change = enforcement.nextChange()) {
            inForce = change.inForce();
            audit.observe(inForce, change.epochMillis());
        }
        int lost = enforcement.takeLostChanges();
        if (lost > 0) {
            errors.report(
                    "audit lost",
                    "the audit lacks " + lost + " changes of state, which came faster than they could be" + " written");
            inForce = enforcement.inForce();
        }
        if (inForce != null) {
            audit.observe(inForce, System.currentTimeMillis());
        }
    }

    /** Nothing is enforced any more. */
    void end() {
        run();
        if (inForce != null) {
            audit.observe(EffectiveState.of(null, null, null), System.currentTimeMillis());
        }
    }
}
