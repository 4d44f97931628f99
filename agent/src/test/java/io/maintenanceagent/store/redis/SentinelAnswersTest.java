package io.maintenanceagent.store.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.store.remote.Endpoint;
import org.junit.jupiter.api.Test;

class SentinelAnswersTest {

    private static final Endpoint OLD = new Endpoint("old", 1);
    private static final Endpoint NEW = new Endpoint("new", 2);

    private final SentinelAnswers three = new SentinelAnswers("main", 3);

    @Test
    void master_highestEpoch_isBelieved() throws RedisProblem {
        three.master(OLD, 4);
        three.master(NEW, 5);
        three.master(OLD, 4);
        assertEquals(NEW, three.master());
        assertEquals(5, three.epoch());
    }

    @Test
    void master_fewerThanHalf_isNot() {
        three.master(OLD, 4);
        three.failed("cannot be reached (h:1: Connection refused)");
        three.failed("cannot be reached (h:2: no answer in time)");
        assertEquals(
                "cannot confirm the master: it takes answers of most of the 3 sentinels, and one of them cannot be"
                        + " reached (h:1: Connection refused)",
                assertThrows(RedisProblem.class, three::master).getMessage());
    }

    @Test
    void master_halfOfTwo_isNot() throws RedisProblem {
        SentinelAnswers two = new SentinelAnswers("main", 2);
        two.master(OLD, 4);
        assertThrows(RedisProblem.class, two::master);
        two.master(OLD, 4);
        assertEquals(OLD, two.master());
    }

    @Test
    void master_unknownName_saysWhatIsAllowed() throws RedisProblem {
        three.unknown();
        three.unknown();
        String message = assertThrows(RedisProblem.class, three::master).getMessage();
        assertTrue(message.startsWith("has no master of the name \"main\", say the sentinels; allowed: "), message);
    }

    @Test
    void master_oneStranger_doesNotMatter() throws RedisProblem {
        three.unknown();
        three.master(OLD, 4);
        three.master(OLD, 4);
        assertEquals(OLD, three.master());
    }
}
