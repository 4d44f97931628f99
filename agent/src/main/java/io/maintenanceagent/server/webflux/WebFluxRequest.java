package io.maintenanceagent.server.webflux;

import static io.maintenanceagent.server.UncheckedCall.get;

import io.maintenanceagent.api.RequestView;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Collections;
import java.util.List;

/** Spring's {@code ServerHttpRequest}. */
final class WebFluxRequest implements RequestView {

    private final Object request;
    private final WebFluxMethods methods;

    WebFluxRequest(Object request) {
        this.request = request;
        this.methods = WebFluxMethods.of(request);
    }

    /** The server's own request; {@code null} if it cannot be had. */
    Object serverRequest() {
        return methods.serverRequest(request);
    }

    @Override
    public String method() {
        return methods.method(request);
    }

    /** {@inheritDoc} Each segment decoded, as handlers are found by it. */
    @Override
    public String path() {
        StringBuilder path = new StringBuilder();
        for (Object element : (List<?>) get(methods.elements, get(methods.getPath, request))) {
            path.append(methods.match(element));
        }
        return rooted(path.toString());
    }

    @Override
    public String contextPath() {
        return (String) get(methods.pathValue, get(methods.contextPath, get(methods.getPath, request)));
    }

    /** {@inheritDoc} Also where the path cannot be told, since it does not begin with a context path. */
    @Override
    public String requestUri() {
        String path = uri().getRawPath();
        return path == null ? "/" : rooted(path);
    }

    /** Nothing and {@code *} ask for the whole server (RFC 9112, section 3.2): that is its root. */
    private static String rooted(String path) {
        return path.isEmpty() || path.equals("*") ? "/" : path;
    }

    /** {@inheritDoc} Names with underscores are none to {@link URI}; then it is the header's. */
    @Override
    public String host() {
        String host = uri().getHost();
        if (host == null) {
            String header = header("Host");
            host = header == null ? "" : header.replaceFirst(":[0-9]*$", "");
        }
        return host;
    }

    @Override
    public String header(String name) {
        List<String> values = headers(name);
        return values.isEmpty() ? null : values.get(0);
    }

    @Override
    @SuppressWarnings("unchecked")
    public List<String> headers(String name) {
        Object values = methods.header(get(methods.getHeaders, request), name);
        return values == null ? Collections.<String>emptyList() : (List<String>) values;
    }

    @Override
    public String query() {
        return uri().getRawQuery();
    }

    /** {@inheritDoc} Reactor Netty's own reading of forwarding headers is passed by. */
    @Override
    public String remoteAddress() {
        Object address = methods.remoteAddress(request);
        InetSocketAddress remote = address instanceof InetSocketAddress ? (InetSocketAddress) address : null;
        return remote == null || remote.getAddress() == null
                ? ""
                : remote.getAddress().getHostAddress();
    }

    @Override
    public boolean isSecure() {
        return "https".equalsIgnoreCase(uri().getScheme());
    }

    private URI uri() {
        return (URI) get(methods.getUri, request);
    }
}
