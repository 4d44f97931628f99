package io.maintenanceagent.tests.harness;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A maintenance that a confusing request might get past: what is said in state and policy, and which sections of
 * {@link ConfusingRequest} must not reach the protected servlet then.
 */
public enum LetThrough {
    EVERYTHING_REFUSED("on", "", "paths", "targets", "methods", "hosts", "forwarding", "errors"),
    EXEMPTIONS(
            "on",
            "{'path': '/shop/protected/open/**', 'maintenance': 'off'},"
                    + "{'path': '/shop/greeting', 'method': 'GET', 'maintenance': 'off'},"
                    + "{'hosts': 'open.example', 'path': '/shop/protected/open/**', 'maintenance': 'off'}],"
                    + "'exempt': {'paths': ['/shop/protected/open/**', '/shop/static.txt'], 'addresses': ['192.0.2.1'],"
                    + "'headers': {'X-Admin': 'long enough for a secret'}},"
                    + "'bypass': {'secret': 'long enough for a secret'}",
            "paths",
            "targets",
            "methods",
            "hosts",
            "forwarding",
            "errors"),
    ROLES("on", "], 'exempt': {'roles': ['customer']}", "paths", "targets", "hosts", "errors"),
    FORCED_PATH(
            "off",
            "{'path': '/shop/protected/**', 'maintenance': 'on'}",
            "paths",
            "targets",
            "methods",
            "hosts",
            "forwarding"),
    FORCED_SERVLET(
            "off",
            "{'servlet': 'shop.ProtectedServlet', 'maintenance': 'on'}",
            "paths",
            "targets",
            "methods",
            "hosts",
            "forwarding"),
    SCOPED_PATH(
            "{'enabled': true, 'paths': ['/shop/protected/**']}",
            "",
            "paths",
            "targets",
            "methods",
            "hosts",
            "forwarding"),
    SCOPED_CONTEXT(
            "{'enabled': true, 'contexts': ['/shop']}", "", "paths", "targets", "methods", "hosts", "forwarding"),
    SCOPED_HOST("{'enabled': true, 'hosts': ['shop.example']}", "", "hosts"),
    FORCED_HOST("off", "{'hosts': 'shop.example', 'maintenance': 'on'}", "hosts"),
    READ_ONLY("{'enabled': true, 'mode': 'read-only'}", "", "writing");

    private static final Duration FLIP_LIMIT = Duration.ofSeconds(20);
    private static final Duration MOMENT = Duration.ofMillis(100);

    /** Whose answers tell the count, whatever there is. */
    private static final String ALWAYS = "{'rules': [{'path': '/shop/reached', 'maintenance': 'off'}";

    private static final Request PROBE = Request.of("POST", "/shop/protected/x").with("Host", "shop.example");

    private final String state;
    private final String policy;
    private final List<String> sections;

    LetThrough(String state, String policy, String... sections) {
        this.state = state.replace('\'', '"');
        String more = policy.isEmpty() || policy.startsWith("]") ? policy : ", " + policy;
        this.policy = (ALWAYS + more + (more.contains("]") && !more.endsWith("]") ? "}" : "]}")).replace('\'', '"');
        this.sections = Arrays.asList(sections);
    }

    /**
     * Tries the requests of its sections.
     *
     * @param every how many of them; 1 for all, 2 for every second one
     * @return those that reached the protected servlet, or were shown the application's own error page while all of it
     *     is in maintenance, with the answer
     */
    public List<String> reached(Http http, StateFile stateFile, StateFile policyFile, int every) {
        try {
            policyFile.replace(policy);
            stateFile.write(state);
            Await.until(FLIP_LIMIT, () -> this + " is not enforced", () -> Refusal.refuses(http.send(PROBE)));
            // For a moment error pages pass: what they belong to may have been let in before.
            Await.within(MOMENT, () -> false);
            List<ConfusingRequest> requests = new ArrayList<>();
            for (ConfusingRequest request : ConfusingRequest.all()) {
                if (sections.contains(request.section())) {
                    requests.add(request);
                }
            }
            List<String> reached = new ArrayList<>();
            int before = count(http);
            for (int i = 0; i < requests.size(); i += every) {
                String answer = requests.get(i).send(http.port());
                if (answer.contains("Protected.") || state.equals("on") && answer.contains("Sorry: ")) {
                    reached.add(told(requests.get(i), answer));
                }
            }
            if (count(http) != before && reached.isEmpty()) {
                requests.forEach(request -> addIfCounted(request, http, reached));
            }
            return reached;
        } finally {
            stateFile.write("off");
            policyFile.replace("{}");
        }
    }

    /** For one whose answer does not say that it was reached, as that of a HEAD does not. */
    private static void addIfCounted(ConfusingRequest request, Http http, List<String> reached) {
        int before = count(http);
        String answer = request.send(http.port());
        if (count(http) != before) {
            reached.add(told(request, answer));
        }
    }

    private static String told(ConfusingRequest request, String answer) {
        return request + " got " + answer.lines().findFirst().orElse("nothing");
    }

    private static int count(Http http) {
        Response response = http.get("/shop/reached");
        if (response.status() != 200) {
            throw new AssertionError("/shop/reached was answered with " + response);
        }
        return Integer.parseInt(response.text());
    }
}
