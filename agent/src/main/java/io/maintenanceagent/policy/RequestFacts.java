package io.maintenanceagent.policy;

import io.maintenanceagent.api.RequestView;
import io.maintenanceagent.match.Address;
import io.maintenanceagent.state.Mode;
import java.util.Collection;
import java.util.function.Predicate;

/**
 * What is asked of one request, asked once and only if somebody wants to know. Also tells whether a rule is about this
 * request, and so is what indexes are searched with. For one thread.
 */
final class RequestFacts implements Predicate<Rule> {

    private final RequestView request;
    private final ClientAddress addresses;
    private final Mode mode;
    private final Explanation explanation;
    private String path;
    private String host;
    private String doubt;
    private boolean doubtKnown;
    private Address address;
    private boolean addressKnown;
    private String servletName;
    private String servletClass;
    private boolean servletKnown;
    private Collection<String> annotations;

    /**
     * @param request the request
     * @param addresses tells where it comes from
     * @param mode in which mode there is maintenance; {@code null} for none
     * @param explanation gets the steps; {@code null} if nobody wants to know
     */
    RequestFacts(RequestView request, ClientAddress addresses, Mode mode, Explanation explanation) {
        this.request = request;
        this.addresses = addresses;
        this.mode = mode;
        this.explanation = explanation;
    }

    /** The same request, its path read in the other ways that there are; see {@link UriAmbiguity}. */
    RequestFacts[] otherReadings() {
        return new RequestFacts[] {
            read(UriAmbiguity.literal(request.requestUri())), read(UriAmbiguity.generous(request.requestUri()))
        };
    }

    private RequestFacts read(String otherPath) {
        RequestFacts other = new RequestFacts(request, addresses, mode, null);
        other.path = otherPath;
        return other;
    }

    @Override
    public boolean test(Rule rule) {
        return rule.isAbout(this);
    }

    RequestView request() {
        return request;
    }

    /** In which mode there is maintenance, {@code null} for none. */
    Mode mode() {
        return mode;
    }

    String path() {
        if (path == null) {
            path = request.path();
        }
        return path;
    }

    String host() {
        if (host == null) {
            host = request.host();
        }
        return host;
    }

    /** What server and agent could disagree about, or {@code null}. */
    String doubt() {
        if (!doubtKnown) {
            doubtKnown = true;
            doubt = UriAmbiguity.doubt(request.requestUri(), path());
            doubt = doubt == null ? UriAmbiguity.doubtfulHost(host()) : doubt;
        }
        return doubt;
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

    /** What trusted proxies have taken off the path that the client asked for, {@code ""} for nothing. */
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

    private void askServlet() {
        if (!servletKnown) {
            servletKnown = true;
            servletName = request.servletName();
            servletClass = request.servletClass();
        }
    }

    Collection<String> annotations() {
        if (annotations == null) {
            annotations = request.servletAnnotations();
        }
        return annotations;
    }
}
