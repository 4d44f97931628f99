package io.maintenanceagent.server.servlet;

/** Reads what is kept of a servlet request. Loaded once for each servlet API; safe for any thread. */
public interface SnapshotReader {

    /**
     * Returns what is kept of a request.
     *
     * @param request an HTTP request of the API that this one was loaded beside
     * @throws LinkageError if that API is older than Servlet 3.0
     */
    ServletRequestSnapshot read(Object request);
}
