package io.maintenanceagent.extension;

import io.maintenanceagent.api.Exemption;
import io.maintenanceagent.api.RequestView;
import io.maintenanceagent.fault.Faults;

/** An extension's exemption that exempts nobody when it fails. Safe for any thread. */
final class GuardedExemption implements Exemption {

    private final Exemption extension;
    private final Faults faults;

    /**
     * @param extension the extension's
     * @param faults where its failures are reported
     */
    GuardedExemption(Exemption extension, Faults faults) {
        this.extension = extension;
        this.faults = faults;
    }

    @Override
    public boolean exempts(RequestView request) {
        try {
            return extension.exempts(request);
        } catch (Throwable e) {
            // By class: a message may quote the request, and clients would fill the log.
            faults.report(toString(), toString() + " failed (" + e.getClass().getName() + "); it exempts nobody then");
            return false;
        }
    }

    /** @return the extension's class, as messages name it; an extension's own text might fail or be long */
    @Override
    public String toString() {
        return "extension " + extension.getClass().getName();
    }
}
