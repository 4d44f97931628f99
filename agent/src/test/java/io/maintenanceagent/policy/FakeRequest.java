package io.maintenanceagent.policy;

import io.maintenanceagent.api.RequestView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A configurable request. */
public final class FakeRequest implements ServletMappings {

    private final String method;
    private final String path;
    private final Map<String, List<String>> headers = new TreeMap<>();
    private String uri;
    private String query;
    private String context = "";
    private String host = "example.com";
    private String address = "203.0.113.9";
    private final Map<String, FakeRequest> servedAt = new TreeMap<>();
    private String servletName;
    private String servletClass;
    private Set<String> annotations = Set.of();
    private Set<String> roles = Set.of();
    private boolean secure;
    private boolean unmapped;
    private String untold;

    private FakeRequest(String method, String path) {
        this.method = method;
        this.path = path;
        this.uri = path;
    }

    public static FakeRequest get(String path) {
        return new FakeRequest("GET", path);
    }

    public static FakeRequest of(String method, String path) {
        return new FakeRequest(method, path);
    }

    FakeRequest uri(String value) {
        uri = value;
        return this;
    }

    FakeRequest query(String value) {
        query = value;
        return this;
    }

    FakeRequest context(String value) {
        context = value;
        return this;
    }

    FakeRequest host(String value) {
        host = value;
        return this;
    }

    FakeRequest from(String value) {
        address = value;
        return this;
    }

    FakeRequest servlet(String name, String className, String... annotationNames) {
        servletName = name;
        servletClass = className;
        annotations = Set.of(annotationNames);
        return this;
    }

    /** Sets the servlet of this request at another path. */
    FakeRequest servedAt(String otherPath, String name, String className, String... annotationNames) {
        servedAt.put(otherPath, get(otherPath).servlet(name, className, annotationNames));
        return this;
    }

    FakeRequest roles(String... values) {
        roles = Set.of(values);
        return this;
    }

    FakeRequest secure() {
        secure = true;
        return this;
    }

    FakeRequest unmapped() {
        unmapped = true;
        return this;
    }

    /** Makes a getter throw. */
    FakeRequest untold(String fact) {
        untold = fact;
        return this;
    }

    private void ask(String fact) {
        if (fact.equals(untold)) {
            throw new IllegalArgumentException("Ambiguous");
        }
    }

    FakeRequest header(String name, String... values) {
        headers.computeIfAbsent(name.toLowerCase(Locale.ROOT), n -> new ArrayList<>())
                .addAll(Arrays.asList(values));
        return this;
    }

    @Override
    public RequestView servedAt(String otherPath) {
        return servedAt.get(otherPath);
    }

    @Override
    public String method() {
        ask("method");
        return method;
    }

    @Override
    public String path() {
        ask("path");
        return path;
    }

    @Override
    public String contextPath() {
        ask("context");
        return context;
    }

    @Override
    public String host() {
        ask("host");
        return host;
    }

    @Override
    public String header(String name) {
        List<String> values = headers(name);
        return values.isEmpty() ? null : values.get(0);
    }

    @Override
    public List<String> headers(String name) {
        ask("header");
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    }

    @Override
    public String requestUri() {
        ask("uri");
        return uri;
    }

    @Override
    public String query() {
        ask("query");
        return query;
    }

    @Override
    public String remoteAddress() {
        ask("address");
        return address;
    }

    @Override
    public boolean isSecure() {
        return secure;
    }

    @Override
    public boolean isUserInRole(String role) {
        ask("role");
        return roles.contains(role);
    }

    @Override
    public String servletName() {
        ask("servlet");
        return servletName;
    }

    @Override
    public String servletClass() {
        ask("servlet");
        return servletClass;
    }

    @Override
    public Collection<String> servletAnnotations() {
        ask("servlet");
        return annotations;
    }

    @Override
    public boolean isUnmapped() {
        return unmapped;
    }
}
