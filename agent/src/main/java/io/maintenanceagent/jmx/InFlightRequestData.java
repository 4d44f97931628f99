package io.maintenanceagent.jmx;

import io.maintenanceagent.api.RequestView;

/** An in-flight request, as JMX shows it. Immutable. */
public final class InFlightRequestData {

    private final String method;
    private final String path;
    private final long seconds;

    InFlightRequestData(RequestView request, long seconds) {
        this.method = request.method();
        this.path = request.path();
        this.seconds = seconds;
    }

    /** Returns the request method. */
    public String getMethod() {
        return method;
    }

    /** Returns the path, decoded. */
    public String getPath() {
        return path;
    }

    /** Returns for how many seconds it has been running, to a second or so. */
    public long getSeconds() {
        return seconds;
    }
}
