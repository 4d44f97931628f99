package io.maintenanceagent.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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

    private static final String ALL = "{'rules': [{'path': '/beta/**', 'maintenance': 'on'},{'path': '/status',"
            + " 'method': 'GET', 'maintenance': 'off'},{'servlet': 'com.acme.Health', 'maintenance': 'off'},{'servlet':"
            + " 'pay', 'maintenance': 'on'},{'annotation': 'com.acme.Always', 'maintenance': 'off'},{'annotation':"
            + " 'com.acme.Never', 'contexts': '/shop', 'maintenance': 'on'},{'hosts': ['*.test.example'], 'method':"
            + " ['POST', 'PUT'], 'maintenance': 'on'},{'path': 'regex:/r[0-9]+', 'maintenance': 'off'},{'path': "
            + "['/both',"
            + " '/beta/off'], 'maintenance': 'off'}, {'path': '/both', 'maintenance': 'on'}],'exempt': {'paths':"
            + " ['/assets/**'], 'addresses': ['192.0.2.0/24'], 'headers': {'X-Key': 'k', 'X-Any': 'a*'},  'userAgents':"
            + " ['Monitoring*'], 'roles': ['admin']},'trustedProxies': ['10.0.0.0/8'], 'unmapped': 'application',"
            + "'bypass':"
            + " {'secret': '" + SECRET + "'}}";

    static Stream<Arguments> requests() {
        return Stream.of(
                // request, decision while on, decision while off
                Arguments.of(FakeRequest.get("/x"), DecisionKind.STATE, DecisionKind.NONE),
                Arguments.of(FakeRequest.get("/beta"), DecisionKind.RULE_ON, DecisionKind.RULE_ON),
                Arguments.of(FakeRequest.get("/beta/x"), DecisionKind.RULE_ON, DecisionKind.RULE_ON),
                Arguments.of(FakeRequest.get("/betamax"), DecisionKind.STATE, DecisionKind.NONE),
                Arguments.of(FakeRequest.get("/both"), DecisionKind.RULE_ON, DecisionKind.RULE_ON),
                Arguments.of(FakeRequest.get("/beta/off"), DecisionKind.RULE_ON, DecisionKind.RULE_ON),
                Arguments.of(FakeRequest.get("/beta").from("192.0.2.7"), DecisionKind.RULE_ON, DecisionKind.RULE_ON),
                Arguments.of(FakeRequest.get("/status"), DecisionKind.RULE_OFF, DecisionKind.RULE_OFF),
                Arguments.of(FakeRequest.of("POST", "/status"), DecisionKind.STATE, DecisionKind.NONE),
                Arguments.of(FakeRequest.get("/status/"), DecisionKind.STATE, DecisionKind.NONE),
                Arguments.of(FakeRequest.get("/Status"), DecisionKind.STATE, DecisionKind.NONE),
                Arguments.of(FakeRequest.get("/r12"), DecisionKind.RULE_OFF, DecisionKind.RULE_OFF),
                Arguments.of(FakeRequest.get("/r12x"), DecisionKind.STATE, DecisionKind.NONE),
                Arguments.of(
                        FakeRequest.get("/h").servlet("h", "com.acme.Health"),
                        DecisionKind.RULE_OFF,
                        DecisionKind.RULE_OFF),
                Arguments.of(
                        FakeRequest.get("/h").servlet("pay", "com.acme.Health"),
                        DecisionKind.RULE_ON,
                        DecisionKind.RULE_ON),
                Arguments.of(FakeRequest.get("/h").servlet(null, null), DecisionKind.STATE, DecisionKind.NONE),
                Arguments.of(
                        FakeRequest.get("/h").servlet("h", "c", "com.acme.Always"),
                        DecisionKind.RULE_OFF,
                        DecisionKind.RULE_OFF),
                Arguments.of(
                        FakeRequest.get("/h").servlet("h", "c", "com.acme.Never"),
                        DecisionKind.STATE,
                        DecisionKind.NONE),
                Arguments.of(
                        FakeRequest.get("/shop/h")
                                .context("/shop")
                                .servlet("h", "c", "com.acme.Always", "com.acme.Never"),
                        DecisionKind.RULE_ON,
                        DecisionKind.RULE_ON),
                Arguments.of(
                        FakeRequest.of("PUT", "/").host("a.test.example"), DecisionKind.RULE_ON, DecisionKind.RULE_ON),
                Arguments.of(FakeRequest.get("/").host("a.test.example"), DecisionKind.STATE, DecisionKind.NONE),
                Arguments.of(FakeRequest.of("PUT", "/").host("test.example"), DecisionKind.STATE, DecisionKind.NONE),
                // presets, within any context
                Arguments.of(FakeRequest.get("/health"), DecisionKind.EXEMPT, DecisionKind.NONE),
                Arguments.of(FakeRequest.get("/shop/health").context("/shop"), DecisionKind.EXEMPT, DecisionKind.NONE),
                Arguments.of(FakeRequest.get("/shop/health"), DecisionKind.STATE, DecisionKind.NONE),
                Arguments.of(FakeRequest.get("/health/x"), DecisionKind.STATE, DecisionKind.NONE),
                Arguments.of(FakeRequest.get("/actuator/health/liveness"), DecisionKind.EXEMPT, DecisionKind.NONE),
                Arguments.of(FakeRequest.get("/actuator/healthy"), DecisionKind.STATE, DecisionKind.NONE),
                Arguments.of(FakeRequest.get("/robots.txt"), DecisionKind.EXEMPT, DecisionKind.NONE),
                Arguments.of(FakeRequest.get("/v3/api-docs/swagger-config"), DecisionKind.EXEMPT, DecisionKind.NONE),
                Arguments.of(FakeRequest.get("/v2/api-docs/x"), DecisionKind.STATE, DecisionKind.NONE),
                // lists
                Arguments.of(FakeRequest.get("/assets/a/b.css"), DecisionKind.EXEMPT, DecisionKind.NONE),
                Arguments.of(
                        FakeRequest.get("/assets/a.css").uri("/assets/a.css;jsessionid=1"),
                        DecisionKind.EXEMPT,
                        DecisionKind.NONE),
                Arguments.of(FakeRequest.get("/x").from("192.0.2.7"), DecisionKind.EXEMPT, DecisionKind.NONE),
                Arguments.of(FakeRequest.get("/x").from("::ffff:192.0.2.7"), DecisionKind.EXEMPT, DecisionKind.NONE),
                Arguments.of(
                        FakeRequest.get("/x").from("10.1.1.1").header("X-Forwarded-For", "192.0.2.7"),
                        DecisionKind.EXEMPT,
                        DecisionKind.NONE),
                Arguments.of(
                        FakeRequest.get("/x").header("X-Forwarded-For", "192.0.2.7"),
                        DecisionKind.STATE,
                        DecisionKind.NONE),
                Arguments.of(FakeRequest.get("/x").header("X-Key", "k"), DecisionKind.EXEMPT, DecisionKind.NONE),
                Arguments.of(FakeRequest.get("/x").header("X-Key", "j", "k"), DecisionKind.EXEMPT, DecisionKind.NONE),
                Arguments.of(FakeRequest.get("/x").header("X-Key", "kk"), DecisionKind.STATE, DecisionKind.NONE),
                Arguments.of(FakeRequest.get("/x").header("X-Key", ""), DecisionKind.STATE, DecisionKind.NONE),
                Arguments.of(FakeRequest.get("/x").header("X-Any", "abc"), DecisionKind.EXEMPT, DecisionKind.NONE),
                Arguments.of(
                        FakeRequest.get("/x").header("User-Agent", "Monitoring/1"),
                        DecisionKind.EXEMPT,
                        DecisionKind.NONE),
                Arguments.of(
                        FakeRequest.get("/x").header("User-Agent", "A Monitoring/1"),
                        DecisionKind.STATE,
                        DecisionKind.NONE),
                Arguments.of(FakeRequest.get("/x").roles("admin"), DecisionKind.EXEMPT, DecisionKind.NONE),
                Arguments.of(FakeRequest.get("/x").roles("user"), DecisionKind.STATE, DecisionKind.NONE),
                Arguments.of(FakeRequest.get("/x").unmapped(), DecisionKind.UNMAPPED, DecisionKind.NONE),
                Arguments.of(FakeRequest.get("/beta/x").unmapped(), DecisionKind.RULE_ON, DecisionKind.RULE_ON),
                // where the path can be read in two ways, what refuses one reading refuses it
                Arguments.of(FakeRequest.get("/status").uri("/x/../status"), DecisionKind.STATE, DecisionKind.NONE),
                Arguments.of(FakeRequest.get("/status").uri("//status"), DecisionKind.STATE, DecisionKind.NONE),
                Arguments.of(
                        FakeRequest.get("/assets/x").uri("/x/..;/assets/x"), DecisionKind.STATE, DecisionKind.NONE),
                Arguments.of(FakeRequest.get("/assets/x").uri("/assets/%78"), DecisionKind.EXEMPT, DecisionKind.NONE),
                Arguments.of(FakeRequest.get("/assets/\\x"), DecisionKind.EXEMPT, DecisionKind.NONE),
                Arguments.of(FakeRequest.get("/health").host(""), DecisionKind.EXEMPT, DecisionKind.NONE),
                Arguments.of(FakeRequest.get("/health").host("a/b"), DecisionKind.EXEMPT, DecisionKind.NONE),
                Arguments.of(FakeRequest.get("//x").from("192.0.2.7"), DecisionKind.EXEMPT, DecisionKind.NONE),
                Arguments.of(FakeRequest.get("//x").unmapped(), DecisionKind.STATE, DecisionKind.NONE),
                Arguments.of(FakeRequest.get("//beta/x"), DecisionKind.RULE_ON, DecisionKind.RULE_ON),
                Arguments.of(FakeRequest.get("/y").uri("/y/..;/beta"), DecisionKind.RULE_ON, DecisionKind.RULE_ON),
                Arguments.of(
                        FakeRequest.get("/beta%2fx").uri("/beta%252fx"), DecisionKind.RULE_ON, DecisionKind.RULE_ON),
                // bypass
                Arguments.of(
                        FakeRequest.get("/x").query("maintenance-bypass=" + SECRET),
                        DecisionKind.BYPASS_LINK,
                        DecisionKind.NONE),
                Arguments.of(
                        FakeRequest.get("/beta").query("maintenance-bypass=" + SECRET),
                        DecisionKind.RULE_ON,
                        DecisionKind.RULE_ON),
                Arguments.of(
                        FakeRequest.get("//evil.example").query("maintenance-bypass=" + SECRET),
                        DecisionKind.STATE,
                        DecisionKind.NONE),
                Arguments.of(
                        FakeRequest.get("/x").query("maintenance-bypass=x"), DecisionKind.STATE, DecisionKind.NONE),
                Arguments.of(
                        FakeRequest.get("/x").header("X-Maintenance-Bypass", token()),
                        DecisionKind.BYPASS,
                        DecisionKind.NONE),
                Arguments.of(
                        FakeRequest.get("/x").header("X-Maintenance-Bypass", "x"),
                        DecisionKind.STATE,
                        DecisionKind.NONE));
    }

    private static String token() {
        return new Bypass(SECRET, 1000, null).token("window", NOW);
    }

    @ParameterizedTest
    @MethodSource("requests")
    void decide_request_byPrecedence(FakeRequest request, DecisionKind on, DecisionKind off)
            throws MalformedContentException {
        Explanation explanation = new Explanation();
        assertEquals(
                on, Policies.decider(ALL, State.ON).decide(request, NOW, null).kind());
        assertEquals(
                on,
                Policies.decider(ALL, State.ON)
                        .decide(request, NOW, explanation)
                        .kind(),
                "explained");
        assertEquals(
                off, Policies.decider(ALL, State.OFF).decide(request, NOW, null).kind());
        String last = explanation.steps().get(explanation.steps().size() - 1);
        assertTrue(last.startsWith("level " + on.level() + ": "), last);
        assertFalse(explanation.steps().toString().contains(SECRET));

        Decider overridden = new Decider(Policies.parse(ALL), State.OFF, true, "window", List.of());
        assertEquals(
                on == DecisionKind.STATE ? DecisionKind.OVERRIDE : on,
                overridden.decide(request, NOW, null).kind());
    }

    @Test
    void decide_explanation_listsTheSteps() throws MalformedContentException {
        Explanation explanation = new Explanation();
        FakeRequest request = FakeRequest.get("/shop/x")
                .context("/shop")
                .from("10.0.0.1")
                .header("X-Forwarded-For", "192.0.2.7, 10.0.0.2");
        Policies.decider(ALL, State.ON).decide(request, NOW, explanation).kind();
        assertEquals(
                List.of(
                        "path /shop/x, context \"/shop\", host example.com",
                        "connection from 10.0.0.1, a trusted proxy (10.0.0.0/8)",
                        "hop 10.0.0.2, a trusted proxy (10.0.0.0/8), from X-Forwarded-For",
                        "address 192.0.2.7, from X-Forwarded-For",
                        "level 3: passes, 192.0.2.0/24"),
                explanation.steps());
        explanation = new Explanation();
        Policies.decider(ALL, State.ON)
                .decide(FakeRequest.get("/beta").uri("//beta"), NOW, explanation)
                .kind();
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
            String mode,
            DecisionKind off,
            DecisionKind on,
            DecisionKind readOnly,
            DecisionKind over,
            DecisionKind overridden)
            throws Exception {
        String policy =
                "{'rules': [{'path': '/login', 'method': ['POST'], 'mode': '" + mode + "', 'maintenance': 'off'},"
                        + "{'path': '/forced', 'mode': '" + mode + "', 'maintenance': 'on'},"
                        + "{'path': '/answered', 'mode': '" + mode + "', 'response': {'status': 500}}]}";
        State state = state("{\"enabled\": true, \"mode\": \"read-only\"}");
        State past = state("{\"enabled\": true, \"mode\": \"read-only\", \"until\": \"2020-01-01T00:00:00Z\"}");
        FakeRequest login = FakeRequest.of("POST", "/login");
        FakeRequest forced = FakeRequest.get("/forced");
        FakeRequest answered = FakeRequest.of("POST", "/answered");
        Decider[] deciders = {
            Policies.decider(policy, State.OFF),
            Policies.decider(policy, State.ON),
            Policies.decider(policy, state),
            Policies.decider(policy, past),
            new Decider(Policies.parse(policy), state, true, "window", List.of())
        };
        DecisionKind[] decisions = {off, on, readOnly, over, overridden};
        for (int i = 0; i < deciders.length; i++) {
            assertEquals(decisions[i], deciders[i].decide(login, NOW, null).kind(), "login " + i);
            boolean counts = decisions[i] == DecisionKind.RULE_OFF;
            assertEquals(counts, deciders[i].decide(forced, NOW, null).kind() == DecisionKind.RULE_ON, "forced " + i);
            Refusal refusal = deciders[i].decide(answered, NOW, null).refusal();
            if (refusal != null) {
                assertEquals(counts ? 0 : -1, refusal.responseRule(), "response " + i);
            }
        }
        assertEquals(
                DecisionKind.STATE,
                deciders[2].decide(FakeRequest.of("POST", "/other"), NOW, null).kind());
    }

    private static State state(String json) throws Exception {
        return StateParser.parse(json.getBytes(StandardCharsets.UTF_8)).state();
    }

    @Test
    void decide_exemptHeader_isComparedInLatin1AndUtf8() throws MalformedContentException {
        Decider decider = Policies.decider("{'exempt': {'headers': {'X-Key': 'schlüssel €'}}}", State.ON);
        String sent = new String("schlüssel €".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        assertEquals(
                DecisionKind.EXEMPT,
                decider.decide(FakeRequest.get("/").header("X-Key", sent), NOW, null)
                        .kind());
        assertEquals(
                DecisionKind.EXEMPT,
                decider.decide(FakeRequest.get("/").header("X-Key", "schlüssel €"), NOW, null)
                        .kind());
        assertEquals(
                DecisionKind.STATE,
                decider.decide(FakeRequest.get("/").header("X-Key", "schl?ssel ?"), NOW, null)
                        .kind());
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
                        java.time.Duration.ofSeconds(20),
                        () -> decider.decide(request, NOW, null).kind());
            }
        }
    }

    @Test
    void decide_emptyPresets_exemptNothing() throws MalformedContentException {
        FakeRequest probe = FakeRequest.get("/health");
        assertEquals(
                DecisionKind.EXEMPT,
                Policies.decider("{}", State.ON).decide(probe, NOW, null).kind());
        assertEquals(
                DecisionKind.EXEMPT,
                Policies.decider("{'exempt': {}}", State.ON)
                        .decide(probe, NOW, null)
                        .kind());
        assertEquals(
                DecisionKind.STATE,
                Policies.decider("{'exempt': {'presets': []}}", State.ON)
                        .decide(probe, NOW, null)
                        .kind());
        assertEquals(
                DecisionKind.STATE,
                Policies.decider("{'exempt': {'presets': ['docs']}}", State.ON)
                        .decide(probe, NOW, null)
                        .kind());
    }

    @Test
    void decide_unmapped_isRefusedByDefault() throws MalformedContentException {
        FakeRequest request = FakeRequest.get("/x").unmapped();
        assertEquals(
                DecisionKind.STATE,
                Policies.decider("{}", State.ON).decide(request, NOW, null).kind());
        assertEquals(
                DecisionKind.STATE,
                Policies.decider("{'unmapped': 'refuse'}", State.ON)
                        .decide(request, NOW, null)
                        .kind());
    }

    @Test
    void decide_extensions_areAskedLast() throws MalformedContentException {
        int[] asked = new int[1];
        Exemption extension = request -> {
            asked[0]++;
            return request.path().equals("/ext");
        };
        Decider on = new Decider(Policies.parse("{}"), State.ON, false, "window", List.of(r -> false, extension));
        assertEquals(
                DecisionKind.EXEMPT,
                on.decide(FakeRequest.get("/ext"), NOW, null).kind());
        assertEquals(
                DecisionKind.STATE, on.decide(FakeRequest.get("/x"), NOW, null).kind());
        assertEquals(
                DecisionKind.STATE,
                on.decide(FakeRequest.get("/ext").uri("//ext"), NOW, null).kind());
        assertEquals(
                DecisionKind.EXEMPT,
                on.decide(FakeRequest.get("/health"), NOW, null).kind());
        Decider off = new Decider(Policies.parse("{}"), State.OFF, false, "window", List.of(extension));
        assertEquals(
                DecisionKind.NONE,
                off.decide(FakeRequest.get("/ext"), NOW, null).kind());
        assertEquals(2, asked[0]);
    }
}
