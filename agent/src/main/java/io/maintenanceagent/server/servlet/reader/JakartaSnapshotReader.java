package io.maintenanceagent.server.servlet.reader;

import io.maintenanceagent.server.servlet.ServletRequestSnapshot;
import io.maintenanceagent.server.servlet.SnapshotReader;
import jakarta.servlet.http.HttpServletRequest;

/** Requests of the namespace {@code jakarta}. */
public final class JakartaSnapshotReader implements SnapshotReader {

    /** Called by reflection. */
    public JakartaSnapshotReader() {}

    @Override
    public ServletRequestSnapshot read(Object request) {
        HttpServletRequest http = (HttpServletRequest) request;
        return ServletRequestSnapshot.of(
                http.getDispatcherType(),
                http.getMethod(),
                http.getRequestURI(),
                http.getServerName(),
                http.getServletContext());
    }
}
