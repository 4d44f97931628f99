package io.maintenanceagent.extension;

import io.maintenanceagent.api.Exemption;
import io.maintenanceagent.api.RequestView;
import io.maintenanceagent.report.ErrorReporter;

/** An extension's exemption that exempts no request when it throws. Safe for any thread. */
final class GuardedExemption implements Exemption {

    private final Exemption extension;
    private final ErrorReporter errors;

    /**
     * @param extension the extension's
     * @param errors where its failures are reported
     */
    GuardedExemption(Exemption extension, ErrorReporter errors) {
        this.extension = extension;
        this.errors = errors;
    }

    @Override
    public boolean exempts(RequestView request) {
        try {
            return extension.exempts(request);
        } catch (Throwable e) {
            // By class: a message may quote the request, and clients would fill the log.
            errors.report(toString(), toString() + " failed (" + e.getClass().getName() + "); it exempts nobody then");
            return false;
        }
    }

    /** Returns the extension's class, as messages name it; an extension's own text might fail or be long. */
    @Override
    public String toString() {
        return "extension " + extension.getClass().getName();
    }
}
