package io.maintenanceagent.tests.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.tests.harness.Await;
import io.maintenanceagent.tests.harness.Project;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A real PostgreSQL: its write-ahead log stands still in maintenance, whoever tries to write. */
final class PostgresTest {

    private static final String REFUSE = "{\"jdbc\": \"refuse\"}";

    /** Pool, auto-commit, how, and the statement. */
    private static final List<String> WRITERS = List.of(
            "plain true update /* a comment */ INSERT INTO t (a) VALUES (1)",
            "hikari true prepared UPDATE t SET a = a + 1 WHERE id = (SELECT min(id) FROM t)",
            "dbcp false prepared-batch INSERT INTO t (a) VALUES (2)",
            "tomcat true prepared-query INSERT INTO t (a) VALUES (3) RETURNING id",
            "c3p0 false execute WITH old AS (DELETE FROM t WHERE a = 4 RETURNING id) SELECT count(*) FROM old",
            "hikari true query SELECT nextval('s')",
            "hikari true copy COPY t (a) FROM STDIN",
            "proxy false call CALL p(5)");

    private static List<Path> jars() {
        List<Path> jars = new ArrayList<>(Project.serverJars("databases"));
        jars.addAll(Project.serverJars("databases-more"));
        return jars;
    }

    @Test
    void writeAheadLog_standsStill_whileWritersOfAllKindsTry() throws InterruptedException {
        try (Postgres postgres = Postgres.start();
                Sessions sessions = Sessions.start(jars(), "http+jdbc", REFUSE)) {
            postgres.ask("CREATE TABLE t (id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, a INT)");
            postgres.ask("CREATE SEQUENCE s");
            postgres.ask("CREATE PROCEDURE p(x INT) LANGUAGE SQL AS 'INSERT INTO t (a) VALUES (x)'");
            sessions.does("begun", "open hikari " + postgres.url());
            sessions.does("begun", "autocommit false");
            for (int i = 0; i < WRITERS.size(); i++) {
                sessions.does("w" + i, "loop " + postgres.url() + " " + WRITERS.get(i));
            }
            for (int i = 0; i < WRITERS.size(); i++) {
                String writer = "w" + i;
                Await.until(
                        Sessions.LIMIT,
                        () -> writer + " has not written",
                        () -> !sessions.tell(writer, "counts").contains(" 0 written"));
            }
            sessions.does("begun", "update INSERT INTO t (a) VALUES (100)");
            sessions.become("{\"enabled\": true, \"message\": \"moving\"}", true);
            Thread.sleep(500);
            assertTrue(sessions.report().contains("\"drained\":false"), "a transaction is open: " + sessions.report());
            sessions.does("begun", "update INSERT INTO t (a) VALUES (101)");
            sessions.does("begun", "commit");
            sessions.awaitReport("\"drained\":true");
            assertEquals("2", postgres.ask("SELECT count(*) FROM t WHERE a IN (100, 101)"));

            String position = postgres.walPosition();
            List<Long> refusedBefore = refused(sessions);
            Thread.sleep(3000);
            List<Long> refused = refused(sessions);
            assertEquals(position, postgres.walPosition());
            for (int i = 0; i < WRITERS.size(); i++) {
                assertTrue(refused.get(i) > refusedBefore.get(i), WRITERS.get(i) + " has not tried");
            }
            sessions.isRefused("begun", "update INSERT INTO t (a) VALUES (102)");
            sessions.does("begun", "rollback");
            sessions.does("begun", "query SELECT count(*) FROM t");

            sessions.become("off", false);
            Await.until(
                    Duration.ofSeconds(20),
                    () -> "nobody writes",
                    () -> !postgres.walPosition().equals(position));
            assertNotEquals(position, postgres.walPosition());
            sessions.assertSaid(List.of());
        }
    }

    private static List<Long> refused(Sessions sessions) {
        List<Long> refused = new ArrayList<>();
        for (int i = 0; i < WRITERS.size(); i++) {
            String counts = sessions.does("w" + i, "counts"); // ok N written, M refused
            refused.add(Long.parseLong(counts.split(" ")[3]));
        }
        return refused;
    }

    @Test
    void driversAndPools_areWovenAndVerified() {
        try (Sessions sessions = Sessions.start(jars(), "http+schedules+messages+jdbc", REFUSE)) {
            for (Path jar : jars()) {
                String linked = sessions.does("all", "link " + jar);
                assertTrue(linked.matches("ok [1-9].*"), jar + ": " + linked);
            }
            sessions.assertSaid(List.of());
        }
    }
}
