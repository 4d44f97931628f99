package io.maintenanceagent.work.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.work.ApplicationFrame;
import io.maintenanceagent.work.Writer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who has written, and how often. */
class WritersTest {

    private final Writers writers = new Writers();

    @Test
    void callers_areCounted_whoDidMostFirst() {
        writers.add("com.acme.A.a", "one", 1);
        writers.add("com.acme.B.b", "two", 2);
        writers.add("com.acme.B.b", "three", 3);
        List<Writer> list = writers.list();
        assertEquals(2, list.size());
        assertEquals("com.acme.B.b", list.get(0).caller());
        assertEquals("three", list.get(0).thread());
        assertEquals(2, list.get(0).count());
        assertEquals(3, list.get(0).lastMillis());
        assertEquals("com.acme.A.a", list.get(1).caller());
        writers.clear();
        assertEquals(List.of(), writers.list());
    }

    @Test
    void manyCallers_areSummedUp() {
        for (int i = 0; i < 1000; i++) {
            writers.add("com.acme.A.a" + i, "t".repeat(1000), i);
        }
        List<Writer> list = writers.list();
        assertEquals(Writers.MAX + 1, list.size());
        assertEquals(Writers.OTHERS, list.get(0).caller());
        assertEquals(1000 - Writers.MAX, list.get(0).count());
        assertTrue(list.get(0).thread().length() <= 100);
    }

    @Test
    void applicationFrame_isTheFirstOfNobodyElses() {
        StackTraceElement own = frame("com.acme.Ledger", "lambda$book$1");
        assertEquals(own, ApplicationFrame.of(new StackTraceElement[] {
            frame("org.postgresql.jdbc.PgStatement", "executeUpdate"),
            frame("com.zaxxer.hikari.pool.ProxyStatement", "executeUpdate"),
            frame("org.springframework.jdbc.core.JdbcTemplate", "update"),
            frame("com.acme.Ledger$$SpringCGLIB$$0", "book"),
            frame("com.sun.proxy.$Proxy17", "book"),
            own,
            frame("com.acme.Job", "run"),
            frame("java.lang.Thread", "run")
        }));
        assertEquals("com.acme.Ledger.book", ApplicationFrame.name(own));
        assertEquals("A.b", ApplicationFrame.name(frame("A", "b")));
    }

    @Test
    void applicationFrame_ofNobody_isThatOfAFramework() {
        StackTraceElement job = frame("org.quartz.impl.jdbcjobstore.StdJDBCDelegate", "updateTrigger");
        assertEquals(job, ApplicationFrame.of(new StackTraceElement[] {frame("org.h2.jdbc.JdbcStatement", "x"), job}));
        assertNull(ApplicationFrame.of(new StackTraceElement[] {frame("java.lang.Thread", "run")}));
        assertNull(ApplicationFrame.of(new StackTraceElement[0]));
    }

    private static StackTraceElement frame(String className, String method) {
        return new StackTraceElement(className, method, null, -1);
    }
}
