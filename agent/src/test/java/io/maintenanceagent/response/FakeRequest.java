package io.maintenanceagent.response;

import io.maintenanceagent.api.RequestView;
import java.util.Map;
import java.util.TreeMap;

/** A configurable request. */
final class FakeRequest implements RequestView {

    private final String method;
    private final String path; // null to fail
    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    FakeRequest(String method, String path) {
        this.method = method;
        this.path = path;
    }

    static FakeRequest get(String... headers) {
        return new FakeRequest("GET", "/shop/x").with(headers);
    }

    /** Makes the path's getter throw. */
    FakeRequest untoldPath() {
        FakeRequest untold = new FakeRequest(method, null);
        untold.headers.putAll(headers);
        return untold;
    }

    /** Names and values in turn. */
    FakeRequest with(String... more) {
        for (int i = 0; i < more.length; i += 2) {
            headers.put(more[i], more[i + 1]);
        }
        return this;
    }

    @Override
    public String method() {
        return method;
    }

    @Override
    public String path() {
        if (path == null) {
            throw new IllegalArgumentException("as asked");
        }
        return path;
    }

    @Override
    public String contextPath() {
        return "/shop";
    }

    @Override
    public String host() {
        return "example.com";
    }

    @Override
    public String header(String name) {
        return headers.get(name);
    }
}
