package io.maintenanceagent.policy;

import io.maintenanceagent.api.RequestView;
import io.maintenanceagent.match.Address;
import io.maintenanceagent.match.MatchListener;
import io.maintenanceagent.match.PathPattern;
import io.maintenanceagent.state.Mode;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;

/**
 * The facts of one request that decisions use, read lazily and once. As a predicate it tells whether a rule matches the
 * request, for searches in indexes. For one thread.
 *
 * <p>An unknown fact is {@code null}: it matches every rule that refuses, and none that lets pass.
 */
final class RequestFacts implements Predicate<Rule>, MatchListener {

    private final ReadableRequest request;
    private final ClientAddress addresses;
    private final Mode mode;
    private final Explanation explanation;

    private boolean pathKnown;
    private String path;
    private String directory;
    private String ambiguity;
    private String method;
    private boolean methodKnown;
    private String contextPath;
    private boolean contextKnown;
    private List<String> hosts;
    private boolean hostsKnown;
    private Address address;
    private boolean addressKnown;
    private ReadableRequest served;
    private String servletName;
    private String servletClass;
    private boolean servletKnown;
    private Collection<String> annotations;
    private ClientPosition client;
    private boolean clientKnown;
    private String problem;

    /**
     * @param request the request
     * @param addresses finds its client address
     * @param mode in which mode there is maintenance; {@code null} for none
     * @param explanation gets the steps; {@code null} for none
     */
    RequestFacts(RequestView request, ClientAddress addresses, Mode mode, Explanation explanation) {
        this.request = new ReadableRequest(request);
        this.served = this.request;
        this.addresses = addresses;
        this.mode = mode;
        this.explanation = explanation;
    }

    @Override
    public boolean test(Rule rule) {
        return rule.isAbout(this);
    }

    ReadableRequest request() {
        return request;
    }

    /** In which mode there is maintenance, {@code null} for none. */
    Mode mode() {
        return mode;
    }

    /** The path in the current reading, at first the container's; {@code null} if it can be any. */
    String path() {
        readPath();
        return path;
    }

    /** The requested directory if the path is its welcome file, since rules match both; else {@code null}. */
    String directory() {
        readPath();
        return directory;
    }

    /** Why the path is ambiguous; {@code null} if it is not. */
    String ambiguity() {
        readPath();
        return ambiguity;
    }

    private void readPath() {
        if (!pathKnown) {
            pathKnown = true;
            String told = request.path();
            String sent = request.requestUri();
            ambiguity = UriAmbiguity.of(sent, told);
            directory = ambiguity == null ? UriAmbiguity.directory(sent, told) : null;
            path = told != null || sent == null
                    ? told
                    : UriAmbiguity.readings(sent).iterator().next();
        }
    }

    /** The readings of an ambiguous path besides the container's. */
    Collection<String> otherReadings() {
        if (ambiguity() == null) {
            return Collections.emptyList();
        }
        String sent = request.requestUri();
        return sent == null ? Collections.<String>singletonList(null) : UriAmbiguity.readings(sent, request.path());
    }

    /** Sets the current reading of the path, which leads to the container's servlet. */
    void readAs(String otherPath) {
        path = otherPath;
        directory = null;
        serveBy(request);
    }

    /**
     * From now on it leads to the servlet that the application has for the path as it is read now.
     *
     * @return whether that can be known, and may be another one than before
     */
    boolean serveAsRead() {
        ReadableRequest other = path == null ? null : request.servedAt(path);
        if (other != null) {
            serveBy(other);
        }
        return other != null;
    }

    private void serveBy(ReadableRequest other) {
        if (served != other) {
            served = other;
            servletKnown = false;
            annotations = null;
        }
    }

    String method() {
        if (!methodKnown) {
            methodKnown = true;
            method = request.method();
        }
        return method;
    }

    String contextPath() {
        if (!contextKnown) {
            contextKnown = true;
            contextPath = request.contextPath();
        }
        return contextPath;
    }

    /** The hosts that the request may be for, mostly one; {@code null} if it can be any. */
    List<String> hosts() {
        if (!hostsKnown) {
            hostsKnown = true;
            hosts = addresses.hosts(request);
            if (hosts != null && hosts.isEmpty()) {
                hosts = HostAmbiguity.readings(request.host(), request.headers("Host"));
            }
        }
        return hosts;
    }

    /** The client's address behind trusted proxies, or {@code null} if it cannot be known. */
    Address address() {
        if (!addressKnown) {
            addressKnown = true;
            address = addresses.of(request, explanation);
        }
        return address;
    }

    boolean isSecure() {
        return request.isSecure() || addresses.saysSecure(request);
    }

    /** The prefix that trusted proxies have removed from the client's path, {@code ""} for none. */
    String forwardedPrefix() {
        return addresses.isTrustedProxy(request) ? ForwardedPrefix.of(request.headers("X-Forwarded-Prefix")) : "";
    }

    String servletName() {
        askServlet();
        return servletName;
    }

    String servletClass() {
        askServlet();
        return servletClass;
    }

    /** Whether the container has failed to tell the servlet; otherwise none is known where there is none. */
    boolean isServletUnknown() {
        askServlet();
        return served.isServletUnknown();
    }

    private void askServlet() {
        if (!servletKnown) {
            servletKnown = true;
            servletName = served.servletName();
            servletClass = served.servletClass();
        }
    }

    Collection<String> annotations() {
        if (annotations == null) {
            annotations = served.servletAnnotations();
        }
        return annotations;
    }

    /**
     * The position of its client among all; {@code null} if nothing tells clients apart.
     *
     * @param sessionCookies as for {@link ClientPosition#of}, the same each time; so is the next
     */
    ClientPosition client(List<String> sessionCookies, String salt) {
        if (!clientKnown) {
            clientKnown = true;
            client = ClientPosition.of(this, sessionCookies, salt);
        }
        return client;
    }

    @Override
    public void exceeded(PathPattern pattern) {
        report("\"" + pattern + "\" exceeded its limit of time or stack on a path; where it is in doubt a request is"
                + " refused; allowed: an expression that need not go back");
    }

    /** Records what went wrong; of several things the first. */
    void report(String what) {
        problem = problem == null ? what : problem;
    }

    /** What went wrong until now, as a line to report; {@code null} if nothing did. */
    String problem() {
        return problem;
    }

    /** The first step of an explanation. */
    @Override
    public String toString() {
        StringBuilder step = new StringBuilder("path ").append(shown(path()));
        if (directory() != null) {
            step.append(", the welcome file of ").append(directory());
        }
        step.append(", context \"").append(contextPath()).append("\", host ");
        step.append(hosts() == null ? "unknown" : String.join(" or ", hosts()));
        if (ambiguity() != null) {
            step.append("; ambiguous: ").append(ambiguity());
        }
        return step.toString();
    }

    static String shown(String path) {
        return path == null ? "unknown" : path;
    }
}
