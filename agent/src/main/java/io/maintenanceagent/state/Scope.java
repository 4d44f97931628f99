package io.maintenanceagent.state;

import io.maintenanceagent.api.RequestView;
import io.maintenanceagent.match.HostPattern;
import io.maintenanceagent.match.MatchListener;
import io.maintenanceagent.match.PathPattern;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * Which requests a state is about: those that match one entry of each list that is not empty, and, when it is
 * read-only, only those that may change something. Immutable; safe for any thread.
 */
public final class Scope {

    /** Every request. */
    public static final Scope ALL = new Scope(
            false,
            Collections.<PathPattern>emptyList(),
            Collections.<HostPattern>emptyList(),
            Collections.<String>emptyList());

    private final boolean readOnly;
    private final List<PathPattern> paths;
    private final List<HostPattern> hosts;
    private final List<String> contexts;

    /**
     * @param readOnly whether requests pass that only read
     * @param paths patterns of paths; empty for all
     * @param hosts patterns of hosts; empty for all
     * @param contexts context paths, {@code ""} for the root context; empty for all
     */
    public Scope(boolean readOnly, List<PathPattern> paths, List<HostPattern> hosts, List<String> contexts) {
        this.readOnly = readOnly;
        this.paths = paths;
        this.hosts = hosts;
        this.contexts = contexts;
    }

    /** Returns whether it is about all paths, hosts and contexts. */
    public boolean isForEverything() {
        return paths.isEmpty() && hosts.isEmpty() && contexts.isEmpty();
    }

    /**
     * Returns whether a request is covered as far as its method goes; an unknown method is covered.
     *
     * @param request a request, whose method is {@code null} if that is unknown
     */
    public boolean coversMethodOf(RequestView request) {
        return !(readOnly && SafeRequest.is(request));
    }

    /**
     * Returns whether requests of a context are covered; an unknown context is covered.
     *
     * @param contextPath a request's context path, or {@code null} if that is unknown
     */
    public boolean coversContext(String contextPath) {
        return contexts.isEmpty() || contextPath == null || contexts.contains(contextPath);
    }

    /**
     * Returns whether a request for one of some hosts is covered; unknown hosts are covered.
     *
     * @param asked the hosts that a request may be for, or {@code null} if that can be any
     */
    public boolean coversHosts(List<String> asked) {
        if (hosts.isEmpty() || asked == null) {
            return true;
        }
        for (String host : asked) {
            if (anyHost(host)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Returns whether requests of a path are covered; an unknown path is covered.
     *
     * @param path a request's path, or {@code null} if that can be any
     * @param listener is told where a match exceeds its limit, so that the path may be covered
     */
    public boolean coversPath(String path, MatchListener listener) {
        return paths.isEmpty() || path == null || anyPath(path, listener);
    }

    private boolean anyHost(String host) {
        for (HostPattern pattern : hosts) {
            if (pattern.matches(host)) {
                return true;
            }
        }
        return false;
    }

    private boolean anyPath(String path, MatchListener listener) {
        for (PathPattern pattern : paths) {
            if (pattern.matches(path, true, listener)) { // refused if it may match
                return true;
            }
        }
        return false;
    }

    /** Returns whether requests pass that only read. */
    public boolean readOnly() {
        return readOnly;
    }

    /** Returns the patterns of paths; empty for all. */
    public List<PathPattern> paths() {
        return paths;
    }

    /** Returns the patterns of hosts; empty for all. */
    public List<HostPattern> hosts() {
        return hosts;
    }

    /** Returns the context paths; empty for all. */
    public List<String> contexts() {
        return contexts;
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof Scope)) {
            return false;
        }
        Scope that = (Scope) other;
        return readOnly == that.readOnly
                && paths.equals(that.paths)
                && hosts.equals(that.hosts)
                && contexts.equals(that.contexts);
    }

    @Override
    public int hashCode() {
        return Objects.hash(readOnly, paths, hosts, contexts);
    }
}
