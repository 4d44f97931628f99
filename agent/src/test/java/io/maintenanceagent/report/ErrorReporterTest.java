package io.maintenanceagent.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class ErrorReporterTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ErrorReporter errors = new ErrorReporter(new PrintStream(out, true));

    private String said() {
        errors.flush();
        String text = out.toString();
        out.reset();
        return text;
    }

    @Test
    void report_sameFault_isPrintedOnceUntilItChangesOrEnds() {
        errors.report("file", "bad");
        errors.report("file", "bad");
        assertEquals("maintenance-agent: bad\n", said());
        errors.report("file", "bad");
        assertEquals("", said());
        errors.report("file", "worse");
        assertEquals("maintenance-agent: worse\n", said());
        errors.resolve("file");
        errors.report("file", "worse");
        assertEquals("maintenance-agent: worse\n", said());
        assertEquals(5, errors.count());
        assertEquals("worse", errors.last());
    }

    @Test
    void lastSince_sameLineAgain_isWhenItCameFirst() throws InterruptedException {
        long before = System.currentTimeMillis();
        errors.report("file", "bad");
        long since = errors.lastSinceMillis();
        assertTrue(since >= before && since <= System.currentTimeMillis());
        Thread.sleep(20);
        errors.report("file", "bad");
        assertEquals(since, errors.lastSinceMillis());
        errors.report("file", "worse");
        assertTrue(errors.lastSinceMillis() > since);
    }

    @Test
    void report_lineBreaks_areReplaced() {
        errors.report("file", "a\nb\u001b[31m");
        assertEquals("maintenance-agent: a b [31m\n", said());
    }

    @Test
    void report_manyLines_keepsABoundedNumber() {
        for (int i = 0; i < 5000; i++) {
            errors.report("class " + i, "line " + i);
        }
        String said = said();
        assertEquals(1001, said.lines().count());
        assertTrue(
                said.endsWith("maintenance-agent: 4000 more lines were not printed, as they came faster than they "
                        + "could be\n"),
                said);
        errors.report("file", "bad");
        assertEquals("maintenance-agent: bad\n", said(), "whatever came before");
    }

    @Test
    void reportOnce_differentLines_printsTheFirst() {
        for (int i = 0; i < 100; i++) {
            errors.reportOnce("gate", "another text: " + i);
        }
        assertEquals("maintenance-agent: another text: 0\n", said());
        assertEquals(100, errors.count());
    }

    @Test
    void flush_streamThatBlocks_timesOut() throws Exception {
        try (PipedInputStream unread = new PipedInputStream(1)) {
            ErrorReporter stuck = new ErrorReporter(new PrintStream(new PipedOutputStream(unread), true));
            stuck.report("a", "one line");
            stuck.flush();
            stuck.report("b", "another");
            long begin = System.nanoTime();
            stuck.flush();
            assertTrue(System.nanoTime() - begin < 400_000_000L, "the second does not wait at all");
        }
    }

    @Test
    void print_streamThatBlocks_returnsAtOnce() throws Exception {
        try (PipedInputStream unread = new PipedInputStream(1)) {
            ErrorReporter stuck = new ErrorReporter(new PrintStream(new PipedOutputStream(unread), true));
            stuck.report("a", "one line");
            long begin = System.nanoTime();
            stuck.print();
            assertTrue(System.nanoTime() - begin < 400_000_000L, "a flush waits for half a second");
        }
    }

    @Test
    void print_streamThatThrows_printsTheNextLine() throws Exception {
        int[] lines = {0};
        PrintStream broken = new PrintStream(out, true) {
            @Override
            public void println(String line) {
                if (lines[0]++ == 0) {
                    throw new IllegalStateException("as asked");
                }
                super.println(line);
            }
        };
        ErrorReporter reporter = new ErrorReporter(broken);
        reporter.report("a", "lost");
        reporter.report("b", "printed");
        reporter.flush();
        assertEquals("maintenance-agent: printed\n", out.toString());
    }
}
