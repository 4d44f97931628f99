package io.maintenanceagent.work.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which statements write. */
class SqlEffectTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO t VALUES (1)",
                "update t set a = 1",
                "Delete From t",
                "MERGE INTO t USING s ON t.id = s.id WHEN MATCHED THEN UPDATE SET a = 1",
                "REPLACE INTO t VALUES (1)",
                "UPSERT INTO t VALUES (1)",
                "TRUNCATE TABLE t",
                "INSERT INTO t VALUES (1) RETURNING id",
                // behind whatever
                "  \t\r\n insert into t values (1)",
                "\ufeffinsert into t values (1)",
                "-- a comment\ninsert into t values (1)",
                "--\ninsert into t values (1)",
                "-- it's\ninsert into t values (1)",
                "/* a comment */ insert into t values (1)",
                "/* insert order: com.acme.Order */insert into t values (1)",
                "/* a /* nested */ one */ delete from t",
                "/* not closed twice /* in MySQL */ delete from t",
                "# a comment of MySQL's\ndelete from t",
                "# it's one\n# and another\n delete from t",
                "/*! delete from t */",
                "/*!50001 delete */ from t",
                "/*M!100100 delete */ from t",
                "(insert into t values (1))",
                ";;insert into t values (1)",
                // WITH
                "WITH a AS (SELECT 1) INSERT INTO t SELECT * FROM a",
                "with a as (select 1) update t set x = 1",
                "with a(x, y) as (select 1, 2), b as (select 2) delete from t using a",
                "with a as (select 1) merge into t using a on a.x = t.x when matched then delete",
                "WITH gone AS (DELETE FROM t RETURNING *) SELECT * FROM gone",
                "WITH gone AS MATERIALIZED (/* all */ DELETE FROM t RETURNING *) SELECT * FROM gone",
                "WITH a AS (SELECT 1), b AS (INSERT INTO t SELECT 1 RETURNING id) SELECT * FROM a, b",
                "WITH a AS (UPDATE t SET x = 1 RETURNING *) SELECT * FROM a FOR UPDATE",
                "with a as (update \"t\" set x = 1 returning *) select 1",
                "WITH RECURSIVE t AS (SELECT 1) SEARCH DEPTH FIRST BY a SET b INSERT INTO x SELECT * FROM t",
                "SELECT id FROM FINAL TABLE (INSERT INTO t (a) VALUES (1))",
                "SELECT id FROM OLD TABLE (DELETE FROM t)",
                // several
                "SELECT 1; DELETE FROM t",
                "SELECT ';' ; DELETE FROM t",
                "SELECT 1;\n-- then\nUPDATE t SET a = 1;",
                "BEGIN; INSERT INTO t VALUES (1); COMMIT",
                "SET search_path = x; CREATE TABLE t (a int)",
                "SET NOCOUNT ON INSERT INTO t VALUES (1) SELECT @@IDENTITY",
                "SET NOCOUNT ON UPDATE t SET a = 1",
                "SELECT 1 INSERT INTO t VALUES (1)",
                "DECLARE @x int = 1; INSERT INTO t VALUES (@x)",
                // DDL and the like
                "CREATE TABLE t (a int)",
                "CREATE TEMP TABLE t AS SELECT 1",
                "ALTER TABLE t ADD b int",
                "DROP TABLE t",
                "COMMENT ON TABLE t IS 'x'",
                "GRANT SELECT ON t TO u",
                "REVOKE ALL ON t FROM u",
                "VACUUM FULL t",
                "ANALYZE t",
                "REINDEX TABLE t",
                "REFRESH MATERIALIZED VIEW v",
                "RENAME TABLE a TO b",
                "CHECKPOINT",
                "LOAD DATA INFILE 'x' INTO TABLE t",
                "IMPORT FOREIGN SCHEMA x FROM SERVER y INTO z",
                "SELECT * INTO copy FROM t",
                "SELECT a, b INTO TEMP copy FROM t",
                "SELECT a FROM t INTO OUTFILE '/tmp/x'",
                // calls
                "CALL p()",
                "{call p(?)}",
                "{ call p }",
                "{?=call p(?)}",
                "{ ? = CALL p() }",
                "? = call p()",
                "EXEC p",
                "EXECUTE p",
                "EXECUTE IMMEDIATE 'DROP TABLE t'",
                "DO $$ BEGIN DELETE FROM t; END $$",
                "BEGIN DELETE FROM t; END;",
                "BEGIN p(:1); END;",
                "DECLARE n NUMBER; BEGIN UPDATE t SET a = n; END;",
                // EXPLAIN and COPY
                "EXPLAIN ANALYZE INSERT INTO t VALUES (1)",
                "EXPLAIN (ANALYZE, BUFFERS) DELETE FROM t",
                "explain (format json, analyze) with a as (delete from t returning *) select * from a",
                "EXPLAIN ANALYZE VERBOSE UPDATE t SET a = 1",
                "DESCRIBE ANALYZE UPDATE t SET a = 1",
                "COPY t FROM STDIN",
                "COPY t (a, b) FROM '/tmp/x' WITH (FORMAT csv)",
                "COPY (INSERT INTO t VALUES (1) RETURNING id) TO STDOUT",
                "COPY INTO t",
                // sequences
                "SELECT nextval('s')",
                "select setval('s', 1)",
                "SELECT s.NEXTVAL FROM dual",
                "VALUES NEXT VALUE FOR s",
                "CALL NEXT VALUE FOR s",
                // what nobody knows
                "FROBNICATE t",
                "'text'",
                "\"t\"",
                ":x",
                "LÖSCHE t",
                "BEGINNING",
                "SELECTED",
                "SELEC",
                "START SLAVE",
                // strings and quotes
                "SELECT 'a''b'; DELETE FROM t",
                "SELECT 'a\\'; DELETE FROM t; --'",
                "SELECT 'a\\'b'; DELETE FROM t",
                "SELECT E'a\\'b'; DELETE FROM t",
                "SELECT \"a\"\"b\"; DELETE FROM t",
                "SELECT `a'b`; DELETE FROM t",
                "SELECT $$ it's $$; DELETE FROM t",
                "SELECT $x$ $$ ' $x$; DELETE FROM t",
                "SELECT 1--2; DELETE FROM t",
                "SELECT $1; DELETE FROM t"
            })
    void writing(String sql) {
        assertWrites(true, sql);
        assertWrites(true, sql + " ");
        assertWrites(true, "\n/* a */ " + sql);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ";",
                "-- ping",
                "/* ping */",
                "/* ping */ SELECT 1",
                "# ping\nSELECT 1",
                "# it's here\nSELECT 1",
                "SELECT 1",
                "select * from t where a = 'delete from t'",
                "SELECT * FROM t; ",
                "SELECT 1; SELECT 2",
                "(SELECT 1) UNION (SELECT 2)",
                "((select 1))",
                "SELECT * FROM t FOR UPDATE",
                "SELECT * FROM t WHERE a IN (1, 2) FOR UPDATE SKIP LOCKED",
                "SELECT * FROM t FOR NO KEY UPDATE OF t NOWAIT",
                "WITH a AS (SELECT 1) SELECT * FROM a",
                "WITH a AS (SELECT * FROM t FOR UPDATE) SELECT * FROM a FOR UPDATE OF a",
                "WITH RECURSIVE a(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM a) TABLE a",
                "VALUES 1",
                "VALUES (1), (2)",
                "TABLE t",
                "SHOW TABLES",
                "SET search_path = x",
                "SET NAMES utf8mb4",
                "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY",
                "RESET ALL",
                "DISCARD ALL",
                "USE shop",
                "ALTER SESSION SET NLS_DATE_FORMAT = 'YYYY'",
                "DECLARE c CURSOR FOR SELECT * FROM t FOR UPDATE",
                "DECLARE c BINARY INSENSITIVE NO SCROLL CURSOR WITH HOLD FOR SELECT 1",
                "FETCH 10 FROM c",
                "CLOSE c",
                "LISTEN x",
                "PREPARE p AS INSERT INTO t VALUES (1)",
                "DEALLOCATE p",
                "LOCK TABLE t IN EXCLUSIVE MODE",
                "BEGIN",
                "BEGIN;",
                "BEGIN TRANSACTION ISOLATION LEVEL SERIALIZABLE",
                "BEGIN READ ONLY",
                "START TRANSACTION",
                "COMMIT",
                "ROLLBACK TO SAVEPOINT a",
                "SAVEPOINT a",
                "RELEASE SAVEPOINT a",
                "END",
                "COMMIT PREPARED 'x'",
                "XA START 'x'",
                "EXPLAIN INSERT INTO t VALUES (1)",
                "EXPLAIN (VERBOSE, FORMAT json) DELETE FROM t",
                "EXPLAIN FORMAT=JSON UPDATE t SET a = 1",
                "EXPLAIN PLAN FOR DELETE FROM t",
                "EXPLAIN ANALYZE SELECT * FROM t FOR UPDATE",
                "EXPLAIN t",
                "DESC t",
                "COPY t TO STDOUT",
                "COPY (SELECT * FROM t) TO '/tmp/x'",
                "CALL NOW()",
                "CALL CURRENT_TIMESTAMP",
                "call 1",
                // words that are none, and names like verbs
                "SELECT \"delete\" FROM t",
                "SELECT delete FROM t",
                "SELECT t.delete FROM t",
                "SELECT a, update FROM t",
                "SELECT a AS insert FROM t",
                "SELECT INSERT('Quadratic', 3, 4, 'What')",
                "SELECT (INSERT('Quadratic', 3, 4, 'What'))",
                "SELECT REPLACE(a, 'b', 'c') FROM t",
                "SELECT deleted, updated_at, merge_id FROM inserts",
                "SELECT count(update) FROM t",
                "SELECT currval('s'), lastval()",
                "SELECT a INTO @x FROM t",
                "SELECT 'x; DELETE FROM t'",
                "SELECT 'a''; DELETE FROM t'",
                "SELECT E'a\\'; DELETE FROM t'",
                "SELECT \"x; DELETE FROM t\"",
                "SELECT `x; DELETE FROM t`",
                "SELECT $$; DELETE FROM t $$",
                "SELECT $a$; DELETE $$ FROM t $a$",
                "SELECT 1 -- ; DELETE FROM t",
                "SELECT 1 /* ; DELETE FROM t */",
                "SELECT 1 /* a /* b */ c */",
                "SELECT 1 /* DELETE FROM t",
                "SELECT 'DELETE FROM t",
                "SELECT data #>> '{a}' FROM t",
                "SELECT a ? 'b', c ->> 'd', e::text, f[1:2] FROM t WHERE g = :h AND i = @j AND k = $1",
                "SELECT U&'d\\0061t', N'x', x'1F', 1e5, 0x1F, 1_000 FROM t"
            })
    void reading(String sql) {
        assertWrites(false, sql);
        assertWrites(false, sql.toLowerCase(Locale.ROOT));
        assertWrites(false, "\n /* a */ " + sql);
    }

    @Test
    void nothing_doesNothing() {
        assertEquals(0, SqlEffect.of(null));
    }

    @Test
    void queries_areNoMore() {
        assertEquals(SqlEffect.QUERIES, SqlEffect.of("/* a */ (SELECT 1)"));
        assertEquals(SqlEffect.QUERIES, SqlEffect.of("WITH a AS (SELECT 1) SELECT * FROM a # all"));
        assertEquals(0, SqlEffect.of("SET a = 1"));
        assertEquals(SqlEffect.WRITES, SqlEffect.of("SELECT 1; DELETE FROM t"));
        assertEquals(SqlEffect.ENDS, SqlEffect.of("SELECT 1; ROLLBACK"));
    }

    @Test
    void transactions_beginAndEnd() {
        assertEquals(SqlEffect.BEGINS, SqlEffect.of("BEGIN"));
        assertEquals(SqlEffect.BEGINS, SqlEffect.of("start transaction read only"));
        assertEquals(SqlEffect.ENDS | SqlEffect.COMMITS, SqlEffect.of("COMMIT WORK"));
        assertEquals(SqlEffect.ENDS | SqlEffect.COMMITS, SqlEffect.of("END"));
        assertEquals(SqlEffect.ENDS, SqlEffect.of("ROLLBACK"));
        assertEquals(0, SqlEffect.of("ROLLBACK TO SAVEPOINT a"));
        assertEquals(0, SqlEffect.of("ROLLBACK PREPARED 'a'"));
        assertEquals(SqlEffect.ENDS | SqlEffect.BEGINS, SqlEffect.of("ROLLBACK AND CHAIN"));
        assertEquals(SqlEffect.ENDS | SqlEffect.COMMITS, SqlEffect.of("COMMIT AND NO CHAIN"));
        assertEquals(SqlEffect.ENDS | SqlEffect.COMMITS, SqlEffect.of("PREPARE TRANSACTION 'a'"));
        assertEquals(SqlEffect.ENDS, SqlEffect.of("XA COMMIT 'a'"));
        assertEquals(
                SqlEffect.WRITES | SqlEffect.ENDS | SqlEffect.COMMITS,
                SqlEffect.of("BEGIN; DELETE FROM t; SELECT 1; COMMIT;"));
        assertEquals(SqlEffect.WRITES | SqlEffect.BEGINS, SqlEffect.of("BEGIN; DELETE FROM t"));
    }

    @Test
    void largeTexts_takeAMoment() {
        String[] parts = {
            "(", "/*", "$a", "$$", "'\\", "a ", "#", "--x\n", "insert ", "with (", "; ", "explain analyze "
        };
        Assertions.assertTimeout(Duration.ofSeconds(20), () -> {
            for (String part : parts) {
                SqlEffect.of("SELECT " + part.repeat(1_000_000 / part.length()));
                SqlEffect.of(part.repeat(1_000_000 / part.length()));
            }
        });
        assertTrue(writes("SELECT " + "1, ".repeat(100_000) + "1; DELETE FROM t"));
    }

    private static void assertWrites(boolean expected, String sql) {
        assertEquals(expected, writes(sql), sql);
    }

    private static boolean writes(String sql) {
        return (SqlEffect.of(sql) & SqlEffect.WRITES) != 0;
    }
}
