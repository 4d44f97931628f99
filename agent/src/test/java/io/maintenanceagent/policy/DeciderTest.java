package io.maintenanceagent.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.api.Exemption;
import io.maintenanceagent.json.MalformedContentException;
import io.maintenanceagent.state.State;
import io.maintenanceagent.state.StateParser;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeciderTest {

    private static final long NOW = 1_800_000_000_000L;
    private static final String SECRET = "a secret that is long enough";

    private static final String ALL = "{'rules': ["
            + "{'path': '/beta/**', 'maintenance': 'on'},"
            + "{'path': '/status', 'method': 'GET', 'maintenance': 'off'},"
            + "{'servlet': 'com.acme.Health', 'maintenance': 'off'},"
            + "{'servlet': 'pay', 'maintenance': 'on'},"
            + "{'annotation': 'com.acme.Always', 'maintenance': 'off'},"
            + "{'annotation': 'com.acme.Never', 'contexts': '/shop', 'maintenance': 'on'},"
            + "{'hosts': ['*.test.example'], 'method': ['POST', 'PUT'], 'maintenance': 'on'},"
            + "{'path': 'regex:/r[0-9]+', 'maintenance': 'off'},"
            + "{'path': ['/both', '/beta/off'], 'maintenance': 'off'}, {'path': '/both', 'maintenance': 'on'}],"
            + "'exempt': {'paths': ['/assets/**'], 'addresses': ['192.0.2.0/24'], 'headers': {'X-Key': 'k', 'X-Any': 'a*'},"
            + "  'userAgents': ['Monitoring*'], 'roles': ['admin']},"
            + "'trustedProxies': ['10.0.0.0/8'], 'unmapped': 'application',"
            + "'bypass': {'secret': '" + SECRET + "'}}";

    static Stream<Arguments> requests() {
        return Stream.of(
                // request, decision while on, decision while off
                Arguments.of(FakeRequest.get("/x"), Decision.STATE, Decision.NONE),
                Arguments.of(FakeRequest.get("/beta"), Decision.RULE_ON, Decision.RULE_ON),
                Arguments.of(FakeRequest.get("/beta/x"), Decision.RULE_ON, Decision.RULE_ON),
                Arguments.of(FakeRequest.get("/betamax"), Decision.STATE, Decision.NONE),
                Arguments.of(FakeRequest.get("/both"), Decision.RULE_ON, Decision.RULE_ON),
                Arguments.of(FakeRequest.get("/beta/off"), Decision.RULE_ON, Decision.RULE_ON),
                Arguments.of(FakeRequest.get("/beta").from("192.0.2.7"), Decision.RULE_ON, Decision.RULE_ON),
                Arguments.of(FakeRequest.get("/status"), Decision.RULE_OFF, Decision.RULE_OFF),
                Arguments.of(FakeRequest.of("POST", "/status"), Decision.STATE, Decision.NONE),
                Arguments.of(FakeRequest.get("/status/"), Decision.STATE, Decision.NONE),
                Arguments.of(FakeRequest.get("/Status"), Decision.STATE, Decision.NONE),
                Arguments.of(FakeRequest.get("/r12"), Decision.RULE_OFF, Decision.RULE_OFF),
                Arguments.of(FakeRequest.get("/r12x"), Decision.STATE, Decision.NONE),
                Arguments.of(
                        FakeRequest.get("/h").servlet("h", "com.acme.Health"), Decision.RULE_OFF, Decision.RULE_OFF),
                Arguments.of(
                        FakeRequest.get("/h").servlet("pay", "com.acme.Health"), Decision.RULE_ON, Decision.RULE_ON),
                Arguments.of(FakeRequest.get("/h").servlet(null, null), Decision.STATE, Decision.NONE),
                Arguments.of(
                        FakeRequest.get("/h").servlet("h", "c", "com.acme.Always"),
                        Decision.RULE_OFF,
                        Decision.RULE_OFF),
                Arguments.of(FakeRequest.get("/h").servlet("h", "c", "com.acme.Never"), Decision.STATE, Decision.NONE),
                Arguments.of(
                        FakeRequest.get("/shop/h")
                                .context("/shop")
                                .servlet("h", "c", "com.acme.Always", "com.acme.Never"),
                        Decision.RULE_ON,
                        Decision.RULE_ON),
                Arguments.of(FakeRequest.of("PUT", "/").host("a.test.example"), Decision.RULE_ON, Decision.RULE_ON),
                Arguments.of(FakeRequest.get("/").host("a.test.example"), Decision.STATE, Decision.NONE),
                Arguments.of(FakeRequest.of("PUT", "/").host("test.example"), Decision.STATE, Decision.NONE),
                // presets, within any context
                Arguments.of(FakeRequest.get("/health"), Decision.EXEMPT, Decision.NONE),
                Arguments.of(FakeRequest.get("/shop/health").context("/shop"), Decision.EXEMPT, Decision.NONE),
                Arguments.of(FakeRequest.get("/shop/health"), Decision.STATE, Decision.NONE),
                Arguments.of(FakeRequest.get("/health/x"), Decision.STATE, Decision.NONE),
                Arguments.of(FakeRequest.get("/actuator/health/liveness"), Decision.EXEMPT, Decision.NONE),
                Arguments.of(FakeRequest.get("/actuator/healthy"), Decision.STATE, Decision.NONE),
                Arguments.of(FakeRequest.get("/robots.txt"), Decision.EXEMPT, Decision.NONE),
                Arguments.of(FakeRequest.get("/v3/api-docs/swagger-config"), Decision.EXEMPT, Decision.NONE),
                Arguments.of(FakeRequest.get("/v2/api-docs/x"), Decision.STATE, Decision.NONE),
                // lists
                Arguments.of(FakeRequest.get("/assets/a/b.css"), Decision.EXEMPT, Decision.NONE),
                Arguments.of(
                        FakeRequest.get("/assets/a.css").uri("/assets/a.css;jsessionid=1"),
                        Decision.EXEMPT,
                        Decision.NONE),
                Arguments.of(FakeRequest.get("/x").from("192.0.2.7"), Decision.EXEMPT, Decision.NONE),
                Arguments.of(FakeRequest.get("/x").from("::ffff:192.0.2.7"), Decision.EXEMPT, Decision.NONE),
                Arguments.of(
                        FakeRequest.get("/x").from("10.1.1.1").header("X-Forwarded-For", "192.0.2.7"),
                        Decision.EXEMPT,
                        Decision.NONE),
                Arguments.of(
                        FakeRequest.get("/x").header("X-Forwarded-For", "192.0.2.7"), Decision.STATE, Decision.NONE),
                Arguments.of(FakeRequest.get("/x").header("X-Key", "k"), Decision.EXEMPT, Decision.NONE),
                Arguments.of(FakeRequest.get("/x").header("X-Key", "j", "k"), Decision.EXEMPT, Decision.NONE),
                Arguments.of(FakeRequest.get("/x").header("X-Key", "kk"), Decision.STATE, Decision.NONE),
                Arguments.of(FakeRequest.get("/x").header("X-Key", ""), Decision.STATE, Decision.NONE),
                Arguments.of(FakeRequest.get("/x").header("X-Any", "abc"), Decision.EXEMPT, Decision.NONE),
                Arguments.of(
                        FakeRequest.get("/x").header("User-Agent", "Monitoring/1"), Decision.EXEMPT, Decision.NONE),
                Arguments.of(
                        FakeRequest.get("/x").header("User-Agent", "A Monitoring/1"), Decision.STATE, Decision.NONE),
                Arguments.of(FakeRequest.get("/x").roles("admin"), Decision.EXEMPT, Decision.NONE),
                Arguments.of(FakeRequest.get("/x").roles("user"), Decision.STATE, Decision.NONE),
                Arguments.of(FakeRequest.get("/x").unmapped(), Decision.UNMAPPED, Decision.NONE),
                Arguments.of(FakeRequest.get("/beta/x").unmapped(), Decision.RULE_ON, Decision.RULE_ON),
                // where the path can be read in two ways, what refuses one reading refuses it
                Arguments.of(FakeRequest.get("/status").uri("/x/../status"), Decision.STATE, Decision.NONE),
                Arguments.of(FakeRequest.get("/status").uri("//status"), Decision.STATE, Decision.NONE),
                Arguments.of(FakeRequest.get("/assets/x").uri("/x/..;/assets/x"), Decision.STATE, Decision.NONE),
                Arguments.of(FakeRequest.get("/assets/x").uri("/assets/%78"), Decision.EXEMPT, Decision.NONE),
                Arguments.of(FakeRequest.get("/assets/\\x"), Decision.EXEMPT, Decision.NONE),
                Arguments.of(FakeRequest.get("/health").host(""), Decision.EXEMPT, Decision.NONE),
                Arguments.of(FakeRequest.get("/health").host("a/b"), Decision.EXEMPT, Decision.NONE),
                Arguments.of(FakeRequest.get("//x").from("192.0.2.7"), Decision.EXEMPT, Decision.NONE),
                Arguments.of(FakeRequest.get("//x").unmapped(), Decision.STATE, Decision.NONE),
                Arguments.of(FakeRequest.get("//beta/x"), Decision.RULE_ON, Decision.RULE_ON),
                Arguments.of(FakeRequest.get("/y").uri("/y/..;/beta"), Decision.RULE_ON, Decision.RULE_ON),
                Arguments.of(FakeRequest.get("/beta%2fx").uri("/beta%252fx"), Decision.RULE_ON, Decision.RULE_ON),
                // bypass
                Arguments.of(
                        FakeRequest.get("/x").query("maintenance-bypass=" + SECRET),
                        Decision.BYPASS_LINK,
                        Decision.NONE),
                Arguments.of(
                        FakeRequest.get("/beta").query("maintenance-bypass=" + SECRET),
                        Decision.RULE_ON,
                        Decision.RULE_ON),
                Arguments.of(
                        FakeRequest.get("//evil.example").query("maintenance-bypass=" + SECRET),
                        Decision.STATE,
                        Decision.NONE),
                Arguments.of(FakeRequest.get("/x").query("maintenance-bypass=x"), Decision.STATE, Decision.NONE),
                Arguments.of(
                        FakeRequest.get("/x").header("X-Maintenance-Bypass", token()), Decision.BYPASS, Decision.NONE),
                Arguments.of(FakeRequest.get("/x").header("X-Maintenance-Bypass", "x"), Decision.STATE, Decision.NONE));
    }

    private static String token() {
        return new Bypass(SECRET, 1000, null).token("window", NOW);
    }

    @ParameterizedTest
    @MethodSource("requests")
    void decide_request_byPrecedence(FakeRequest request, Decision on, Decision off) throws MalformedContentException {
        Explanation explanation = new Explanation();
        assertEquals(on, Policies.decider(ALL, State.ON).decide(request, NOW, null));
        assertEquals(on, Policies.decider(ALL, State.ON).decide(request, NOW, explanation), "explained");
        assertEquals(off, Policies.decider(ALL, State.OFF).decide(request, NOW, null));
        String last = explanation.steps().get(explanation.steps().size() - 1);
        assertTrue(last.startsWith("level " + on.level() + ": "), last);
        assertFalse(explanation.steps().toString().contains(SECRET));

        Decider overridden = new Decider(Policies.parse(ALL), State.OFF, true, "window", List.of());
        assertEquals(on == Decision.STATE ? Decision.OVERRIDE : on, overridden.decide(request, NOW, null));
    }

    @Test
    void decide_explanation_listsTheSteps() throws MalformedContentException {
        Explanation explanation = new Explanation();
        FakeRequest request = FakeRequest.get("/shop/x")
                .context("/shop")
                .from("10.0.0.1")
                .header("X-Forwarded-For", "192.0.2.7, 10.0.0.2");
        Policies.decider(ALL, State.ON).decide(request, NOW, explanation);
        assertEquals(
                List.of(
                        "path /shop/x, context \"/shop\", host example.com",
                        "connection from 10.0.0.1, a trusted proxy (10.0.0.0/8)",
                        "hop 10.0.0.2, a trusted proxy (10.0.0.0/8), from X-Forwarded-For",
                        "address 192.0.2.7, from X-Forwarded-For",
                        "level 3: passes, 192.0.2.0/24"),
                explanation.steps());
        explanation = new Explanation();
        Policies.decider(ALL, State.ON).decide(FakeRequest.get("/beta").uri("//beta"), NOW, explanation);
        assertEquals(
                "[path /beta, context \"\", host example.com; ambiguous: the path has an empty or a dot segment,"
                        + " level 1: refused, rule /rules/0]",
                explanation.steps().toString());
    }

    @ParameterizedTest
    @CsvSource({
        // mode of the rule, decision while off, on, read-only, read-only and over, read-only and overridden
        "read-only,NONE,STATE,RULE_OFF,NONE,OVERRIDE",
        "full,NONE,RULE_OFF,STATE,NONE,RULE_OFF",
    })
    void decide_ruleWithMode_appliesInThatModeOnly(
            String mode, Decision off, Decision on, Decision readOnly, Decision over, Decision overridden)
            throws Exception {
        String policy =
                "{'rules': [{'path': '/login', 'method': ['POST'], 'mode': '" + mode + "', 'maintenance': 'off'},"
                        + "{'path': '/forced', 'mode': '" + mode + "', 'maintenance': 'on'},"
                        + "{'path': '/login', 'mode': '" + mode + "', 'response': {'status': 500}}]}";
        State state = state("{\"enabled\": true, \"mode\": \"read-only\"}");
        State past = state("{\"enabled\": true, \"mode\": \"read-only\", \"until\": \"2020-01-01T00:00:00Z\"}");
        FakeRequest login = FakeRequest.of("POST", "/login");
        FakeRequest forced = FakeRequest.get("/forced");
        Decider[] deciders = {
            Policies.decider(policy, State.OFF),
            Policies.decider(policy, State.ON),
            Policies.decider(policy, state),
            Policies.decider(policy, past),
            new Decider(Policies.parse(policy), state, true, "window", List.of())
        };
        Decision[] decisions = {off, on, readOnly, over, overridden};
        for (int i = 0; i < deciders.length; i++) {
            assertEquals(decisions[i], deciders[i].decide(login, NOW, null), "login " + i);
            boolean counts = decisions[i] == Decision.RULE_OFF;
            assertEquals(counts, deciders[i].decide(forced, NOW, null) == Decision.RULE_ON, "forced " + i);
            assertEquals(counts ? 0 : -1, deciders[i].answeringRule(login, NOW), "answer " + i);
        }
        assertEquals(Decision.STATE, deciders[2].decide(FakeRequest.of("POST", "/other"), NOW, null));
    }

    private static State state(String json) throws Exception {
        return StateParser.parse(json.getBytes(StandardCharsets.UTF_8)).state();
    }

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
    void decide_containerThrows_isAmbiguous(String untold, String members, String state, Decision decision)
            throws Exception {
        State on = StateParser.parse(state.getBytes(StandardCharsets.UTF_8)).state();
        FakeRequest request = FakeRequest.get("/app/secret//x")
                .context("/app")
                .servlet("s", "c")
                .untold(untold);
        assertEquals(decision, Policies.decider("{" + members + "}", on).decide(request, NOW, null));
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
    void decide_ambiguousPath_eachReadingHasItsServlet(String rule, String state, Decision decision) throws Exception {
        State given = StateParser.parse(state.getBytes(StandardCharsets.UTF_8)).state();
        FakeRequest request = FakeRequest.get("/app/secret;/x")
                .context("/app")
                .servlet("file", "a.File")
                .servedAt("/app/secret/x", "file", "a.File")
                .servedAt("/app/secret", "secret", "a.Secret", "a.Closed");
        Decider decider = Policies.decider("{\"rules\": [" + rule + "]}", given);
        Explanation explanation = new Explanation();
        assertEquals(decision, decider.decide(request, NOW, null));
        assertEquals(decision, decider.decide(request, NOW, explanation));
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
                    Decision.RULE_OFF,
                    Policies.decider(rule.formatted("off"), State.ON).decide(root, NOW, null));
            assertEquals(
                    Decision.RULE_ON,
                    Policies.decider(rule.formatted("on"), State.OFF).decide(root, NOW, null));
            assertEquals(
                    Decision.EXEMPT,
                    Policies.decider("{'exempt': {'paths': ['" + path + "']}}", State.ON)
                            .decide(root, NOW, null));
        }
        assertEquals(
                Decision.STATE,
                Policies.decider("{'rules': [{'path': '/', 'maintenance': 'off'}]}", State.ON)
                        .decide(FakeRequest.get("/index.jsp"), NOW, null));
    }

    @Test
    void decide_nullHostHeader_isAmbiguous() throws MalformedContentException {
        FakeRequest request =
                FakeRequest.get("/x").header("Host", (String) null).header("Forwarded", (String) null);
        Decider decider = Policies.decider("{'rules': [{'hosts': 'a.example', 'maintenance': 'on'}]}", State.OFF);
        assertEquals(Decision.RULE_ON, decider.decide(request, NOW, null));
    }

    @Test
    void decide_targetAndHostHeaderDiffer_matchesBoth() throws MalformedContentException {
        FakeRequest request = FakeRequest.get("/x").host("a.example").header("Host", "b.example");
        for (String host : List.of("a.example", "b.example")) {
            String rule = "{'rules': [{'hosts': '" + host + "', 'maintenance': '%s'}]}";
            assertEquals(
                    Decision.RULE_ON,
                    Policies.decider(rule.formatted("on"), State.OFF).decide(request, NOW, null));
            assertEquals(
                    Decision.STATE,
                    Policies.decider(rule.formatted("off"), State.ON).decide(request, NOW, null));
        }
    }

    @Test
    void decide_exemptHeader_isComparedInLatin1AndUtf8() throws MalformedContentException {
        Decider decider = Policies.decider("{'exempt': {'headers': {'X-Key': 'schlüssel €'}}}", State.ON);
        String sent = new String("schlüssel €".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        assertEquals(Decision.EXEMPT, decider.decide(FakeRequest.get("/").header("X-Key", sent), NOW, null));
        assertEquals(Decision.EXEMPT, decider.decide(FakeRequest.get("/").header("X-Key", "schlüssel €"), NOW, null));
        assertEquals(Decision.STATE, decider.decide(FakeRequest.get("/").header("X-Key", "schl?ssel ?"), NOW, null));
    }

    /** Every header that is read, as large as a server may let it be. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Key",
                "X-Any",
                "User-Agent",
                "Cookie",
                "X-Maintenance-Bypass",
                "X-Forwarded-For",
                "Forwarded",
                "Upgrade",
                "X-HTTP-Method-Override",
                "X-Forwarded-Host",
                "X-Forwarded-Prefix",
                "Host"
            })
    void decide_hugeHeaders_isFast(String name) throws Exception {
        State[] states = {State.ON, state("{\"enabled\": true, \"mode\": \"read-only\", \"hosts\": [\"*.x.example\"]}")
        };
        String policy = ALL.replace("'Monitoring*'", "'*a*b*a*c*', 'Monitoring*'");
        for (String part :
                new String[] {"a", "a,", "a.", ";", "=", "\"", "\\\"", "%", "a*b", "maintenance-bypass=z.z;", "::"}) {
            String value = part.repeat(2_000_000 / part.length());
            for (State each : states) {
                Decider decider = Policies.decider(policy, each);
                FakeRequest request = FakeRequest.get("/x").from("10.0.0.1").header(name, value);
                org.junit.jupiter.api.Assertions.assertTimeout(
                        java.time.Duration.ofSeconds(20), () -> decider.decide(request, NOW, null));
            }
        }
    }

    @Test
    void decide_emptyPresets_exemptNothing() throws MalformedContentException {
        FakeRequest probe = FakeRequest.get("/health");
        assertEquals(Decision.EXEMPT, Policies.decider("{}", State.ON).decide(probe, NOW, null));
        assertEquals(
                Decision.EXEMPT, Policies.decider("{'exempt': {}}", State.ON).decide(probe, NOW, null));
        assertEquals(
                Decision.STATE,
                Policies.decider("{'exempt': {'presets': []}}", State.ON).decide(probe, NOW, null));
        assertEquals(
                Decision.STATE,
                Policies.decider("{'exempt': {'presets': ['docs']}}", State.ON).decide(probe, NOW, null));
    }

    @Test
    void decide_unmapped_isRefusedByDefault() throws MalformedContentException {
        FakeRequest request = FakeRequest.get("/x").unmapped();
        assertEquals(Decision.STATE, Policies.decider("{}", State.ON).decide(request, NOW, null));
        assertEquals(
                Decision.STATE,
                Policies.decider("{'unmapped': 'refuse'}", State.ON).decide(request, NOW, null));
    }

    @Test
    void decide_extensions_areAskedLast() throws MalformedContentException {
        int[] asked = new int[1];
        Exemption extension = request -> {
            asked[0]++;
            return request.path().equals("/ext");
        };
        Decider on = new Decider(Policies.parse("{}"), State.ON, false, "window", List.of(r -> false, extension));
        assertEquals(Decision.EXEMPT, on.decide(FakeRequest.get("/ext"), NOW, null));
        assertEquals(Decision.STATE, on.decide(FakeRequest.get("/x"), NOW, null));
        assertEquals(Decision.STATE, on.decide(FakeRequest.get("/ext").uri("//ext"), NOW, null));
        assertEquals(Decision.EXEMPT, on.decide(FakeRequest.get("/health"), NOW, null));
        Decider off = new Decider(Policies.parse("{}"), State.OFF, false, "window", List.of(extension));
        assertEquals(Decision.NONE, off.decide(FakeRequest.get("/ext"), NOW, null));
        assertEquals(2, asked[0]);
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
    void decide_stateWithPaths_refusesAmbiguousPaths(String path, String uri, Decision decision) throws Exception {
        State state = StateParser.parse(
                        "{\"enabled\": true, \"paths\": [\"/api/**\"]}".getBytes(StandardCharsets.UTF_8))
                .state();
        assertEquals(
                decision,
                Policies.decider("{}", state).decide(FakeRequest.get(path).uri(uri), NOW, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"regex:/api/(\\\\w|-)*", "regex:/api/(a+)+"})
    void decide_expressionExceedsItsLimit_isRefused(String regex) throws Exception {
        FakeRequest request = FakeRequest.get("/api/" + "a".repeat(30_000) + "!");
        State scoped = StateParser.parse(
                        ("{\"enabled\": true, \"paths\": [\"" + regex + "\"]}").getBytes(StandardCharsets.UTF_8))
                .state();
        Decider state = Policies.decider("{}", scoped);
        assertEquals(Decision.STATE, state.decide(request, NOW, null));
        assertEquals(regex.replace("\\\\", "\\"), state.givenUp());
        assertNull(state.givenUp(), "since it was last asked");
        assertEquals(
                Decision.RULE_ON,
                decide("'rules': [{'path': '" + regex + "', 'maintenance': 'on'}]", State.OFF, request));
        assertEquals(
                Decision.STATE,
                decide("'rules': [{'path': '" + regex + "', 'maintenance': 'off'}]", State.ON, request));
        assertEquals(Decision.STATE, decide("'exempt': {'paths': ['" + regex + "']}", State.ON, request));
    }

    private static Decision decide(String members, State state, FakeRequest request) throws MalformedContentException {
        Decider decider = Policies.decider("{" + members + "}", state);
        Decision decision = decider.decide(request, NOW, null);
        assertNotNull(decider.givenUp());
        return decision;
    }

    @ParameterizedTest
    @CsvSource({"a.example,STATE", "b.example,NONE", "'',STATE", "b/c,STATE"})
    void decide_stateWithHosts_refusesAmbiguousHosts(String host, Decision decision) throws Exception {
        State state = StateParser.parse(
                        "{\"enabled\": true, \"hosts\": [\"a.example\"]}".getBytes(StandardCharsets.UTF_8))
                .state();
        assertEquals(
                decision,
                Policies.decider("{}", state).decide(FakeRequest.get("/x").host(host), NOW, null));
    }

    @Test
    void mayRefuse_policiesAndStates_asExpected() throws MalformedContentException {
        assertFalse(Policies.decider("{'rules': [{'path': '/x', 'maintenance': 'off'}]}", State.OFF)
                .mayRefuse());
        assertTrue(Policies.decider("{'rules': [{'path': '/x', 'maintenance': 'on'}]}", State.OFF)
                .mayRefuse());
        assertTrue(Policies.decider("{}", State.ON).mayRefuse());
        assertTrue(new Decider(Policy.DEFAULT, State.OFF, true, "", List.of()).mayRefuse());
    }
}
