package io.maintenanceagent.store.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.state.StateParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A store on a real server that is there. */
class RedisStoreTest {

    /** A little less than the store waits when it hears nothing. */
    private static final long WAIT_MILLIS = 190;

    private static TestRedis redis;

    private final RedisStore store = redis.store();

    @BeforeAll
    static void start() throws IOException {
        redis = TestRedis.open();
    }

    @AfterAll
    static void stop() throws IOException {
        redis.close();
    }

    @BeforeEach
    void empty() {
        redis.send("FLUSHALL");
        redis.send("CONFIG", "SET", "notify-keyspace-events", "");
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void read_key_isItsContent() throws IOException {
        assertNull(store.read());
        redis.send("SET", "m", "on");
        assertEquals("on", text(store.read()));
        redis.send("SET", "m", "");
        assertEquals("", text(store.read()));
        redis.send("DEL", "m");
        assertNull(store.read());
        redis.send("SET", "m", "off", "PX", "60000");
        assertEquals("off", text(store.read()));
        redis.send("FLUSHALL");
        assertNull(store.read());
    }

    @Test
    void read_databaseAndKey_areThoseOfTheUri() throws IOException {
        try (RedisStore other = TestRedis.store("redis://127.0.0.1:" + redis.port() + "/3?key=a%20%C3%A4")) {
            redis.send("SELECT", "3");
            redis.send("SET", "a ä", "on");
            redis.send("SELECT", "0");
            assertEquals("on", text(other.read()));
            assertNull(store.read());
        }
    }

    @Test
    void read_hugeValue_isCut() throws IOException {
        redis.send("SET", "m", "x".repeat(2 * StateParser.MAX_BYTES));
        assertEquals(StateParser.MAX_BYTES + 1, store.read().length);
        redis.send("SET", "m", "x".repeat(StateParser.MAX_BYTES));
        assertEquals(StateParser.MAX_BYTES, store.read().length);
    }

    @Test
    void read_otherType_failsAndRecovers() throws IOException {
        redis.send("LPUSH", "m", "on");
        String clause = "holds something else than a string; allowed: a string with a state";
        for (int i = 0; i < 3; i++) {
            assertEquals(clause, failure(store::read));
        }
        assertEquals(clause, failure(() -> store.compareAndSet(null, bytes("on"))));
        redis.send("DEL", "m");
        assertNull(store.read(), "without a pause");
        assertEquals(1, redis.stores().size(), "the same connection");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "none, none, none, true",
                "none, none, on, true",
                "on, on, off, true",
                "on, on, '', true",
                "'', '', on, true",
                "on, on, none, true",
                "on, none, off, false",
                "on, off, off, false",
                "on, '', off, false",
                "'', none, on, false",
                "none, '', on, false",
                "none, on, on, false",
            })
    void compareAndSet_content_writesOnlyIfExpected(String held, String expected, String content, boolean written)
            throws IOException {
        if (held != null) {
            redis.send("SET", "m", held);
        }
        assertEquals(written, store.compareAndSet(bytes(expected), bytes(content)));
        assertEquals(written ? content : held, text(store.read()));
    }

    @Test
    void compareAndSet_hugeOrBinaryContent_isReplaced() throws IOException {
        redis.send("SET", "m", "x".repeat(2 * StateParser.MAX_BYTES));
        byte[] binary = {0, -1, '\r', '\n', 0};
        assertTrue(store.compareAndSet(store.read(), binary));
        assertArrayEquals(binary, store.read());
        assertTrue(store.compareAndSet(binary, null));
    }

    @Test
    void compareAndSet_manyWriters_losesNoWrite() throws Exception {
        int writers = 8;
        int writes = 25;
        redis.send("SET", "m", "0");
        List<Callable<Void>> tasks = new ArrayList<>();
        for (int i = 0; i < writers; i++) {
            tasks.add(() -> {
                try (RedisStore mine = redis.store()) {
                    for (int done = 0; done < writes; ) {
                        byte[] held = mine.read();
                        if (mine.compareAndSet(held, bytes(String.valueOf(Integer.parseInt(text(held)) + 1)))) {
                            done++;
                        }
                    }
                }
                return null;
            });
        }
        ExecutorService threads = Executors.newFixedThreadPool(writers);
        for (Future<Void> task : threads.invokeAll(tasks)) {
            task.get();
        }
        threads.shutdown();
        assertEquals(writers * writes, Integer.parseInt(redis.text("GET", "m")));
    }

    @Test
    void awaitChange_noMessage_returnsForAPoll() throws Exception {
        settle();
        // Long enough for a ping, which is no news.
        for (int i = 0; i < 14; i++) {
            assertWaits();
        }
    }

    @Test
    void awaitChange_ownWriter_returnsAtOnce() throws Exception {
        settle();
        try (RedisStore writer = redis.store()) {
            assertHears(() -> assertTrue(writer.compareAndSet(writer.read(), bytes("on"))));
            assertHears(() -> assertTrue(writer.compareAndSet(writer.read(), null)));
        }
    }

    @Test
    void awaitChange_keyspaceNotifications_returnsAtOnce() throws Exception {
        redis.send("CONFIG", "SET", "notify-keyspace-events", "KA");
        settle();
        assertHears(() -> redis.send("SET", "m", "on"));
        redis.send("SET", "other", "on");
        assertWaits();
        assertHears(() -> redis.send("APPEND", "m", "."));
    }

    @Test
    void awaitChange_messageForAnotherKey_goesOnWaiting() throws Exception {
        settle();
        try (RedisStore other = TestRedis.store("redis://127.0.0.1:" + redis.port() + "/1?key=m")) {
            assertTrue(other.compareAndSet(null, bytes("on")));
        }
        assertWaits();
    }

    @Test
    void read_only_opensOneConnection() throws IOException {
        store.read();
        store.compareAndSet(null, bytes("on"));
        store.instances().reports();
        assertEquals(1, redis.stores().size());
    }

    @Test
    void close_connections_areClosed() throws Exception {
        settle();
        assertEquals(2, redis.stores().size());
        store.close();
        store.close();
        long end = System.nanoTime() + 30_000_000_000L;
        while (!redis.stores().isEmpty() && System.nanoTime() < end) {
            Thread.sleep(5);
        }
        assertEquals(List.of(), redis.stores());
        assertEquals("is closed", failure(store::read));
        store.awaitChange();
        assertEquals(List.of(), redis.stores());
    }

    @Test
    void instances_report_isListedUntilItExpires() throws Exception {
        assertEquals(Map.of(), store.instances().reports());
        store.instances().report("a-1", bytes("{1}"), 60_000);
        store.instances().report("b_2.x", bytes("{2}"), 1_000);
        store.instances().report("a-1", bytes("{3}"), 60_000);
        assertEquals("{a-1={3}, b_2.x={2}}", listed());
        Thread.sleep(1_050);
        assertEquals("{a-1={3}}", listed());
        store.instances().report("c", bytes("{4}"), 60_000);
        assertEquals(2L, redis.send("ZCARD", "m:instances"), "tidied");
        assertEquals("{a-1={3}, c={4}}", listed());
    }

    @Test
    void instances_withdrawn_isNotListed() throws IOException {
        store.instances().report("a", bytes("{}"), 60_000);
        store.instances().report("b", bytes("{}"), 60_000);
        store.instances().withdraw("a");
        store.instances().withdraw("nobody");
        assertEquals("{b={}}", listed());
        store.instances().withdraw("b");
        assertEquals(0L, redis.send("DBSIZE"));
    }

    @Test
    void instances_lastExpires_leavesNoKey() throws Exception {
        store.instances().report("a", bytes("{}"), 1_500);
        store.instances().report("b", bytes("{}"), 500);
        assertTrue((Long) redis.send("PTTL", "m:instances") > 500, "the longer time counts");
        Thread.sleep(1_550);
        assertEquals(0L, redis.send("EXISTS", "m:instances", "m:instance:a", "m:instance:b"));
        assertEquals(Map.of(), store.instances().reports());
    }

    @Test
    void instances_manyKeys_areFound() throws IOException {
        redis.send("EVAL", "for i = 1, 50000 do redis.call('SET', 'x' .. i, i) end", "0");
        for (int i = 0; i < 200; i++) {
            store.instances().report("i" + i, bytes("{}"), 60_000);
        }
        long start = System.nanoTime();
        assertEquals(200, store.instances().reports().size());
        assertTrue(System.nanoTime() - start < 1_000_000_000L);
    }

    @Test
    void read_closedConnection_connectsAgain() throws Exception {
        settle();
        for (int i = 0; i < 3; i++) {
            redis.send("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
            redis.send("CLIENT", "KILL", "TYPE", "pubsub");
            assertNull(store.read());
            store.instances().report("a", bytes("{}"), 1_000);
        }
        settle();
        assertHears(() -> redis.send("PUBLISH", "m:changed@0", "changed"));
        assertEquals(2, redis.stores().size());
    }

    /** Until there are subscriptions, and all that was heard since is read. */
    private void settle() throws Exception {
        long end = System.nanoTime() + 30_000_000_000L;
        do {
            store.read();
            assertTrue(System.nanoTime() < end, "no subscription");
        } while (millisUntilAChange() < WAIT_MILLIS
                || redis.stores().stream().noneMatch(line -> line.contains(" sub=2 ")));
    }

    private long millisUntilAChange() throws InterruptedException {
        long start = System.nanoTime();
        store.awaitChange();
        return (System.nanoTime() - start) / 1_000_000;
    }

    private void assertWaits() throws InterruptedException {
        long millis = millisUntilAChange();
        assertTrue(millis >= WAIT_MILLIS && millis < 10_000, millis + " ms");
    }

    /** Once at once is enough: this machine may be busy. */
    private void assertHears(Executable change) throws Exception {
        long quickest = Long.MAX_VALUE;
        for (int i = 0; i < 5 && quickest >= WAIT_MILLIS / 2; i++) {
            settle();
            try {
                change.execute();
            } catch (Throwable e) {
                throw new AssertionError(e);
            }
            quickest = Math.min(quickest, millisUntilAChange());
        }
        assertTrue(quickest < WAIT_MILLIS / 2, quickest + " ms");
    }

    private String listed() throws IOException {
        Map<String, String> listed = new TreeMap<>();
        store.instances().reports().forEach((name, report) -> listed.put(name, text(report)));
        return listed.toString();
    }

    static String failure(Executable call) {
        IOException e = assertThrows(IOException.class, call);
        assertNotNull(e.getMessage());
        assertFalse(e.getMessage().isEmpty());
        return e.getMessage();
    }

    private static byte[] bytes(String text) {
        return text == null ? null : text.getBytes(UTF_8);
    }

    private static String text(byte[] bytes) {
        return bytes == null ? null : new String(bytes, UTF_8);
    }
}
