package io.maintenanceagent.store.redis;

import static io.maintenanceagent.store.redis.RedisStoreTest.failure;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.store.remote.Relay;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One address, behind which a replica takes over from a master, with nobody to ask. */
@Timeout(120)
class RedisFailoverTest {

    private TestRedis first;
    private TestRedis second;
    private Relay address;
    private RedisStore store;

    @BeforeEach
    void start() throws Exception {
        first = TestRedis.open();
        second = TestRedis.open();
        address = new Relay(first.port());
        store = TestRedis.store("redis://127.0.0.1:" + address.port() + "/0?key=m");
        second.send("REPLICAOF", "127.0.0.1", "" + first.port());
        first.send("SET", "m", "off");
        awaitReplica("off");
        assertEquals("off", read());
    }

    @AfterEach
    void stop() throws Exception {
        store.close();
        address.close();
        first.close();
        second.close();
    }

    @Test
    void takeover_completeReplica_isBelieved() throws Exception {
        first.send("SET", "m", "on");
        assertEquals("on", read());
        // Something else, so that it is known that the replica got so far.
        first.send("SET", "other", "1");
        awaitReplica("on");
        promote();
        assertEquals("on", awaitReading());
        second.send("DEL", "m");
        assertEquals("nothing", read());
    }

    @Test
    void takeover_deletedMeanwhile_isBelieved() throws Exception {
        first.send("SET", "other", "1");
        first.send("DEL", "m");
        awaitReplica("nothing");
        promote();
        assertEquals("nothing", awaitReading());
    }

    @Test
    void takeover_replicaThatLacksTheLastChange_isNotBelievedUntilSomebodyWrites() throws Exception {
        cutReplicaOff();
        first.send("SET", "m", "on");
        assertEquals("on", read());
        promote();
        assertEquals("off", second.text("GET", "m"));
        assertEquals(ReadingHistory.TAKEN_BACK, awaitReading());
        assertEquals(ReadingHistory.TAKEN_BACK, read());
        second.send("SET", "m", "0");
        assertEquals("0", read());
    }

    @Test
    void takeover_backToTheDeposedMaster_isNotBelieved() throws Exception {
        first.send("SET", "other", "1");
        awaitReplica("off");
        promote();
        assertEquals("off", awaitReading());
        second.send("SET", "m", "on");
        assertEquals("on", read());
        address.leadTo(first.port());
        assertEquals(ReadingHistory.DEPOSED, awaitReading());
        assertEquals(ReadingHistory.DEPOSED, failure(() -> store.compareAndSet("off".getBytes(UTF_8), null)));
        address.leadTo(second.port());
        await("on");
    }

    private void promote() throws IOException {
        second.send("REPLICAOF", "NO", "ONE");
        address.leadTo(second.port());
    }

    private void cutReplicaOff() {
        first.send("CONFIG", "SET", "requirepass", "unknown");
        first.send("CLIENT", "KILL", "TYPE", "replica");
    }

    private void awaitReplica(String content) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (true) {
            boolean there = second.send("EXISTS", "m").equals(1L);
            boolean connected = second.text("INFO", "replication").contains("master_link_status:up");
            if (connected && content.equals(there ? second.text("GET", "m") : "nothing")) {
                return;
            }
            assertTrue(System.nanoTime() < end, "not replicated");
            Thread.sleep(10);
        }
    }

    /** What is read first when the address has moved and the client has noticed. */
    private String awaitReading() throws InterruptedException {
        String read = read();
        for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
                read.startsWith("cannot be reached") && System.nanoTime() < end;
                read = read()) {
            Thread.sleep(10);
        }
        return read;
    }

    private void await(String expected) throws InterruptedException {
        String read = read();
        for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
                !read.equals(expected) && System.nanoTime() < end;
                read = read()) {
            Thread.sleep(10);
        }
        assertEquals(expected, read);
    }

    private String read() {
        try {
            byte[] content = store.read();
            return content == null ? "nothing" : new String(content, UTF_8);
        } catch (IOException e) {
            return e.getMessage();
        }
    }
}
