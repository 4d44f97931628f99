package io.maintenanceagent.work.jdbc;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.maintenanceagent.fuzz.Fuzz;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Any text has an effect, soon; and a writing statement before it, or behind it where it reads, makes it write. */
class SqlEffectFuzzTest {

    @FuzzTest(maxDuration = "5m")
    void of_anyText_doesNotThrow(byte[] content) {
        read(content);
    }

    @Test
    void of_mutations_doesNotThrow() {
        Fuzz.run(
                "SQL",
                SqlEffectFuzzTest::read,
                "/* a /* b */ c */ WITH x AS (DELETE FROM t RETURNING *) SELECT * FROM x -- y\n; COMMIT",
                "SELECT $a$ it's $a$, E'\\'', \"q\"\"r\", `s` FROM t WHERE a = 'b''c' # d\n FOR UPDATE",
                "EXPLAIN (ANALYZE, FORMAT json) UPDATE t SET a = $1 WHERE b = :c",
                "{? = call p(?, ?)}",
                "/*!50001 COPY t (a) FROM STDIN */",
                "DECLARE c CURSOR FOR SELECT 1; BEGIN; ROLLBACK AND CHAIN; XA START 'x'");
    }

    private static void read(byte[] content) {
        String sql = new String(content, StandardCharsets.UTF_8);
        int effect = SqlEffect.of(sql);
        assertTrue(effect >= 0 && effect <= SqlEffect.QUERIES);
        assertTrue((SqlEffect.of("DELETE FROM t;" + sql) & SqlEffect.WRITES) != 0, "behind a writing statement");
    }
}
