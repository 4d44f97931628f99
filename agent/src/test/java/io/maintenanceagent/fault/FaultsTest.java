package io.maintenanceagent.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class FaultsTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Faults faults = new Faults(new PrintStream(out, true));

    private String said() {
        faults.flush();
        String text = out.toString();
        out.reset();
        return text;
    }

    @Test
    void saysAFaultOnceUntilItChangesOrEnds() {
        faults.report("file", "bad");
        faults.report("file", "bad");
        assertEquals("maintenance-agent: bad\n", said());
        faults.report("file", "bad");
        assertEquals("", said());
        faults.report("file", "worse");
        assertEquals("maintenance-agent: worse\n", said());
        faults.resolve("file");
        faults.report("file", "worse");
        assertEquals("maintenance-agent: worse\n", said());
        assertEquals(5, faults.count());
        assertEquals("worse", faults.last());
    }

    @Test
    void keepsALineOneLine() {
        faults.report("file", "a\nb\u001b[31m");
        assertEquals("maintenance-agent: a b [31m\n", said());
    }

    @Test
    void remembersABoundedNumberOfSubjects() {
        for (int i = 0; i < 5000; i++) {
            faults.report("class " + i, "line " + i);
        }
        assertEquals(1000, said().lines().count());
    }

    @Test
    void waitsForNobodyWhoReadsNothing() throws Exception {
        PipedOutputStream pipe = new PipedOutputStream(new PipedInputStream(1));
        Faults stuck = new Faults(new PrintStream(pipe, true));
        stuck.report("a", "one line");
        stuck.flush();
        stuck.report("b", "another");
        long begin = System.nanoTime();
        stuck.flush();
        assertTrue(System.nanoTime() - begin < 400_000_000L, "the second does not wait at all");
    }
}
