package io.maintenanceagent.tests.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.tests.harness.Await;
import io.maintenanceagent.tests.harness.Cell;
import io.maintenanceagent.tests.harness.Project;
import io.maintenanceagent.tests.harness.Request;
import io.maintenanceagent.tests.harness.Server;
import io.maintenanceagent.tests.harness.ServerProcess;
import io.maintenanceagent.tests.harness.StateFile;
import io.maintenanceagent.tests.harness.WebApplication;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What {@code explain} says of requests, and what servers do with them. The requests are random, the same each time.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("io.maintenanceagent.tests.harness.Cell#running")
final class ExplainedRequestsTest {

    private static final Duration FLIP_LIMIT = Duration.ofSeconds(20);
    private static final int REQUESTS = 30;

    /** What servers answer to what they cannot read, before anybody is asked. */
    private static final Set<Integer> UNREADABLE = Set.of(400, 405, 414, 421, 501, 505);

    private static ServerProcess server;
    /** What was said of a request, which no server changes. */
    private static final Map<String, String> EXPLAINED = new HashMap<>();

    private static Explainer explainer;
    private static StateFile state;
    private static StateFile policy;

    private final Cell cell;

    ExplainedRequestsTest(Cell cell) {
        this.cell = cell;
    }

    @BeforeParameterizedClassInvocation
    static void open(Cell cell) throws Exception {
        Path files = Project.newDirectory("explained");
        state = new StateFile(files.resolve("maintenance.mode"));
        policy = new StateFile(files.resolve("policy.json"));
        state.write("off");
        policy.write("{}");
        server = ServerProcess.start(
                cell,
                new WebApplication("policy-app"),
                command -> command.agent("file=" + state.path() + ",policy=" + policy.path()));
        explainer = new Explainer();
    }

    @AfterParameterizedClassInvocation
    static void close() throws Exception {
        server.close();
        explainer.close();
    }

    /** What is said in state and policy, and a request that this state refuses. */
    enum Maintenance {
        EXEMPTIONS(
                "on",
                "{'path': '/shop/status', 'method': 'GET', 'maintenance': 'off'}],"
                        + "'exempt': {'paths': ['/shop/open/**', '/shop/*.txt', '/shop']}",
                "/shop/nothing"),
        ADDRESSES("on", "], 'exempt': {'addresses': '10.0.0.0/8'}, 'trustedProxies': '127.0.0.0/8'", "/shop/nothing"),
        FORCED("off", "{'path': ['/shop/closed/**', 'regex:/shop/open/[xy]'], 'maintenance': 'on'}]", null),
        METHODS("off", "{'path': '/shop/open/**', 'method': ['POST', 'PUT'], 'maintenance': 'on'}]", null),
        SCOPED_PATHS("{'enabled': true, 'paths': ['/shop/closed/**', '/shop/open/*']}", "]", "/shop/closed/x"),
        SCOPED_HOSTS("{'enabled': true, 'hosts': ['a.example', '*.b.example']}", "]", "/shop/status"),
        SCOPED_CONTEXT("{'enabled': true, 'contexts': ['/shop']}", "]", "/shop/nothing"),
        OPEN_HOST("on", "{'hosts': 'a.example', 'maintenance': 'off'}]", "/shop/nothing"),
        READ_ONLY("{'enabled': true, 'mode': 'read-only'}", "]", "/shop/nothing"),
        WELCOME_DIRECTORY("on", "{'path': '/shop/welcome/', 'maintenance': 'off'}]", "/shop/nothing"),
        WELCOME_FILE("on", "{'path': '/shop/welcome/index.html', 'maintenance': 'off'}]", "/shop/nothing"),
        CLOSED_WELCOME_FILE("off", "{'path': '/shop/welcome/index.html', 'maintenance': 'on'}]", null),
        CLOSED_WELCOME_DIRECTORY("off", "{'path': '/shop/welcome/', 'maintenance': 'on'}]", null);

        final String state;
        final String policy;
        final String probe;

        Maintenance(String state, String policy, String probe) {
            this.state = state.replace('\'', '"');
            this.policy = policy.replace('\'', '"');
            this.probe = probe;
        }
    }

    @ParameterizedTest
    @EnumSource
    void explain_saysWhatTheServerDoes(Maintenance maintenance) throws Exception {
        List<Request> requests = readable(maintenance);
        use(maintenance);
        List<String> differences = new ArrayList<>();
        for (Request request : requests) {
            int status = status(request);
            String explained = explain(request, maintenance);
            if (!explained.startsWith("0 {\"decision\":\"" + (status == 503 ? "refused" : "passes") + "\"")) {
                differences.add(
                        request + " " + request.headers() + " got " + status + ", and explain says " + explained);
            }
        }
        assertEquals(List.of(), differences);
    }

    /** Random requests that the server can read. To which application strange paths lead, explain cannot know. */
    private static List<Request> readable(Maintenance maintenance) {
        state.write("off");
        policy.replace("{}");
        await(200, Request.get("/shop/closed/x"));
        Random random = new Random(maintenance.ordinal());
        List<Request> all = new ArrayList<>(RandomRequest.plain());
        List<Request> requests = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            all.add(RandomRequest.next(random, maintenance != Maintenance.SCOPED_CONTEXT));
        }
        for (Request request : all) {
            if (!UNREADABLE.contains(status(request))) {
                requests.add(request);
            }
        }
        assertTrue(requests.size() > all.size() / 2, "too few can be read: " + requests.size());
        return requests;
    }

    private static int status(Request request) {
        try {
            return server.http().send(request).status();
        } catch (UncheckedIOException nothing) {
            return 400;
        }
    }

    private String explain(Request request, Maintenance maintenance) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("--json", "--address", "127.0.0.1"));
        for (String header : request.headers()) {
            arguments.addAll(List.of("--header", header));
        }
        // Jetty looks for the file only when it serves the directory.
        boolean looksFirst = cell.server() != Server.JETTY_12;
        if (looksFirst && request.target().replaceAll(";[^/?]*|\\?.*", "").matches(".*welcome/+")) {
            arguments.addAll(List.of("--welcome-file", "index.html"));
        }
        arguments.addAll(List.of(request.method(), request.target()));
        String explained = explain(maintenance, arguments, "--context", "/shop");
        return explained.contains("is not where") ? explain(maintenance, arguments) : explained;
    }

    private static String explain(Maintenance maintenance, List<String> arguments, String... more) throws Exception {
        List<String> all = new ArrayList<>(arguments);
        all.addAll(List.of(more));
        all.addAll(List.of("--state", maintenance.state));
        String known = EXPLAINED.get(maintenance + " " + all);
        if (known == null) {
            String[] command = Stream.concat(
                            all.stream(), Stream.of("--policy", policy.path().toString()))
                    .toArray(String[]::new);
            known = explainer.explain(command);
            EXPLAINED.put(maintenance + " " + all, known);
        }
        return known;
    }

    /** Waits until both are enforced. */
    private static void use(Maintenance maintenance) {
        state.write("off");
        String mark = "/shop/open/mark-" + maintenance;
        String separator = maintenance.policy.startsWith("]") ? "" : ", ";
        policy.replace("{\"rules\": [{\"path\": \"" + mark + "\", \"maintenance\": \"on\"}" + separator
                + maintenance.policy + "}");
        await(200, Request.get("/shop/assets/a.txt"));
        await(503, Request.get(mark));
        state.write(maintenance.state);
        if (maintenance.probe != null) {
            await(
                    503,
                    Request.of("DELETE", maintenance.probe).with("Host", "a.example"),
                    Request.of("DELETE", maintenance.probe));
        }
    }

    /** Until one of the requests is answered so. */
    private static void await(int status, Request... requests) {
        Await.until(FLIP_LIMIT, () -> "not enforced" + server.agentLines(), () -> {
            for (Request request : requests) {
                if (status(request) == status) {
                    return true;
                }
            }
            return false;
        });
    }
}
