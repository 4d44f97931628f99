package io.maintenanceagent.extension;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.api.Exemption;
import io.maintenanceagent.api.RequestView;
import io.maintenanceagent.report.ErrorReporter;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class GuardedExemptionTest {

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final ErrorReporter errors = new ErrorReporter(new PrintStream(said));

    private static final class Broken implements Exemption {
        private int calls;

        @Override
        public boolean exempts(RequestView request) {
            throw new NoClassDefFoundError("what a client sent, " + calls++);
        }
    }

    @Test
    void exempts_extensionThrows_falseAndReportedOnce() {
        Exemption guarded = new GuardedExemption(new Broken(), errors);
        assertFalse(guarded.exempts(null));
        assertFalse(guarded.exempts(null));
        errors.flush();
        assertEquals(
                "maintenance-agent: extension io.maintenanceagent.extension.GuardedExemptionTest$Broken failed"
                        + " (java.lang.NoClassDefFoundError); it exempts nobody then\n",
                said.toString());
    }

    @Test
    void exempts_extensionAnswers_sameAnswer() {
        assertTrue(new GuardedExemption(request -> true, errors).exempts(null));
        assertFalse(new GuardedExemption(request -> false, errors).exempts(null));
    }
}
