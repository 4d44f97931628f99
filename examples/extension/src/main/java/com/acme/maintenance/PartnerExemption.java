package com.acme.maintenance;

import io.maintenanceagent.api.Exemption;
import io.maintenanceagent.api.RequestView;

/** Lets partners read below {@code /partner/} whose key is in the system property {@code acme.partners}. */
public final class PartnerExemption implements Exemption {

    @Override
    public boolean exempts(RequestView request) {
        if (!request.method().equals("GET") || !request.path().startsWith(request.contextPath() + "/partner/")) {
            return false;
        }
        String key = request.header("X-Partner-Key");
        if (key == null) {
            return false;
        }
        for (String known : System.getProperty("acme.partners", "").split(",")) {
            if (!known.isEmpty() && known.equals(key)) {
                return true;
            }
        }
        return false;
    }
}
