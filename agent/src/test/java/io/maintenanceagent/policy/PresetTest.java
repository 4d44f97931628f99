package io.maintenanceagent.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.maintenanceagent.json.MalformedContentException;
import io.maintenanceagent.state.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PresetTest {

    private static final String[] CONTEXTS = {"", "/shop", "/a/b"};

    private final Decider decider;

    PresetTest() throws MalformedContentException {
        decider = Policies.decider("{}", State.ON);
    }

    private DecisionKind decision(FakeRequest request) {
        return decider.decide(request, 0, null).kind();
    }

    /** gRPC knows nothing but POST, and no contexts. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/grpc.health.v1.Health/Check",
                "/grpc.health.v1.Health/Watch",
                "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo"
            })
    void exempts_probeOfGrpc_onlyPostAndWholePath(String path) {
        assertEquals(DecisionKind.EXEMPT, decision(FakeRequest.of("POST", path)));
        assertEquals(DecisionKind.STATE, decision(FakeRequest.get(path)));
        assertEquals(DecisionKind.STATE, decision(FakeRequest.of("POST", path + "s")));
        assertEquals(
                DecisionKind.STATE,
                decision(FakeRequest.of("POST", "/shop" + path).context("/shop")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/health",
                "/health/live",
                "/health/ready",
                "/health/started",
                "/health/liveness",
                "/health/readiness",
                "/health/startup",
                "/healthz",
                "/livez",
                "/readyz",
                "/startupz",
                "/actuator/health",
                "/actuator/health/liveness",
                "/actuator/health/readiness",
                "/robots.txt",
                "/v3/api-docs",
                "/v3/api-docs.yaml",
                "/v3/api-docs/swagger-config",
                "/v2/api-docs",
                "/openapi.json",
                "/openapi.yaml",
                "/swagger-ui.html",
                "/swagger-ui/index.html",
                "/swagger-ui/swagger-ui-bundle.js",
                "/swagger-ui/swagger-ui.css.map",
                "/swagger-ui/swagger-initializer.js",
                "/swagger-ui/oauth2-redirect.html"
            })
    void exempts_exactNameInAnyContext_true(String path) {
        for (String context : CONTEXTS) {
            String whole = context + path;
            assertEquals(DecisionKind.EXEMPT, decision(FakeRequest.get(whole).context(context)), whole);
            assertEquals(
                    DecisionKind.EXEMPT, decision(FakeRequest.of("HEAD", whole).context(context)), whole);
            for (String method : new String[] {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "get", "PROPFIND"}) {
                assertEquals(
                        DecisionKind.STATE,
                        decision(FakeRequest.of(method, whole).context(context)),
                        method + whole);
            }
            for (String longer : new String[] {"/", "/x", ".action", "x", ";x", "/..", "%2f", "//"}) {
                assertEquals(
                        DecisionKind.STATE,
                        decision(FakeRequest.get(whole + longer).context(context)),
                        whole + longer);
            }
            assertEquals(
                    DecisionKind.STATE,
                    decision(FakeRequest.get(whole.toUpperCase()).context(context)),
                    whole);
        }
        assertEquals(DecisionKind.STATE, decision(FakeRequest.get("/shop" + path)), "not where a context begins");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/swagger-ui",
                "/swagger-ui/",
                "/swagger-ui/transfer",
                "/swagger-ui/x/index.html",
                "/health/db",
                "/health/live/x",
                "/actuator",
                "/actuator/env",
                "/actuator/health/db",
                "/v3/api-docs/internal",
                "/v2/api-docs/x",
                "/.well-known/acme-challenge",
                "/.well-known/acme-challenge/",
                "/.well-known/acme-challenge/a/b",
                "/.well-known/acme-challenge/a.do",
                "/.well-known/security.txt",
                "/robots.txt/x",
                "/livez/x"
            })
    void exempts_otherPath_false(String path) {
        assertEquals(DecisionKind.STATE, decision(FakeRequest.get(path)));
        assertEquals(
                DecisionKind.STATE, decision(FakeRequest.get("/shop" + path).context("/shop")));
    }

    @Test
    void exempts_contextThatIsPartOfTheName_true() {
        assertEquals(DecisionKind.EXEMPT, decision(FakeRequest.get("/health").context("/health")));
        assertEquals(
                DecisionKind.EXEMPT, decision(FakeRequest.get("/health/live").context("/health")));
        assertEquals(
                DecisionKind.EXEMPT,
                decision(FakeRequest.get("/actuator/health").context("/actuator")));
        assertEquals(DecisionKind.STATE, decision(FakeRequest.get("/health/x").context("/health")));
        assertEquals(
                DecisionKind.STATE, decision(FakeRequest.get("/v3/api-docs").context("/v3")), "probes only");
    }

    @Test
    void exempts_acme_wholePathOnly() {
        String token = "/.well-known/acme-challenge/evaGxfADs6pSRb2LAv9IZf17Dt3juxGJ-PCt92wr_oA";
        assertEquals(DecisionKind.EXEMPT, decision(FakeRequest.get(token)));
        assertEquals(DecisionKind.EXEMPT, decision(FakeRequest.get(token).context("/.well-known")));
        assertEquals(
                DecisionKind.STATE, decision(FakeRequest.get("/shop" + token).context("/shop")));
        assertEquals(DecisionKind.STATE, decision(FakeRequest.of("POST", token)));
    }

    @Test
    void exempts_presetsOfThePolicy_only() throws MalformedContentException {
        Decider none = Policies.decider("{'exempt': {'presets': []}}", State.ON);
        Decider acme = Policies.decider("{'exempt': {'presets': ['acme']}}", State.ON);
        assertEquals(
                DecisionKind.STATE,
                none.decide(FakeRequest.get("/health"), 0, null).kind());
        assertEquals(
                DecisionKind.STATE,
                acme.decide(FakeRequest.get("/health"), 0, null).kind());
        assertEquals(
                DecisionKind.EXEMPT,
                acme.decide(FakeRequest.get("/.well-known/acme-challenge/x"), 0, null)
                        .kind());
        assertEquals(
                DecisionKind.EXEMPT,
                Policies.decider("{'exempt': {}}", State.ON)
                        .decide(FakeRequest.get("/livez"), 0, null)
                        .kind());
    }
}
