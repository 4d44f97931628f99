package io.maintenanceagent.store.remote;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RevisionHistoryTest {

    private final RevisionHistory history = new RevisionHistory();

    @Test
    void neverThere_isNotLost() {
        assertFalse(history.isLost("a", 5));
        assertFalse(history.isLost("a", 3));
        assertFalse(history.isLost("b", 1));
    }

    @Test
    void deleted_isNotLost() {
        history.present("a", 5);
        assertFalse(history.isLost("a", 6));
        assertFalse(history.isLost("a", 1), "it was deleted before that");
    }

    @Test
    void clusterCountsLess_isLostUntilItIsWritten() {
        history.present("a", 5);
        assertTrue(history.isLost("a", 1));
        assertTrue(history.isLost("a", 9), "however much is written meanwhile");
        history.present("a", 10);
        assertFalse(history.isLost("a", 11));
    }

    @Test
    void otherCluster_isLost() {
        history.present("a", 5);
        assertTrue(history.isLost("b", 9));
        history.present(null, 7);
        assertFalse(history.isLost(null, 8));
    }
}
