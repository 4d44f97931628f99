package io.maintenanceagent.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.api.RequestView;
import io.maintenanceagent.json.MalformedContentException;
import io.maintenanceagent.match.MatchListener;
import io.maintenanceagent.state.EffectiveState.Source;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StateTest {

    private static State parse(String text) throws MalformedContentException {
        return StateParser.parse(text.getBytes(StandardCharsets.UTF_8)).state();
    }

    @Test
    void activeAt_window_includesFromAndExcludesUntil() {
        Instant from = Instant.parse("2026-11-22T22:00:00Z");
        Instant until = Instant.parse("2026-11-22T23:30:00Z");
        State state = new State.Builder(true).window(from, until).build();
        assertFalse(state.activeAt(from.toEpochMilli() - 1));
        assertTrue(state.activeAt(from.toEpochMilli()));
        assertTrue(state.activeAt(until.toEpochMilli() - 1));
        assertFalse(state.activeAt(until.toEpochMilli()));
        State between = new State.Builder(true)
                .window(from.plusNanos(1), until.plusNanos(1))
                .build();
        assertFalse(between.activeAt(from.toEpochMilli()), "a nanosecond too early");
        assertTrue(between.activeAt(until.toEpochMilli()));
        assertFalse(between.activeAt(until.toEpochMilli() + 1));
        assertFalse(new State.Builder(false).window(from, until).build().activeAt(from.toEpochMilli()));
    }

    @ParameterizedTest
    @CsvSource({
        "GET,false",
        "HEAD,false",
        "OPTIONS,false",
        "TRACE,false",
        "POST,true",
        "PUT,true",
        "PATCH,true",
        "DELETE,true",
        "PROPFIND,true",
        "get,true"
    })
    void readOnly_method_passesIfSafe(String method, boolean refused) throws MalformedContentException {
        State state = parse("{\"enabled\": true, \"mode\": \"read-only\"}");
        assertEquals(refused, state.scope().coversMethodOf(request(method, "", "")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET | Upgrade | websocket | true",
                "GET | Upgrade | WebSocket | true",
                "GET | Upgrade | websocket/13 | true",
                "GET | Upgrade | h2c, websocket | true",
                "GET | Upgrade | websockets | false",
                "GET | Upgrade | h2c | false",
                "GET | Upgrade | TLS/1.2 | false",
                "GET | Upgrade | '' | false",
                "CONNECT | :protocol | websocket | true",
                "GET | X-HTTP-Method-Override | DELETE | true",
                "GET | X-HTTP-Method | put | true",
                "HEAD | X-Method-Override | PATCH | true",
                "GET | X-HTTP-Method-Override | head | false",
                "POST | X-HTTP-Method-Override | GET | true",
            })
    void readOnly_request_isRefusedIfItMayWrite(String method, String header, String value, boolean refused)
            throws MalformedContentException {
        State state = parse("{\"enabled\": true, \"mode\": \"read-only\"}");
        RequestView request = request(method, header, value);
        assertEquals(refused, state.scope().coversMethodOf(request));
        assertTrue(State.ON.scope().coversMethodOf(request));
    }

    private static RequestView request(String method, String header, String value) {
        return new RequestView() {
            @Override
            public String method() {
                return method;
            }

            @Override
            public String path() {
                return "/";
            }

            @Override
            public String contextPath() {
                return "";
            }

            @Override
            public String host() {
                return "example.com";
            }

            @Override
            public String header(String name) {
                return name.equalsIgnoreCase(header) ? value : null;
            }
        };
    }

    @Test
    void modeAt_outsideTheWindow_null() throws MalformedContentException {
        State state = parse("{\"enabled\": true, \"mode\": \"read-only\", \"until\": \"2026-11-22T00:00:00Z\"}");
        long end = Instant.parse("2026-11-22T00:00:00Z").toEpochMilli();
        assertEquals(Mode.READ_ONLY, state.modeAt(end - 1));
        assertEquals(null, state.modeAt(end));
        assertEquals(Mode.FULL, State.ON.modeAt(end));
        assertEquals(null, State.OFF.modeAt(end));
    }

    @ParameterizedTest
    @CsvSource({
        "www.example.com,/shop,/shop/api/x,true",
        "WWW.EXAMPLE.COM.,/shop,/shop/api,true",
        "www.example.org,/shop,/shop/api/x,false",
        "www.example.com,/other,/other/api/x,false",
        "www.example.com,/shop,/shop/page,false",
    })
    void scope_request_matchesOneOfEachList(String host, String context, String path, boolean refused)
            throws MalformedContentException {
        State state = parse("{\"enabled\": true, \"paths\": [\"/x\", \"/*/api/**\"],"
                + "\"hosts\": [\"*.example.com\"], \"contexts\": [\"/shop\"]}");
        Scope scope = state.scope();
        assertEquals(
                refused,
                scope.coversHosts(List.of(host))
                        && scope.coversContext(context)
                        && scope.coversPath(path, MatchListener.NONE));
    }

    @Test
    void wordAt_eachInstant_saysWhatHolds() {
        Instant from = Instant.parse("2026-11-22T22:00:00Z");
        Instant until = Instant.parse("2026-11-22T23:30:00Z");
        State.Builder state = new State.Builder(true).window(from, until);
        assertEquals("scheduled", state.build().wordAt(from.toEpochMilli() - 1));
        assertEquals("on", state.build().wordAt(from.toEpochMilli()));
        assertEquals("expired", state.build().wordAt(until.toEpochMilli()));
        assertEquals(
                "expired", new State.Builder(true).window(null, until).build().wordAt(until.toEpochMilli()));
        Scope readOnly = new Scope(true, List.of(), List.of(), List.of());
        assertEquals("read-only", state.scope(readOnly).build().wordAt(from.toEpochMilli()));
        assertEquals("off", State.OFF.wordAt(0));
    }

    @Test
    void window_identifiesMaintenanceByItsBeginElseItsEnd() {
        Instant from = Instant.parse("2026-11-22T22:00:00Z");
        Instant until = Instant.parse("2026-11-22T23:30:00Z");
        assertEquals(
                "from 2026-11-22T22:00:00Z",
                new State.Builder(true).window(from, until).build().window());
        assertEquals(
                "until 2026-11-22T23:30:00Z",
                new State.Builder(true).window(null, until).build().window());
        assertNull(State.ON.window());
    }

    @Test
    void millis_areRoundedUp() {
        Instant whole = Instant.ofEpochMilli(5);
        assertEquals(5, State.millis(whole));
        assertEquals(6, State.millis(whole.plusNanos(1)));
        assertEquals(6, State.millis(whole.plusNanos(999_999)));
    }

    @Test
    void equals_anyMemberDiffers_false() throws MalformedContentException {
        String all = "{'enabled': true, 'message': 'm', 'retryAfter': 5, 'from': '2026-01-01T00:00:00Z',"
                + " 'until': '2026-01-02T00:00:00Z', 'mode': 'read-only', 'paths': ['/p'], 'hosts': ['h.example'],"
                + " 'contexts': ['/c'], 'by': 'b', 'reason': 'r', 'hold': {'seconds': 5}, 'admit': {'percent': 10}}";
        State state = parse(all.replace('\'', '"'));
        assertEquals(state, parse(all.replace('\'', '"')));
        assertEquals(state.hashCode(), parse(all.replace('\'', '"')).hashCode());
        assertNotEquals(state.hashCode(), State.OFF.hashCode());
        assertNotEquals(state, "a state");
        for (String[] change : new String[][] {
            {"true", "false"},
            {"'m'", "'n'"},
            {"'retryAfter': 5", "'retryAfter': 6"},
            {"2026-01-01T00", "2026-01-01T01"},
            {"2026-01-02T00", "2026-01-02T01"},
            {"read-only", "full"},
            {"/p", "/q"},
            {"h.example", "i.example"},
            {"/c", "/d"},
            {"'b'", "'c'"},
            {"'r'", "'s'"},
            {"'seconds': 5", "'seconds': 6"},
            {"10", "11"}
        }) {
            String other = all.replace(change[0], change[1]);
            assertNotEquals(state, parse(other.replace('\'', '"')), change[1]);
        }
    }

    @Test
    void scope_unknownFacts_areCovered() throws MalformedContentException {
        Scope scope = parse("{\"enabled\": true, \"mode\": \"read-only\", \"paths\": [\"/x\"],"
                        + "\"hosts\": [\"h\"], \"contexts\": [\"/shop\"]}")
                .scope();
        assertTrue(scope.coversMethodOf(request(null, "", "")));
        assertTrue(scope.coversContext(null));
        assertTrue(scope.coversHosts(null));
        assertTrue(scope.coversPath(null, MatchListener.NONE));
        assertTrue(scope.coversHosts(List.of("other", "h")));
    }

    @Test
    void effectiveState_severalSources_firstDecides() {
        assertEquals(Source.ENABLE, EffectiveState.of(false, State.ON, State.ON).source());
        assertEquals(State.OFF, EffectiveState.of(false, State.ON, State.ON).state());
        assertEquals(State.ON, EffectiveState.of(true, State.OFF, null).state());
        assertEquals(Source.STORE, EffectiveState.of(null, State.OFF, State.ON).source());
        assertEquals(State.OFF, EffectiveState.of(null, State.OFF, State.ON).state());
        assertEquals(State.ON, EffectiveState.of(null, null, State.ON).state());
        assertEquals(Source.DEFAULT, EffectiveState.of(null, null, null).source());
        assertEquals(State.OFF, EffectiveState.of(null, null, null).state());
    }

    @Test
    void effectiveState_clause_saysWhatDecides() {
        assertEquals(
                "the setting enable decides: it says on",
                EffectiveState.of(true, null, null).clause("M", 0));
        assertEquals(
                "the environment variable M decides: it says off",
                EffectiveState.of(null, null, State.OFF).clause("M", 0));
        assertEquals(
                "the environment variable M decides: it says nothing, so maintenance is off",
                EffectiveState.of(null, null, null).clause("M", 0));
    }

    @Test
    void effectiveState_equals_sourceAndState() {
        EffectiveState on = EffectiveState.of(null, State.ON, null);
        assertEquals(on, EffectiveState.of(null, State.of(true), null));
        assertEquals(
                on.hashCode(), EffectiveState.of(null, State.of(true), null).hashCode());
        assertNotEquals(on.hashCode(), EffectiveState.of(null, State.OFF, null).hashCode());
        assertNotEquals(on, EffectiveState.of(null, State.OFF, null));
        assertNotEquals(on, EffectiveState.overriding(State.ON));
        assertNotEquals(on, State.ON);
        assertEquals(Source.OVERRIDE, EffectiveState.overriding(State.ON).source());
        assertEquals(State.ON, EffectiveState.overriding(State.ON).state());
    }

    @Test
    void hash_isTheBeginningOfSha256() {
        assertEquals("{\"enabled\":true}", StateWriter.toJson(State.ON));
        assertEquals("26b3426b2593763c", StateHash.of(State.ON));
    }

    @Test
    void parts_equalAndHashByTheirValues() {
        Hold hold = new Hold(5, 100);
        assertEquals(hold, new Hold(5, 100));
        assertEquals(hold.hashCode(), new Hold(5, 100).hashCode());
        assertNotEquals(hold.hashCode(), new Hold(6, 100).hashCode());
        assertNotEquals(hold.hashCode(), new Hold(5, 101).hashCode());
        assertNotEquals(hold, "a hold");
        assertEquals(Admit.percent(10).hashCode(), Admit.percent(10).hashCode());
        assertNotEquals(Admit.percent(10).hashCode(), Admit.percent(11).hashCode());
        assertNotEquals(Admit.percent(10), "a share");
        Scope scope = new Scope(true, List.of(), List.of(), List.of("/shop"));
        assertEquals(scope.hashCode(), new Scope(true, List.of(), List.of(), List.of("/shop")).hashCode());
        assertNotEquals(scope.hashCode(), new Scope(true, List.of(), List.of(), List.of("/")).hashCode());
        assertNotEquals(scope, "a scope");
    }
}
