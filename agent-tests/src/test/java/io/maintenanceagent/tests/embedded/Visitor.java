package io.maintenanceagent.tests.embedded;

import io.maintenanceagent.tests.harness.Request;
import io.maintenanceagent.tests.harness.Response;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Keeps cookies, and follows nothing. */
final class Visitor {
    private final Shop shop;
    private final Map<String, String> cookies = new TreeMap<>();

    Visitor(Shop shop) {
        this.shop = shop;
    }

    Response send(Request request) {
        String cookie = cookies.entrySet().stream().map(Object::toString).collect(Collectors.joining("; "));
        Response response = shop.send(cookie.isEmpty() ? request : request.with("Cookie", cookie));
        for (String line : response.all("Set-Cookie")) {
            String[] pair = line.split(";")[0].split("=", 2);
            cookies.put(pair[0], pair[1]);
        }
        return response;
    }
}
