package io.maintenanceagent.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.maintenanceagent.report.ErrorReporter;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class HangDetectorTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ErrorReporter errors = new ErrorReporter(new PrintStream(out, true));
    private long job;

    private final HangDetector detector = new HangDetector(errors, 0, new HangDetector.Watched() {
        @Override
        public long job() {
            return job;
        }

        @Override
        public String name() {
            return "audit";
        }

        @Override
        public String hangs() {
            return "the audit hangs";
        }
    });

    private String said(int looks) {
        for (int i = 0; i < looks; i++) {
            detector.look();
        }
        errors.flush();
        String said = out.toString();
        out.reset();
        return said;
    }

    @Test
    void look_sameJobTenTimes_saysSoOnceUntilItComesBack() {
        job = 1;
        assertEquals("", said(10));
        assertEquals("maintenance-agent: the audit hangs\n", said(1));
        assertEquals("", said(50));
        job = 2;
        assertEquals("", said(10));
        assertEquals("maintenance-agent: the audit hangs\n", said(1));
    }

    @Test
    void look_otherJobsOrNone_saysNothing() {
        for (job = 1; job < 100; job++) {
            assertEquals("", said(1));
        }
        job = HangDetector.Watched.IDLE;
        assertEquals("", said(100));
    }

    /** Two looks that are an hour apart are two looks: the JVM was stopped, or the machine slept. */
    @Test
    void look_countsLooksAndNoTime() {
        HangDetector seldom = new HangDetector(errors, Long.MAX_VALUE);
        seldom.look();
        assertEquals("", said(3));
    }
}
