package io.maintenanceagent.intercept;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class AdmittedThreadsTest {

    private final AdmittedThreads admitted = new AdmittedThreads();

    private boolean shows() {
        return admitted.mayShowErrorPage(1000, 5000);
    }

    @Test
    void errorPage_afterAnEntry_once() {
        assertFalse(shows());
        admitted.entryEnds();
        assertTrue(shows());
        assertFalse(shows());
    }

    @Test
    void errorPage_afterARequestThatNobodyLetIn_never() {
        admitted.entryEnds();
        admitted.requestBegins();
        assertFalse(shows());
    }

    @Test
    void errorPage_onAnotherThread_never() throws InterruptedException {
        Thread other = new Thread(admitted::entryEnds);
        other.start();
        other.join();
        assertFalse(shows());
    }

    @Test
    void errorPage_asMaintenanceBegins_passes() {
        assertTrue(admitted.mayShowErrorPage(1000, 1001));
        assertFalse(admitted.mayShowErrorPage(1000, 900), "the clock was set back");
    }
}
