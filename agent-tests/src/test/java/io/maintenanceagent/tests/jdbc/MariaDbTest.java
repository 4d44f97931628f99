package io.maintenanceagent.tests.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.tests.harness.Project;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** MariaDB's driver and MySQL's, with a real MariaDB. */
final class MariaDbTest {

    private static final String REFUSE = "{\"jdbc\": \"refuse\"}";

    private static final String WRITE = "UPDATE t SET a = a + 1";

    /** Driver and pool. */
    private static final List<String[]> DRIVERS =
            List.of(new String[] {"mariadb", "hikari"}, new String[] {"mysql", "dbcp"});

    private static final List<String> WRITES = List.of(
            "update " + WRITE,
            "execute " + WRITE,
            "batch " + WRITE,
            "prepared " + WRITE,
            "prepared-execute " + WRITE,
            "prepared-batch " + WRITE,
            "update REPLACE INTO t VALUES (1, 9)",
            "execute /*!50001 INSERT INTO t VALUES (9, 9) */",
            "query INSERT INTO t VALUES (9, 9) RETURNING id",
            "row SELECT id, a FROM t",
            "update TRUNCATE TABLE t",
            "call {call p()}");

    private static List<Path> jars() {
        List<Path> jars = new ArrayList<>(Project.serverJars("databases"));
        jars.addAll(Project.serverJars("databases-more"));
        return jars;
    }

    @Test
    void refuse_stopsWrites_butNotWhatBeganBefore() {
        try (MariaDb database = MariaDb.start();
                Sessions sessions = Sessions.start(jars(), "http+jdbc", REFUSE)) {
            sessions.does("mariadb", "open plain " + database.url("mariadb"));
            sessions.does("mariadb", "update CREATE TABLE t (id INT PRIMARY KEY, a INT)");
            sessions.does("mariadb", "update CREATE PROCEDURE p() INSERT INTO t VALUES (8, 8)");
            sessions.does("mariadb", "update INSERT INTO t VALUES (1, 1)");
            sessions.does("mysql", "open plain " + database.url("mysql"));
            for (int i = 0; i < DRIVERS.size(); i++) {
                String driver = DRIVERS.get(i)[0];
                sessions.does(driver + "-begun", "open " + DRIVERS.get(i)[1] + " " + database.url(driver));
                sessions.does(driver + "-begun", "autocommit false");
                sessions.does(driver + "-begun", "prepared INSERT INTO t VALUES (" + (20 + i) + ", 1)");
            }
            sessions.become("{\"enabled\": true}", true);
            sessions.awaitReport("\"jdbc\":{\"inFlight\":2,\"blocking\":2");
            for (int i = 0; i < DRIVERS.size(); i++) {
                String driver = DRIVERS.get(i)[0];
                for (String write : WRITES) {
                    sessions.isRefused(driver, write);
                }
                sessions.does(driver + "-begun", "prepared INSERT INTO t VALUES (" + (30 + i) + ", 1)");
                sessions.does(driver + "-begun", "commit");
                sessions.isRefused(driver + "-begun", "prepared " + WRITE);
                sessions.does(driver + "-begun", "rollback");
            }
            for (String[] driver : DRIVERS) {
                sessions.does(driver[0], "query SELECT a FROM t FOR UPDATE");
                assertEquals("ok 5", sessions.does(driver[0], "query SELECT COUNT(*) FROM t"));
                assertEquals("ok 5", sessions.does(driver[0], "prepared-query SELECT SUM(a) FROM t"));
            }
            sessions.awaitReport("\"drained\":true");
            sessions.become("off", false);
            for (String[] driver : DRIVERS) {
                sessions.does(driver[0], "prepared " + WRITE);
            }
            sessions.assertSaid(List.of());
        }
    }

    @Test
    void watch_namesTheApplicationsOwnFrame() {
        try (MariaDb database = MariaDb.start();
                Sessions sessions = Sessions.start(jars(), "jdbc", "{}")) {
            for (String[] driver : DRIVERS) {
                sessions.does(driver[0], "open " + driver[1] + " " + database.url(driver[0]));
            }
            sessions.does("mariadb", "update CREATE TABLE t (a INT)");
            sessions.become("on", true);
            for (String[] driver : DRIVERS) {
                sessions.does(driver[0], "prepared INSERT INTO t VALUES (1)");
                String report = sessions.awaitReport("\"thread\":\"session-" + driver[0] + "\"");
                assertTrue(report.contains("\"caller\":\"shop.Ledger.book\""), report);
            }
        }
    }
}
