package io.maintenanceagent.tests.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.maintenanceagent.tests.harness.Request;
import io.maintenanceagent.tests.harness.Response;
import io.maintenanceagent.tests.harness.Server;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A request to the test application and what the application answers.
 *
 * @param request the request
 * @param status the status of the application's answer
 * @param body the exact body of the application's answer
 */
public record Visit(Request request, int status, String body) {

    static final String LARGE =
            IntStream.rangeClosed(1, 4000).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining());

    /** One visit to everything that the application has, but for what needs a login. */
    public static List<Visit> all(Server server) {
        List<Visit> visits = new ArrayList<>(List.of(
                get("/static.txt", "A file that the default servlet serves.\n"),
                get("/raw", "Served by a raw servlet.\n"),
                get("/greeting", "Good morning.\n"),
                get("/large", LARGE),
                get("/virtual/path", "Served by a filter.\n"),
                get("/lambda/path", "Served by a lambda.\n"),
                get("/forward", "Served by a raw servlet.\n"),
                get("/include", "Before.\nGood morning.\nAfter.\n"),
                get("/slow", "Worth the wait.\n"),
                get("/login", "Please log in.\n"),
                get("/async-complete", "Completed elsewhere.\n"),
                get("/async-forward", "Served by a raw servlet.\n"),
                get("/async-dispatch", "Served by a raw servlet.\n"),
                new Visit(Request.get("/shop/nothing"), 404, "Sorry: 404.\n"),
                new Visit(Request.get("/shop/slow?then=not-found"), 404, "Sorry: 404.\n"),
                new Visit(Request.get("/shop/fault"), 500, "Sorry: 500.\n"),
                new Visit(Request.of("HEAD", "/shop/static.txt"), 200, ""),
                new Visit(Request.of("HEAD", "/shop/greeting"), 200, ""),
                post("text/plain", "a small body", "a small body"),
                post("text/plain", "x".repeat(100 * 1024), "x".repeat(100 * 1024)),
                post("application/x-www-form-urlencoded", "text=a+form", "a form")));
        if (server.hasPages()) {
            visits.add(get("/page.jsp", "A page: 42"));
        }
        return visits;
    }

    static Visit get(String path, String body) {
        return new Visit(Request.get("/shop" + path), 200, body);
    }

    private static Visit post(String type, String body, String answer) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return new Visit(Request.post("/shop/echo", type, bytes), 200, answer);
    }

    /** Asserts that this is the application's answer. */
    public void assertServed(Response response) {
        String what = request + " was answered with " + response;
        assertEquals(status, response.status(), what);
        assertEquals(body, response.text(), what);
    }
}
