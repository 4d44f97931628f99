package io.maintenanceagent.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.json.MalformedContentException;
import io.maintenanceagent.state.State;
import io.maintenanceagent.state.StateParser;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that two parties could read differently, and facts that cannot be read: in doubt they are refused. */
class AmbiguousRequestTest {

    private static final long NOW = 1_800_000_000_000L;

    /** A container whose getters throw. */
    @ParameterizedTest
    @CsvSource({
        // the getter that throws, the policy, the state, the decision
        "path, '\"rules\": [{\"path\": \"/app/secret/**\", \"maintenance\": \"on\"}]', off, RULE_ON",
        "path, '', '{\"enabled\": true, \"paths\": [\"/app/secret/**\"]}', STATE",
        "path, '', '{\"enabled\": true, \"paths\": [\"/app/other/**\"]}', NONE",
        "path, '\"exempt\": {\"paths\": [\"/app/**\"]}', on, EXEMPT",
        "path, '\"exempt\": {\"paths\": [\"/app/secret/x\"]}', on, STATE",
        "uri, '', '{\"enabled\": true, \"paths\": [\"/app/other/**\"]}', STATE",
        "uri, '\"exempt\": {\"paths\": [\"/app/**\"]}', on, STATE",
        "uri, '\"exempt\": {\"addresses\": [\"203.0.113.9\"]}', on, EXEMPT",
        "host, '\"rules\": [{\"hosts\": \"a.example\", \"maintenance\": \"on\"}]', off, RULE_ON",
        "host, '\"rules\": [{\"hosts\": \"a.example\", \"maintenance\": \"off\"}]', on, STATE",
        "host, '', '{\"enabled\": true, \"hosts\": [\"a.example\"]}', STATE",
        "context, '', '{\"enabled\": true, \"contexts\": [\"/other\"]}', STATE",
        "context, '\"rules\": [{\"contexts\": \"/other\", \"maintenance\": \"on\"}]', off, RULE_ON",
        "context, '\"rules\": [{\"contexts\": \"/app\", \"maintenance\": \"off\"}]', on, STATE",
        "method, '', '{\"enabled\": true, \"mode\": \"read-only\"}', STATE",
        "method, '\"rules\": [{\"method\": \"GET\", \"path\": \"/**\", \"maintenance\": \"off\"}]', on, STATE",
        "servlet, '\"rules\": [{\"servlet\": \"s\", \"maintenance\": \"on\"}]', off, RULE_ON",
        "servlet, '\"rules\": [{\"annotation\": \"a.B\", \"maintenance\": \"on\"}]', off, RULE_ON",
        "servlet, '\"rules\": [{\"servlet\": \"s\", \"maintenance\": \"off\"}]', on, STATE",
        "header, '\"exempt\": {\"headers\": {\"X-Key\": \"k\"}, \"userAgents\": [\"*\"]}', on, STATE",
        "role, '\"exempt\": {\"roles\": [\"admin\"]}', on, STATE",
        "address, '\"exempt\": {\"addresses\": [\"0.0.0.0/0\"]}', on, STATE",
        "query, '\"bypass\": {\"secret\": \"a secret that is long enough\"}', on, STATE",
    })
    void decide_containerThrows_isAmbiguous(String untold, String members, String state, DecisionKind decision)
            throws Exception {
        State on = StateParser.parse(state.getBytes(StandardCharsets.UTF_8)).state();
        FakeRequest request = FakeRequest.get("/app/secret//x")
                .context("/app")
                .servlet("s", "c")
                .untold(untold);
        assertEquals(
                decision,
                Policies.decider("{" + members + "}", on)
                        .decide(request, NOW, null)
                        .kind());
    }

    /** A container that names another servlet than the one that it will run. */
    @ParameterizedTest
    @CsvSource({
        "'{\"servlet\": \"secret\", \"maintenance\": \"on\"}', off, RULE_ON",
        "'{\"servlet\": \"a.Secret\", \"maintenance\": \"on\"}', off, RULE_ON",
        "'{\"annotation\": \"a.Closed\", \"maintenance\": \"on\"}', off, RULE_ON",
        "'{\"servlet\": \"file\", \"maintenance\": \"on\"}', off, RULE_ON",
        "'{\"servlet\": \"file\", \"maintenance\": \"off\"}', on, STATE",
        "'{\"servlet\": \"secret\", \"maintenance\": \"off\"}', on, STATE",
        "'{\"servlet\": [\"file\", \"secret\"], \"maintenance\": \"off\"}', on, RULE_OFF",
        "'{\"servlet\": \"other\", \"maintenance\": \"on\"}', off, NONE",
    })
    void decide_ambiguousPath_eachReadingHasItsServlet(String rule, String state, DecisionKind decision)
            throws Exception {
        State given = StateParser.parse(state.getBytes(StandardCharsets.UTF_8)).state();
        FakeRequest request = FakeRequest.get("/app/secret;/x")
                .context("/app")
                .servlet("file", "a.File")
                .servedAt("/app/secret/x", "file", "a.File")
                .servedAt("/app/secret", "secret", "a.Secret", "a.Closed");
        Decider decider = Policies.decider("{\"rules\": [" + rule + "]}", given);
        Explanation explanation = new Explanation();
        assertEquals(decision, decider.decide(request, NOW, null).kind());
        assertEquals(decision, decider.decide(request, NOW, explanation).kind());
        assertTrue(
                explanation.steps().get(explanation.steps().size() - 1).startsWith("level " + decision.level()),
                () -> explanation.steps().toString());
    }

    @Test
    void decide_welcomeFile_matchesItsDirectoryToo() throws MalformedContentException {
        FakeRequest root = FakeRequest.get("/index.jsp").uri("/");
        for (String path : List.of("/", "/index.jsp")) {
            String rule = "{'rules': [{'path': '" + path + "', 'maintenance': '%s'}]}";
            assertEquals(
                    DecisionKind.RULE_OFF,
                    Policies.decider(rule.formatted("off"), State.ON)
                            .decide(root, NOW, null)
                            .kind());
            assertEquals(
                    DecisionKind.RULE_ON,
                    Policies.decider(rule.formatted("on"), State.OFF)
                            .decide(root, NOW, null)
                            .kind());
            assertEquals(
                    DecisionKind.EXEMPT,
                    Policies.decider("{'exempt': {'paths': ['" + path + "']}}", State.ON)
                            .decide(root, NOW, null)
                            .kind());
        }
        assertEquals(
                DecisionKind.STATE,
                Policies.decider("{'rules': [{'path': '/', 'maintenance': 'off'}]}", State.ON)
                        .decide(FakeRequest.get("/index.jsp"), NOW, null)
                        .kind());
    }

    @Test
    void decide_nullHostHeader_isAmbiguous() throws MalformedContentException {
        FakeRequest request =
                FakeRequest.get("/x").header("Host", (String) null).header("Forwarded", (String) null);
        Decider decider = Policies.decider("{'rules': [{'hosts': 'a.example', 'maintenance': 'on'}]}", State.OFF);
        assertEquals(DecisionKind.RULE_ON, decider.decide(request, NOW, null).kind());
    }

    @Test
    void decide_targetAndHostHeaderDiffer_matchesBoth() throws MalformedContentException {
        FakeRequest request = FakeRequest.get("/x").host("a.example").header("Host", "b.example");
        for (String host : List.of("a.example", "b.example")) {
            String rule = "{'rules': [{'hosts': '" + host + "', 'maintenance': '%s'}]}";
            assertEquals(
                    DecisionKind.RULE_ON,
                    Policies.decider(rule.formatted("on"), State.OFF)
                            .decide(request, NOW, null)
                            .kind());
            assertEquals(
                    DecisionKind.STATE,
                    Policies.decider(rule.formatted("off"), State.ON)
                            .decide(request, NOW, null)
                            .kind());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/api/x,/api/x,STATE",
        "/x,/x,NONE",
        "//api/x,//api/x,STATE",
        "/api/x,/y/..;/api/x,STATE",
        "/x,/api/..;/x,STATE",
        "/x,/y/..;/x,NONE",
        "/x/api,/x;a/..;/api/x,STATE"
    })
    void decide_stateWithPaths_refusesAmbiguousPaths(String path, String uri, DecisionKind decision) throws Exception {
        State state = StateParser.parse(
                        "{\"enabled\": true, \"paths\": [\"/api/**\"]}".getBytes(StandardCharsets.UTF_8))
                .state();
        assertEquals(
                decision,
                Policies.decider("{}", state)
                        .decide(FakeRequest.get(path).uri(uri), NOW, null)
                        .kind());
    }

    @ParameterizedTest
    @ValueSource(strings = {"regex:/api/(\\\\w|-)*", "regex:/api/(a+)+"})
    void decide_expressionExceedsItsLimit_isRefused(String regex) throws Exception {
        FakeRequest request = FakeRequest.get("/api/" + "a".repeat(30_000) + "!");
        State scoped = StateParser.parse(
                        ("{\"enabled\": true, \"paths\": [\"" + regex + "\"]}").getBytes(StandardCharsets.UTF_8))
                .state();
        Decider state = Policies.decider("{}", scoped);
        assertEquals(DecisionKind.STATE, state.decide(request, NOW, null).kind());
        String problem = state.decide(request, NOW, null).problem();
        assertTrue(problem.startsWith("\"" + regex.replace("\\\\", "\\") + "\" exceeded its limit"), problem);
        assertNull(state.decide(FakeRequest.get("/api/"), NOW, null).problem());
        assertEquals(
                DecisionKind.RULE_ON,
                decide("'rules': [{'path': '" + regex + "', 'maintenance': 'on'}]", State.OFF, request));
        assertEquals(
                DecisionKind.STATE,
                decide("'rules': [{'path': '" + regex + "', 'maintenance': 'off'}]", State.ON, request));
        assertEquals(DecisionKind.STATE, decide("'exempt': {'paths': ['" + regex + "']}", State.ON, request));
    }

    private static DecisionKind decide(String members, State state, FakeRequest request)
            throws MalformedContentException {
        Decision decision = Policies.decider("{" + members + "}", state).decide(request, NOW, null);
        assertNotNull(decision.problem());
        return decision.kind();
    }

    @ParameterizedTest
    @CsvSource({"a.example,STATE", "b.example,NONE", "'',STATE", "b/c,STATE"})
    void decide_stateWithHosts_refusesAmbiguousHosts(String host, DecisionKind decision) throws Exception {
        State state = StateParser.parse(
                        "{\"enabled\": true, \"hosts\": [\"a.example\"]}".getBytes(StandardCharsets.UTF_8))
                .state();
        assertEquals(
                decision,
                Policies.decider("{}", state)
                        .decide(FakeRequest.get("/x").host(host), NOW, null)
                        .kind());
    }
}
