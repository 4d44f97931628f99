package io.maintenanceagent.tests.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.tests.cli.Cli;
import io.maintenanceagent.tests.harness.Await;
import io.maintenanceagent.tests.harness.Project;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Writes to databases in maintenance: watched, refused, waited for. The databases run in the JVM. */
final class JdbcTest {

    private static final List<Path> JARS = Project.serverJars("databases");

    private static final String REFUSE = "{\"jdbc\": \"refuse\"}";

    /** By the name of the session. */
    private static final Map<String, String> ENGINES = new TreeMap<>(Map.of(
            "h2", "jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1",
            "hsqldb", "jdbc:hsqldb:mem:shop",
            "derby", "jdbc:derby:memory:shop;create=true"));

    private static final String WRITE = "UPDATE t SET a = a + 1";

    @Test
    void refuse_stopsWritesOfAnyEngine_butNotWhatBeganBefore() {
        try (Sessions sessions = Sessions.start(JARS, "http+jdbc", REFUSE)) {
            ENGINES.forEach((engine, url) -> {
                sessions.does(engine, "open plain " + url);
                sessions.does(engine, "update CREATE TABLE t (id INT PRIMARY KEY, a INT)");
                sessions.does(engine, "update INSERT INTO t VALUES (1, 1)");
                sessions.does(engine, "prepare " + WRITE);
                // A connection of a pool, in a transaction that writes before maintenance begins.
                sessions.does(engine + "-begun", "open " + (engine.equals("h2") ? "hikari " : "proxy ") + url);
                sessions.does(engine + "-begun", "autocommit false");
                sessions.does(engine + "-begun", "prepared INSERT INTO t VALUES (2, 1)");
            });
            sessions.become("{\"enabled\": true, \"message\": \"moving\", \"until\": \"2100-01-01T00:00:00Z\"}", true);
            sessions.awaitReport("\"jdbc\":{\"inFlight\":3,\"blocking\":3");
            assertTrue(sessions.report().contains("\"drained\":false"));
            for (String engine : ENGINES.keySet()) {
                for (String how :
                        List.of("update", "execute", "batch", "prepared", "prepared-execute", "prepared-batch")) {
                    sessions.isRefused(engine, how + " " + WRITE);
                }
                sessions.isRefused(engine, "run " + WRITE);
                sessions.isRefused(engine, "update /* now */ DROP TABLE t");
                sessions.does(engine + "-begun", "prepared INSERT INTO t VALUES (3, 1)");
                sessions.does(engine + "-begun", "commit");
                sessions.isRefused(engine + "-begun", "prepared " + WRITE);
                sessions.does(engine + "-begun", "rollback");
                assertEquals("ok 3", sessions.does(engine, "query SELECT COUNT(*) FROM t"));
                assertEquals("ok 3", sessions.does(engine, "prepared-query SELECT COUNT(*) FROM t"));
                sessions.does(engine, "query SELECT a FROM t FOR UPDATE");
                sessions.does(engine, "migrate " + WRITE);
            }
            sessions.isRefused("h2", "query SELECT id FROM FINAL TABLE (INSERT INTO t VALUES (9, 9))");
            sessions.isRefused("h2", "prepared-query SELECT id FROM FINAL TABLE (INSERT INTO t VALUES (9, 9))");
            sessions.isRefused("h2", "row SELECT id, a FROM t");
            sessions.isRefused("h2", "call {call ABS(1)}");
            String refused = sessions.tell("h2", "update " + WRITE);
            assertTrue(refused.endsWith(": moving (until 2100-01-01T00:00:00Z)"), refused);
            sessions.awaitReport("\"drained\":true");
            sessions.become("off", false);
            for (String engine : ENGINES.keySet()) {
                sessions.does(engine, "run " + WRITE);
                sessions.does(engine + "-begun", "prepared " + WRITE);
                sessions.does(engine + "-begun", "commit");
            }
            sessions.assertSaid(List.of());
        }
    }

    @Test
    void watch_namesTheApplicationsOwnFrame_andWatchThatEndsRefusesTheCommit() {
        try (Sessions sessions = Sessions.start(JARS, "jdbc", "{}")) {
            sessions.does("a", "open hikari " + ENGINES.get("h2"));
            sessions.does("a", "update CREATE TABLE t (id INT PRIMARY KEY, secret VARCHAR(20))");
            sessions.become("on", true);
            for (int i = 0; i < 3; i++) {
                sessions.does("a", "prepared INSERT INTO t VALUES (" + i + ", 'hush')");
            }
            sessions.does("a", "migrate INSERT INTO t VALUES (3, 'hush')");
            sessions.does("a", "autocommit false");
            sessions.does("a", "update INSERT INTO t VALUES (4, 'hush')");
            String report =
                    sessions.awaitReport("\"caller\":\"shop.Ledger.book\",\"thread\":\"session-a\",\"count\":3");
            assertTrue(
                    report.contains("\"caller\":\"shop.Ledger.plain\",\"thread\":\"session-a\",\"count\":1"), report);
            assertTrue(report.contains("\"drained\":true"), "nobody waits for what began in maintenance: " + report);
            assertFalse(report.contains("hush") || report.contains("INSERT"), report);
            Cli.Outcome status =
                    new Cli().run("status", "--file", sessions.state().toString());
            assertTrue(
                    status.text().contains("shop.Ledger.book has written to a database 3 times, last "), status.text());

            sessions.treat(REFUSE);
            Await.until(
                    Sessions.LIMIT,
                    () -> "still watched",
                    () -> sessions.tell("b", "open plain " + ENGINES.get("h2")).startsWith("ok")
                            && sessions.tell("b", "update DELETE FROM t WHERE id = -1")
                                    .startsWith("failed"));
            sessions.isRefused("a", "commit");
            sessions.does("a", "rollback");
            assertEquals("ok 4", sessions.does("a", "query SELECT COUNT(*) FROM t"));
            sessions.assertSaid(
                    List.of("shop.Ledger.book writes to a database in maintenance, on thread \"session-a\"; "));
        }
    }

    @Test
    void attach_findsWhatIsOpen() {
        try (Sessions sessions = Sessions.startBare(JARS)) {
            sessions.does("a", "open hikari " + ENGINES.get("h2"));
            sessions.does("a", "update CREATE TABLE t (a INT)");
            sessions.does("a", "prepare INSERT INTO t VALUES (1)");
            sessions.treat(REFUSE);
            Cli.Outcome attached =
                    new Cli().run("attach", Long.toString(sessions.pid()), "guard=jdbc,policy=" + sessions.policy());
            assertEquals(0, attached.code(), attached::toString);
            sessions.does("a", "run INSERT INTO t VALUES (1)");
            sessions.become("on", true);
            sessions.isRefused("a", "run INSERT INTO t VALUES (1)");
            sessions.isRefused("a", "update DELETE FROM t");
            Cli.Outcome detached = new Cli().run("detach", Long.toString(sessions.pid()));
            assertEquals(0, detached.code(), detached::toString);
            sessions.does("a", "run INSERT INTO t VALUES (1)");
        }
    }

    @Test
    void notGuarded_nothingIsLoadedForIt() {
        try (Sessions sessions = Sessions.start(
                JARS, "http", REFUSE, "-Dmaintenance.enable=true", "-Xlog:class+load:file=classes.log")) {
            sessions.does("a", "open plain " + ENGINES.get("h2"));
            sessions.does("a", "update CREATE TABLE t (a INT)");
            List<String> loaded = sessions.loaded();
            assertTrue(
                    loaded.stream().anyMatch(line -> line.contains(" org.h2.jdbc.JdbcStatement ")), "not understood");
            assertEquals(
                    List.of(),
                    loaded.stream()
                            .filter(line -> line.contains(" io.maintenanceagent.work.jdbc.")
                                    || line.contains(" io.maintenanceagent.entrypoint.WorkEntryPoint "))
                            .toList());
        }
    }
}
