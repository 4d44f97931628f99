package io.maintenanceagent.store.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ReadingHistoryTest {

    private static final long FOR_EVER = -1;

    /** Near the clock's overflow; its origin is arbitrary. */
    private static final long NOW = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(1);

    private static final String NO_HISTORY = "0000000000000000000000000000000000000000";

    private final ReadingHistory history = new ReadingHistory();

    @Test
    void believe_firstContent_isLast() {
        assertFalse(history.isLast(null), "nothing was read yet");
        believed("on", master("r1", "A", 100));
        assertTrue(history.isLast(bytes("on")));
        assertFalse(history.isLast(null));
        believed(null, master("r1", "A", 200));
        assertTrue(history.isLast(null));
    }

    @Test
    void believe_replica_isRefused() {
        refused(ReadingHistory.REPLICA, "on", new ReplicationInfo("run_id:r\r\nrole:slave\r\nmaster_replid:A"));
        believed("on", master("r1", "A", 100));
        refused(ReadingHistory.REPLICA, "off", new ReplicationInfo("run_id:r\nrole:slave\nmaster_replid:A"));
    }

    @Test
    void believe_deposedMaster_isRefused() {
        believed("off", master("r1", "A", 100));
        believed("on", promoted("r2", "B", "A", 151, 200));
        refused(ReadingHistory.DEPOSED, "off", master("r1", "A", 300));
        refused(ReadingHistory.DEPOSED, null, master("r1", "A", 300));
        believed("on", promoted("r2", "B", "A", 151, 250));
        believed("off", promoted("r1", "C", "B", 400, 500));
        refused(ReadingHistory.DEPOSED, "on", promoted("r2", "B", "A", 151, 600));
    }

    /** The change was seen at offset 100 or before; the promoted replica got up to 90 only. */
    @Test
    void believe_replicaThatLacksTheChange_isRefusedUntilItIsWritten() {
        believed("off", master("r1", "A", 50));
        believed("on", master("r1", "A", 100));
        ReplicationInfo behind = promoted("r2", "B", "A", 91, 200);
        refused(ReadingHistory.TAKEN_BACK, "off", behind);
        refused(ReadingHistory.TAKEN_BACK, "off", behind);
        refused(ReadingHistory.DEPOSED, "on", master("r1", "A", 100));
        believed("{}", behind);
        believed("off", behind);
    }

    @Test
    void believe_sameBytesWrittenAgain_areBelievedWhenAnnounced() {
        believed("on", master("r1", "A", 100));
        ReplicationInfo behind = promoted("r2", "B", "A", 91, 200);
        assertEquals(
                ReadingHistory.TAKEN_BACK,
                assertThrows(RedisProblem.class, () -> history.believe(bytes("off"), -1, behind, true, NOW))
                        .getMessage(),
                "announced by whom?");
        assertDoesNotThrow(() -> history.believe(bytes("off"), -1, behind, true, NOW));
    }

    @Test
    void believe_replicaThatLacksTheKey_isRefused() {
        believed("on", master("r1", "A", 100));
        refused(ReadingHistory.TAKEN_BACK, null, promoted("r2", "B", "A", 100, 200));
        believed("on", promoted("r2", "B", "A", 100, 300));
    }

    @Test
    void believe_completeReplica_isBelievedWhateverItSays() {
        believed("on", master("r1", "A", 100));
        believed(null, promoted("r2", "B", "A", 101, 200));
    }

    /** The offset of the last change counts, however often masters have changed since. */
    @Test
    void believe_chainOfReplicas_countsFromTheLastChange() {
        believed("on", master("r1", "A", 100));
        believed("on", promoted("r2", "B", "A", 150, 200));
        believed("off", promoted("r3", "C", "B", 180, 300));
        refused(ReadingHistory.TAKEN_BACK, "on", promoted("r4", "D", "C", 250, 400));
    }

    @Test
    void believe_newHistoryOfTheSameRun_isNoOtherServer() {
        believed("on", master("r1", "A", 100));
        believed(null, master("r1", "B", 200));
        believed("on", master("r1", "B", 300));
        believed("off", promoted("r2", "C", "B", 301, 400));
    }

    @Test
    void believe_absentInAnotherRun_isRefusedUntilItIsWritten() {
        believed("on", master("r1", "A", 100));
        refused(ReadingHistory.LOST, null, master("r2", "B", 0));
        refused(ReadingHistory.LOST, null, master("r3", "C", 0));
        believed("off", master("r3", "C", 10));
        believed(null, master("r3", "C", 20));
        believed(null, master("r1", "A", 100));
    }

    @Test
    void believe_backOnTheFirstServer_itsAbsenceIsBelieved() {
        believed("on", master("r1", "A", 100));
        refused(ReadingHistory.LOST, null, master("r2", "B", 0));
        believed(null, master("r1", "A", 100));
        believed(null, master("r2", "B", 0));
    }

    @Test
    void believe_expired_isNotLost() {
        assertDoesNotThrow(() -> history.believe(bytes("on"), 2_000, master("r1", "A", 100), false, NOW));
        assertEquals(
                ReadingHistory.LOST,
                assertThrows(
                                RedisProblem.class,
                                () -> history.believe(
                                        null,
                                        -2,
                                        master("r2", "B", 0),
                                        false,
                                        NOW + TimeUnit.MILLISECONDS.toNanos(1_999)))
                        .getMessage());
        assertDoesNotThrow(() ->
                history.believe(null, -2, master("r2", "B", 0), false, NOW + TimeUnit.MILLISECONDS.toNanos(2_000)));
    }

    @Test
    void believe_serverThatTellsNothing_isBelieved() {
        believed("on", ReplicationInfo.UNKNOWN);
        believed(null, ReplicationInfo.UNKNOWN);
        believed("on", ReplicationInfo.UNKNOWN);
        believed(null, master("r1", "A", 100));
        believed("on", master("r1", "A", 100));
        believed(null, ReplicationInfo.UNKNOWN);
    }

    private void believed(String content, ReplicationInfo info) {
        assertDoesNotThrow(() -> history.believe(bytes(content), FOR_EVER, info, false, NOW));
    }

    private void refused(String why, String content, ReplicationInfo info) {
        assertEquals(
                why,
                assertThrows(RedisProblem.class, () -> history.believe(bytes(content), FOR_EVER, info, false, NOW))
                        .getMessage());
    }

    private static ReplicationInfo master(String run, String history, long offset) {
        return promoted(run, history, NO_HISTORY, -1, offset);
    }

    private static ReplicationInfo promoted(String run, String history, String earlier, long until, long offset) {
        return new ReplicationInfo("# Server\r\nrun_id:" + run + "\r\n# Replication\r\nrole:master\r\n"
                + "connected_slaves:1\r\nmaster_replid:" + history + "\r\nmaster_replid2:" + earlier
                + "\r\nmaster_repl_offset:" + offset + "\r\nsecond_repl_offset:" + until + "\r\n");
    }

    private static byte[] bytes(String content) {
        return content == null ? null : content.getBytes(UTF_8);
    }
}
