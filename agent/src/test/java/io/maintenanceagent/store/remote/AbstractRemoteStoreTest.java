package io.maintenanceagent.store.remote;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.api.StateStore;
import io.maintenanceagent.store.StateStores;
import java.io.IOException;
import java.net.URI;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What each store with a registry of instances holds to, on a real server. */
public abstract class AbstractRemoteStoreTest {

    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static int keys;

    /** The key of this test alone. */
    protected final String key = "shop-" + ++keys;

    private StateStore opened;

    /** The store's URI without the key. */
    protected abstract String uri();

    /** The server. */
    protected abstract EngineProcess engine();

    /** Has the server begin anew, without any data, and answer. */
    protected abstract void restartEmpty() throws Exception;

    /** How long an instance may be listed after it has died, in milliseconds. */
    protected abstract long expiryMillis();

    protected final StateStore store() {
        if (opened == null) {
            opened = open();
        }
        return opened;
    }

    protected final StateStore open() {
        return new StateStores(Collections.emptyList()).open(URI.create(uri() + key));
    }

    @AfterEach
    void closeStore() {
        if (opened != null) {
            opened.close();
        }
    }

    protected static String text(byte[] content) {
        return content == null ? null : new String(content, UTF_8);
    }

    protected static boolean write(StateStore store, String expected, String content) throws IOException {
        return store.compareAndSet(
                expected == null ? null : expected.getBytes(UTF_8), content == null ? null : content.getBytes(UTF_8));
    }

    /** Follows the store as the agent does, until it holds this; errors may come before. */
    protected static void awaitContent(StateStore store, String content) throws Exception {
        String seen = "nothing yet";
        for (long end = System.nanoTime() + LIMIT_NANOS; System.nanoTime() < end; store.awaitChange()) {
            try {
                seen = String.valueOf(text(store.read()));
                if (seen.equals(String.valueOf(content))) {
                    return;
                }
            } catch (IOException e) {
                seen = e.getMessage();
            }
        }
        throw new AssertionError("not " + content + " but " + seen);
    }

    protected static String awaitFailure(Callable<?> read) throws Exception {
        for (long end = System.nanoTime() + LIMIT_NANOS; System.nanoTime() < end; TimeUnit.MILLISECONDS.sleep(50)) {
            try {
                read.call();
            } catch (IOException e) {
                return e.getMessage();
            }
        }
        throw new AssertionError("it goes on");
    }

    private static Map<String, String> listed(StateStore store) throws IOException {
        Map<String, String> reports = new TreeMap<>();
        store.instances().reports().forEach((name, report) -> reports.put(name, text(report)));
        return reports;
    }

    @Test
    void content_isWrittenOnlyOverWhatWasRead() throws Exception {
        assertNull(store().read());
        assertFalse(write(store(), "on", "off"));
        assertTrue(write(store(), null, "on"));
        assertEquals("on", text(store().read()));
        assertFalse(write(store(), null, "off"));
        assertFalse(write(store(), "off", "on"));
        assertTrue(write(store(), "on", "{\"enabled\":false,\"message\":\"ä \\\" \\n\"}"));
        awaitContent(store(), "{\"enabled\":false,\"message\":\"ä \\\" \\n\"}");
        assertTrue(write(store(), text(store().read()), null));
        awaitContent(store(), null);
        assertTrue(write(store(), null, ""));
        awaitContent(store(), "");
        assertTrue(write(store(), "", "on"));
    }

    @Test
    void writers_raced_nothingIsLost() throws Exception {
        assertTrue(write(store(), null, "0"));
        Thread[] writers = new Thread[4];
        for (int i = 0; i < writers.length; i++) {
            writers[i] = new Thread(() -> {
                try (StateStore mine = open()) {
                    for (int written = 0; written < 10; ) {
                        String held = text(mine.read());
                        written += write(mine, held, "" + (Integer.parseInt(held) + 1)) ? 1 : 0;
                    }
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            writers[i].start();
        }
        for (Thread writer : writers) {
            writer.join(60_000);
        }
        assertEquals("40", text(store().read()));
    }

    @Test
    void awaitChange_otherWriter_returnsAtTheChange() throws Exception {
        assertTrue(write(store(), null, "on"));
        awaitContent(store(), "on");
        try (StateStore writer = open()) {
            long slowest = 0;
            String held = "on";
            for (int i = 0; i < 10; i++) {
                String next = "on " + i;
                long began = System.nanoTime();
                assertTrue(write(writer, held, next));
                awaitContent(store(), next);
                slowest = Math.max(slowest, System.nanoTime() - began);
                held = next;
            }
            assertTrue(slowest < TimeUnit.SECONDS.toNanos(3), "announced, not polled: " + slowest);
        }
    }

    @Test
    void reports_comeExpireAndAreWithdrawn() throws Exception {
        assertEquals(Map.of(), listed(store()));
        try (StateStore killed = open();
                StateStore ends = open()) {
            killed.instances().report("a-1", "{1}".getBytes(), 2_000);
            ends.instances().report("b_2.x", "{2}".getBytes(), 60_000);
            ends.instances().report("b_2.x", "{3}".getBytes(), 60_000);
            assertEquals(Map.of("a-1", "{1}", "b_2.x", "{3}"), listed(store()));
            ends.instances().withdraw("b_2.x");
            assertEquals(Map.of("a-1", "{1}"), listed(store()));
        }
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(expiryMillis());
        while (!listed(store()).isEmpty()) {
            assertTrue(System.nanoTime() < end, "it expires");
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    @Test
    void server_killedAndBack_lastStateStays() throws Exception {
        assertTrue(write(store(), null, "on"));
        awaitContent(store(), "on");
        engine().kill();
        String failure = awaitFailure(store()::read);
        assertTrue(failure.startsWith("cannot be reached ("), failure);
        assertTrue(awaitFailure(() -> {
                    store().instances().report("a", new byte[0], 1_000);
                    return null;
                })
                .startsWith("cannot be told: the store cannot be reached ("));
        engine().start();
        awaitContent(store(), "on");
    }

    @Test
    void server_paused_failsInTimeAndComesBack() throws Exception {
        assertTrue(write(store(), null, "on"));
        awaitContent(store(), "on");
        engine().signal("STOP");
        try {
            assertEquals("cannot be reached (no answer in time)", awaitFailure(store()::read));
        } finally {
            engine().signal("CONT");
        }
        awaitContent(store(), "on");
    }

    @Test
    void server_backWithoutData_keyIsLostUntilItIsWritten() throws Exception {
        for (int i = 0; i < 5; i++) {
            write(store(), text(store().read()), "on " + i);
        }
        awaitContent(store(), "on 4");
        restartEmpty();
        assertEquals(
                "has lost the key with its data, or is another cluster now; write the key again", awaitFailure(() -> {
                    try {
                        store().awaitChange();
                        return store().read();
                    } catch (IOException e) {
                        if (e.getMessage().startsWith("has lost")) {
                            throw e;
                        }
                        return null;
                    }
                }));
        try (StateStore other = open()) {
            assertNull(other.read(), "whoever did not see the key before knows of no loss");
            assertTrue(write(other, null, "off"));
        }
        awaitContent(store(), "off");
        assertTrue(write(store(), "off", null));
        awaitContent(store(), null);
    }

    /** As a firewall forgets them: nobody is told, and nothing passes any more. */
    @Test
    void connections_thatPassNothingMore_areReplaced() throws Exception {
        assertTrue(write(store(), null, "on"));
        try (Relay relay = new Relay(URI.create(uri()).getPort());
                StateStore far = new StateStores(Collections.emptyList())
                        .open(URI.create(uri().replaceFirst(":\\d+/", ":" + relay.port() + "/") + key))) {
            awaitContent(far, "on");
            assertTrue(write(store(), "on", "on 1"));
            awaitContent(far, "on 1");
            relay.freeze();
            assertTrue(write(store(), "on 1", "off"));
            awaitContent(far, "off");
            assertTrue(write(far, "off", "on"));
            awaitContent(store(), "on");
        }
    }

    @Test
    void close_endsWhatIsWaitedFor() throws Exception {
        assertTrue(write(store(), null, "on"));
        awaitContent(store(), "on");
        Thread waiting = new Thread(() -> {
            try {
                for (int i = 0; i < 3; i++) {
                    store().awaitChange();
                }
            } catch (InterruptedException e) {
                // ended as well
            }
        });
        waiting.start();
        TimeUnit.MILLISECONDS.sleep(300);
        store().close();
        waiting.join(3_000);
        assertFalse(waiting.isAlive());
        assertThrows(IOException.class, store()::read);
    }
}
