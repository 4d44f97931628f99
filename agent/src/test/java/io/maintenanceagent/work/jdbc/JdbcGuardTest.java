package io.maintenanceagent.work.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.entrypoint.WorkEntryPoint;
import io.maintenanceagent.entrypoint.WorkKind;
import io.maintenanceagent.inflight.InFlightRequests;
import io.maintenanceagent.inflight.PreAttachRequests;
import io.maintenanceagent.intercept.Enforcement;
import io.maintenanceagent.policy.PolicyParser;
import io.maintenanceagent.report.ErrorReporter;
import io.maintenanceagent.state.EffectiveState;
import io.maintenanceagent.state.State;
import io.maintenanceagent.work.BegunWork;
import io.maintenanceagent.work.WorkGuard;
import io.maintenanceagent.work.WorkSnapshot;
import io.maintenanceagent.work.WorkUnit;
import io.maintenanceagent.work.Writer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLTransientException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Which writes pass, and which are in flight; the driver is a fake. */
class JdbcGuardTest {

    private static final String INSERT = "INSERT INTO t VALUES (1)";

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final ErrorReporter errors = new ErrorReporter(new PrintStream(said));
    private final Enforcement enforcement = new Enforcement(new AtomicBoolean(), errors);
    private final WorkGuard guard = new WorkGuard(enforcement, errors);
    private final JdbcGuard jdbc =
            new JdbcGuard(guard, enforcement, new InFlightRequests(), new PreAttachRequests(frame -> false), errors);
    private final StatementInterceptor statements = new StatementInterceptor(jdbc);
    private final ConnectionAdapter adapter = new ConnectionAdapter(jdbc);
    private final Fake fake = new Fake();

    JdbcGuardTest() {
        guard.addSource(WorkKind.JDBC, jdbc);
    }

    /** A connection and what it has; made by proxies, which are not woven here. */
    private static final class Fake {
        boolean autoCommit = true;
        boolean readOnly;
        Runnable asked = () -> {};
        final Connection connection = proxy(Connection.class);
        final PreparedStatement statement = proxy(PreparedStatement.class);
        final ResultSet rows = proxy(ResultSet.class);

        private <T> T proxy(Class<T> type) {
            return type.cast(Proxy.newProxyInstance(
                    type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                        switch (method.getName()) {
                            case "getAutoCommit":
                                return autoCommit;
                            case "isReadOnly":
                                asked.run();
                                return readOnly;
                            case "getConnection":
                                return connection;
                            case "getStatement":
                                return statement;
                            default:
                                throw new AssertionError(method);
                        }
                    }));
        }
    }

    private void become(boolean on) {
        enforcement.enforce(EffectiveState.of(null, State.of(on), null));
    }

    private void policy(String work) throws Exception {
        enforcement.enforce(
                PolicyParser.parse(("{\"work\": " + work + "}").getBytes(StandardCharsets.UTF_8), null),
                List.of(),
                null);
    }

    /** Runs a statement; returns what it throws, or {@code null}. */
    private Throwable run(Fake connection, Object text) {
        Object told = statements.apply(connection.statement, text);
        if (told instanceof BegunWork begun) {
            begun.ended(null);
        }
        return (Throwable) (told instanceof Throwable ? told : null);
    }

    private Throwable end(WorkEntryPoint how) {
        Object told = adapter.begins(how, new Object[] {fake.connection, null, null});
        if (told instanceof BegunWork begun) {
            begun.ended(null);
        }
        return (Throwable) (told instanceof Throwable ? told : null);
    }

    private int inFlight() {
        return guard.snapshot(WorkKind.JDBC).inFlight();
    }

    @Test
    void off_nothingIsRefused_andAStatementIsInFlightWhileItRuns() throws Exception {
        become(false);
        policy("{\"jdbc\": \"refuse\"}");
        BegunWork told = (BegunWork) statements.apply(fake.statement, INSERT);
        assertEquals(1, inFlight());
        assertEquals(0, guard.snapshot(WorkKind.JDBC).blocking());
        become(true);
        WorkSnapshot snapshot = guard.snapshot(WorkKind.JDBC);
        assertEquals(1, snapshot.blocking());
        assertTrue(
                snapshot.oldest().startsWith("thread " + Thread.currentThread().getName()), snapshot.oldest());
        told.failed(new Exception());
        assertEquals(0, inFlight());
    }

    @Test
    void refuse_throwsWithMessageAndEnd_andCounts() throws Exception {
        policy("{\"jdbc\": \"refuse\"}");
        Instant until = Instant.parse("2100-01-01T00:00:00Z");
        enforcement.enforce(EffectiveState.of(
                null,
                new State.Builder(true).message("moving").window(null, until).build(),
                null));
        SQLTransientException refused = assertInstanceOf(SQLTransientException.class, run(fake, INSERT));
        assertEquals(
                "in maintenance, a write to the database is refused: moving (until 2100-01-01T00:00:00Z)",
                refused.getMessage());
        assertEquals("25006", refused.getSQLState());
        assertInstanceOf(SQLTransientException.class, run(fake, true));
        assertInstanceOf(SQLTransientException.class, (Throwable) statements.apply(fake.rows, true));
        assertNull(run(fake, "SELECT 1"));
        assertNull(run(fake, null));
        assertEquals(3, guard.snapshot(WorkKind.JDBC).stopped());
        assertEquals(0, inFlight());
        assertInstanceOf(SQLTransientException.class, run(fake, "BEGIN; " + INSERT));
        become(false);
        assertNull(run(fake, INSERT));
        assertEquals(0, inFlight(), "what was refused has begun nothing");
    }

    @Test
    void transaction_thatWroteBefore_mayFinish_andTheNextMayNot() throws Exception {
        policy("{\"jdbc\": \"refuse\"}");
        become(false);
        fake.autoCommit = false;
        run(fake, INSERT);
        assertEquals(1, inFlight());
        become(true);
        assertEquals(1, guard.snapshot(WorkKind.JDBC).blocking());
        assertNull(run(fake, INSERT));
        assertNull(end(WorkEntryPoint.JDBC_COMMIT));
        assertEquals(0, inFlight());
        assertInstanceOf(SQLTransientException.class, run(fake, INSERT));
    }

    @Test
    void transaction_endsInAnyWay() throws Exception {
        become(false);
        for (WorkEntryPoint end : List.of(
                WorkEntryPoint.JDBC_ROLLBACK,
                WorkEntryPoint.JDBC_CLOSE,
                WorkEntryPoint.JDBC_ABORT,
                WorkEntryPoint.JDBC_XA_COMMIT,
                WorkEntryPoint.JDBC_XA_ROLLBACK,
                WorkEntryPoint.JDBC_XA_PREPARE)) {
            fake.autoCommit = false;
            run(fake, INSERT);
            assertEquals(1, inFlight(), end.name());
            end(end);
            assertEquals(0, inFlight(), end.name());
        }
        run(fake, INSERT);
        fake.autoCommit = true;
        end(WorkEntryPoint.JDBC_AUTO_COMMIT);
        assertEquals(0, inFlight());
        run(fake, INSERT);
        assertEquals(0, inFlight(), "a transaction in itself");
        run(fake, "BEGIN; " + INSERT);
        assertEquals(1, inFlight(), "begun by SQL");
        run(fake, "SELECT 1");
        assertEquals(1, inFlight());
        run(fake, "COMMIT");
        assertEquals(0, inFlight());
        run(fake, INSERT);
        assertEquals(0, inFlight());
    }

    @Test
    void watch_countsAndNames_andNobodyWaits() throws Exception {
        become(true);
        fake.autoCommit = false;
        assertNull(run(fake, INSERT));
        assertNull(run(fake, INSERT));
        assertEquals(0, inFlight());
        List<Writer> writers = guard.snapshot(WorkKind.JDBC).writers();
        assertEquals(1, writers.size());
        assertEquals(2, writers.get(0).count());
        assertEquals(Thread.currentThread().getName(), writers.get(0).thread());
        errors.flush();
        assertEquals(1, said.toString().split("writes to a database in maintenance", -1).length - 1, said.toString());
        become(false);
        assertEquals(List.of(), guard.snapshot(WorkKind.JDBC).writers());
        become(true);
        run(fake, INSERT);
        assertEquals(1, guard.snapshot(WorkKind.JDBC).writers().get(0).count(), "of this maintenance");
    }

    @Test
    void commit_ofWhatWasWatched_isRefusedOnceItIsNotAnyMore() throws Exception {
        become(true);
        fake.autoCommit = false;
        run(fake, INSERT);
        policy("{\"jdbc\": \"refuse\"}");
        assertInstanceOf(SQLTransientException.class, end(WorkEntryPoint.JDBC_COMMIT));
        assertInstanceOf(SQLTransientException.class, run(fake, "COMMIT"));
        assertNull(end(WorkEntryPoint.JDBC_ROLLBACK));
        assertNull(end(WorkEntryPoint.JDBC_COMMIT));
        policy("{}");
        run(fake, INSERT);
        become(false);
        Thread.sleep(5);
        become(true);
        policy("{\"jdbc\": \"refuse\"}");
        assertNull(end(WorkEntryPoint.JDBC_COMMIT), "began before this maintenance");
    }

    @Test
    void work_thatBeganBefore_mayWrite() throws Exception {
        policy("{\"jdbc\": \"refuse\", \"schedules\": \"ignore\"}");
        become(false);
        WorkUnit job = guard.begin(WorkKind.SCHEDULES, "com.acme.Job", "job");
        become(true);
        assertNull(run(fake, INSERT));
        job.end();
        assertInstanceOf(SQLTransientException.class, run(fake, INSERT));
        Thread.sleep(5);
        WorkUnit late = guard.begin(WorkKind.SCHEDULES, "com.acme.Job", "job");
        assertInstanceOf(SQLTransientException.class, run(fake, INSERT), "began in maintenance");
        late.end();
    }

    @Test
    void otherConnection_ofAThreadWithAnOpenTransaction_mayWrite() throws Exception {
        policy("{\"jdbc\": \"refuse\"}");
        become(false);
        fake.autoCommit = false;
        run(fake, INSERT);
        become(true);
        assertNull(run(new Fake(), INSERT));
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            Fake third = new Fake();
            assertInstanceOf(
                    SQLTransientException.class,
                    other.submit(() -> run(third, INSERT)).get());
        } finally {
            other.shutdownNow();
        }
    }

    @Test
    void excepted_ignored_andReadOnly_pass() throws Exception {
        become(true);
        policy("{\"jdbc\": \"refuse\", \"except\": [\"" + JdbcGuardTest.class.getName() + "\"]}");
        assertNull(run(fake, INSERT));
        policy("{\"jdbc\": \"ignore\"}");
        assertNull(run(fake, INSERT));
        assertEquals(List.of(), guard.snapshot(WorkKind.JDBC).writers());
        policy("{\"jdbc\": \"refuse\"}");
        fake.readOnly = true;
        assertNull(run(fake, INSERT));
    }

    @Test
    void rules_precedeTheState_andOneThatStopsPrecedesOneThatLets() throws Exception {
        String me = JdbcGuardTest.class.getName();
        String letsMe = "{\"jdbc\": \"" + me + "\", \"maintenance\": \"off\"}";
        become(true);
        policy("{\"jdbc\": \"refuse\"}, \"rules\": [" + letsMe + "]");
        assertNull(run(fake, INSERT));
        policy("{\"jdbc\": \"refuse\"}, \"rules\": [" + letsMe
                + ", {\"jdbc\": \"org.junit.**\", \"maintenance\": \"on\"}]");
        assertInstanceOf(SQLTransientException.class, run(fake, INSERT));
        become(false);
        assertInstanceOf(SQLTransientException.class, run(fake, INSERT), "whatever the state says");
    }

    @Test
    void nested_isDecidedOnce() throws Exception {
        become(true);
        Fake driver = new Fake();
        BegunWork outer = (BegunWork) statements.apply(fake.statement, INSERT);
        assertNull(run(driver, INSERT));
        outer.ended(null);
        assertEquals(1, guard.snapshot(WorkKind.JDBC).writers().get(0).count());
        policy("{\"jdbc\": \"refuse\"}");
        assertInstanceOf(SQLTransientException.class, run(driver, INSERT));
    }

    @Test
    void aPoolsConnection_andTheDriversWithinIt_areOneInFlight() {
        become(false);
        Fake driver = new Fake();
        fake.autoCommit = false;
        driver.autoCommit = false;
        BegunWork outer = (BegunWork) statements.apply(fake.statement, INSERT);
        run(driver, INSERT);
        outer.ended(null);
        assertEquals(1, inFlight());
    }

    @Test
    void prepared_isKnownByItsText() throws Exception {
        policy("{\"jdbc\": \"refuse\"}");
        become(true);
        prepare("INSERT INTO t VALUES (1) RETURNING id");
        assertInstanceOf(SQLTransientException.class, run(fake, null), "executeQuery()");
        Fake reading = new Fake();
        Object told = adapter.begins(
                WorkEntryPoint.JDBC_PREPARE, new Object[] {reading.connection, "SELECT 1 FOR UPDATE", null});
        assertNull(told);
        assertNull(run(reading, null));
        Fake setting = new Fake();
        BegunWork prepared = (BegunWork)
                adapter.begins(WorkEntryPoint.JDBC_PREPARE, new Object[] {setting.connection, "SET a = 1", null});
        prepared.ended(setting.statement);
        assertNull(run(setting, true), "executeUpdate()");
    }

    private void prepare(String sql) {
        BegunWork prepares =
                (BegunWork) adapter.begins(WorkEntryPoint.JDBC_PREPARE, new Object[] {fake.connection, sql, null});
        prepares.ended(fake.statement);
    }

    @Test
    void connection_thatIsOpenedAgainByItsPool_isTrackedAnew() {
        become(false);
        fake.autoCommit = false;
        prepare(INSERT);
        run(fake, true);
        end(WorkEntryPoint.JDBC_CLOSE);
        run(fake, true);
        assertEquals(1, inFlight());
        end(WorkEntryPoint.JDBC_COMMIT);
        assertEquals(0, inFlight());
    }

    @Test
    void whatIsNoneOfJdbcs_isLetBe() {
        become(true);
        assertNull(statements.apply("a text", true));
        assertNull(statements.apply("a text", INSERT));
        assertNull(adapter.begins(WorkEntryPoint.JDBC_CLOSE, new Object[] {"a text", null, null}));
        assertNull(adapter.begins(WorkEntryPoint.JDBC_PREPARE, new Object[] {"a text", INSERT, null}));
    }

    @Test
    void whatIsRefused_isNeverInFlight() throws Exception {
        policy("{\"jdbc\": \"refuse\"}");
        become(true);
        int[] seen = {-1};
        fake.asked = () -> seen[0] = inFlight();
        assertInstanceOf(SQLTransientException.class, run(fake, INSERT));
        assertEquals(0, seen[0], "while it is decided");
    }

    @Test
    void windowToCome_stopsNothing() throws Exception {
        policy("{\"jdbc\": \"refuse\"}");
        enforcement.enforce(EffectiveState.of(
                null,
                new State.Builder(true)
                        .window(Instant.parse("2100-01-01T00:00:00Z"), null)
                        .build(),
                null));
        assertNull(run(fake, INSERT));
    }
}
