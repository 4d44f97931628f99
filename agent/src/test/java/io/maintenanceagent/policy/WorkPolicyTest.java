package io.maintenanceagent.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.entrypoint.WorkKind;
import io.maintenanceagent.json.MalformedContentException;
import io.maintenanceagent.state.Admit;
import io.maintenanceagent.state.State;
import io.maintenanceagent.state.StateParser;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkPolicyTest {

    private static final long NOW = 1_000_000;

    private static Policy parse(String json) throws MalformedContentException {
        return PolicyParser.parse(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), null);
    }

    private static DecisionKind decide(String json, WorkKind kind, String className, State state, boolean override)
            throws MalformedContentException {
        return parse(json)
                .work()
                .decide(kind, className, state, override, NOW, null)
                .kind();
    }

    private static State state(String json) throws Exception {
        return StateParser.parse(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8))
                .state();
    }

    private static DecisionKind decide(String json, WorkKind kind, String className) throws MalformedContentException {
        return decide(json, kind, className, State.ON, false);
    }

    @Test
    void withoutAWord_maintenanceStopsAllButMigrations() throws Exception {
        for (WorkKind kind : WorkKind.values()) {
            assertEquals(DecisionKind.STATE, decide("{}", kind, "com.acme.Job"));
            assertEquals(DecisionKind.NONE, decide("{}", kind, "com.acme.Job", State.OFF, false));
            assertEquals(DecisionKind.OVERRIDE, decide("{}", kind, "com.acme.Job", State.OFF, true));
        }
        assertEquals(DecisionKind.EXEMPT, decide("{}", WorkKind.JDBC, "org.flywaydb.core.Flyway"));
        assertEquals(DecisionKind.EXEMPT, decide("{}", WorkKind.JDBC, "liquibase.Liquibase"));
        assertEquals(DecisionKind.STATE, decide("{}", WorkKind.SCHEDULES, "org.flywaydb.core.Flyway"));
        WorkPolicy work = parse("{}").work();
        assertEquals(WorkPolicy.Treatment.PAUSE, work.treatment(WorkKind.SCHEDULES));
        assertEquals(WorkPolicy.Treatment.PAUSE, work.treatment(WorkKind.MESSAGES));
        assertEquals(WorkPolicy.Treatment.WATCH, work.treatment(WorkKind.JDBC));
    }

    @Test
    void levels_likeThoseOfRequests() throws Exception {
        String rules = "{'rules': [{'schedule': 'com.acme.**', 'maintenance': 'off'},"
                + " {'schedule': 'com.acme.Nightly', 'message': ['com.acme.in.*'], 'maintenance': 'on'}],"
                + " 'work': {'except': ['com.acme.Heartbeat', 'org.spare.**'], 'messages': 'ignore'}}";
        assertEquals(DecisionKind.RULE_ON, decide(rules, WorkKind.SCHEDULES, "com.acme.Nightly", State.OFF, false));
        assertEquals(DecisionKind.RULE_OFF, decide(rules, WorkKind.SCHEDULES, "com.acme.a.b.Job", State.OFF, true));
        assertEquals(DecisionKind.RULE_ON, decide(rules, WorkKind.MESSAGES, "com.acme.in.Orders"));
        assertEquals(DecisionKind.EXEMPT, decide(rules, WorkKind.MESSAGES, "com.acme.in.deep.Orders"));
        assertEquals(DecisionKind.EXEMPT, decide(rules, WorkKind.JDBC, "com.acme.Heartbeat"));
        assertEquals(DecisionKind.EXEMPT, decide(rules, WorkKind.JDBC, "org.spare.x.Y", State.OFF, true));
        assertEquals(DecisionKind.STATE, decide(rules, WorkKind.JDBC, "com.acme.Heartbeats"));
        assertTrue(parse(rules).forcesWorkOn());
    }

    @Test
    void rule_ofAMode_countsOnlyThen() throws Exception {
        String rules = "{'rules': [{'jdbc': '**', 'maintenance': 'off', 'mode': 'read-only'}]}";
        assertEquals(DecisionKind.STATE, decide(rules, WorkKind.JDBC, "a.B"));
        State readOnly = state("{'enabled': true, 'mode': 'read-only'}");
        assertEquals(DecisionKind.RULE_OFF, decide(rules, WorkKind.JDBC, "a.B", readOnly, false));
        assertEquals(DecisionKind.STATE, decide("{}", WorkKind.JDBC, "a.B", readOnly, false));
    }

    /** A state for some paths is about requests alone; in a ramp clients are coming back, who need the work. */
    @Test
    void state_ofSomeRequests_stopsNoWork() throws Exception {
        State contexts = state("{'enabled': true, 'contexts': ['/shop']}");
        assertEquals(DecisionKind.NONE, decide("{}", WorkKind.SCHEDULES, "a.B", contexts, false));
        State ramp = new State.Builder(true).admit(Admit.ramp(0)).build();
        assertEquals(DecisionKind.NONE, decide("{}", WorkKind.SCHEDULES, "a.B", ramp, false));
        State share = new State.Builder(true).admit(Admit.percent(10)).build();
        assertEquals(DecisionKind.STATE, decide("{}", WorkKind.SCHEDULES, "a.B", share, false));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'work': {'schedules': 'stop'}}|/work/schedules|\"pause\" or \"ignore\"",
                "{'work': {'jdbc': 'pause'}}|/work/jdbc|\"watch\", \"refuse\" or \"ignore\"",
                "{'work': {'jobs': 'pause'}}|/work/jobs|schedules, messages, jdbc, except",
                "{'work': {'except': ['com..acme']}}|/work/except/0|com.acme.**",
                "{'work': {'except': 'com.ac**'}}|/work/except|com.acme.**",
                "{'rules': [{'schedule': [], 'maintenance': 'off'}]}|/rules/0/schedule|empty list",
                "{'rules': [{'schedule': 'a.B'}]}|/rules/0|\"on\" or \"off\"",
                "{'rules': [{'schedule': 'a.B', 'path': '/x', 'maintenance': 'off'}]}|/rules/0/path|schedule, message",
                "{'sockets': 'drop'}|/sockets|\"close\" or \"keep\"",
                "{'grace': 'PT2H'}|/grace|PT30S",
                "{'grace': '30s'}|/grace|PT30S"
            })
    void error_namesPlaceAndWhatIsAllowed(String json, String pointer, String allowed) {
        String message =
                assertThrows(MalformedContentException.class, () -> parse(json)).getMessage();
        assertTrue(message.contains(pointer) && message.contains(allowed), message);
    }

    @Test
    void sockets_andGrace_areRead() throws Exception {
        WorkPolicy work = parse("{'sockets': 'close', 'grace': 'PT30S'}").work();
        assertTrue(work.closesSockets());
        assertEquals(30_000, work.graceMillis());
    }

    @Test
    void stopsAll_onlyIfNoClassIsLetGoOn() throws Exception {
        assertTrue(stopsAll("{}", State.ON));
        assertTrue(stopsAll("{'rules': [{'message': '**', 'maintenance': 'off'}]}", State.ON));
        assertFalse(stopsAll("{'rules': [{'schedule': 'a.B', 'maintenance': 'off'}]}", State.ON));
        assertFalse(stopsAll("{'work': {'except': 'a.B'}}", State.ON));
        assertFalse(stopsAll("{'work': {'schedules': 'ignore'}}", State.ON));
        assertFalse(stopsAll("{'rules': [{'schedule': '**', 'maintenance': 'on'}]}", State.OFF));
        assertFalse(stopsAll("{}", State.OFF));
    }

    private static boolean stopsAll(String json, State state) throws MalformedContentException {
        return parse(json).work().stopsAll(WorkKind.SCHEDULES, state, false, NOW);
    }

    @Test
    void explanation_namesTheRule() throws Exception {
        Explanation explanation = new Explanation();
        parse("{'rules': [{'schedule': 'a.*', 'maintenance': 'off'}]}")
                .work()
                .decide(WorkKind.SCHEDULES, "a.B", State.ON, false, NOW, explanation)
                .kind();
        assertEquals(List.of("level 2: goes on, rule /rules/0"), explanation.steps());
    }
}
