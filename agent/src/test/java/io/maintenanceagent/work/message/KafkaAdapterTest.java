package io.maintenanceagent.work.message;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.maintenanceagent.entrypoint.WorkEntryPoint;
import io.maintenanceagent.entrypoint.WorkKind;
import io.maintenanceagent.intercept.Enforcement;
import io.maintenanceagent.report.ErrorReporter;
import io.maintenanceagent.state.EffectiveState;
import io.maintenanceagent.state.State;
import io.maintenanceagent.work.BegunWork;
import io.maintenanceagent.work.WorkGuard;
import io.maintenanceagent.work.WorkSnapshot;
import io.smallrye.reactive.messaging.kafka.Polling;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.streams.processor.internals.StoreChangelogReader;
import org.junit.jupiter.api.Test;

class KafkaAdapterTest {

    private static final Map<String, List<String>> RECORDS = Map.of("orders-0", List.of("a"));

    private final Enforcement enforcement =
            new Enforcement(new AtomicBoolean(), new ErrorReporter(new PrintStream(new ByteArrayOutputStream())));
    private final WorkGuard guard = new WorkGuard(enforcement, new ErrorReporter(System.err));
    private final KafkaAdapter adapter = new KafkaAdapter(guard);
    private final Consumer consumer = new Consumer();

    KafkaAdapterTest() {
        become(false);
    }

    /** Has the fields of the client's own. */
    @SuppressWarnings("unused")
    private static final class Consumer {
        private final Delegate delegate = new Delegate();
    }

    @SuppressWarnings("unused")
    private static final class Delegate {
        private final Optional<String> groupId = Optional.of("billing");
        private final Object subscriptions = new Object();
    }

    /** What clients since 3.2 collect. */
    public static final class Fetch {
        private final boolean empty;

        Fetch(boolean empty) {
            this.empty = empty;
        }

        public boolean isEmpty() {
            return empty;
        }
    }

    private void become(boolean on) {
        enforcement.enforce(EffectiveState.of(null, State.of(on), null));
    }

    private Object at(WorkEntryPoint entryPoint, Object... arguments) {
        return adapter.begins(entryPoint, arguments);
    }

    private void poll() {
        assertNull(at(WorkEntryPoint.KAFKA_POLL, consumer));
    }

    private void collect(Object records) {
        ((BegunWork) at(WorkEntryPoint.KAFKA_COLLECT)).ended(records);
    }

    private int inFlight() {
        guard.snapshot(WorkKind.MESSAGES); // it ends what is abandoned
        return guard.snapshot(WorkKind.MESSAGES).inFlight();
    }

    @Test
    void partitions_inMaintenance_areNotFetchable() {
        Object subscriptions = consumer.delegate.subscriptions;
        assertNull(at(WorkEntryPoint.KAFKA_FETCHABLE, subscriptions));
        assertNull(at(WorkEntryPoint.KAFKA_PARTITIONS, subscriptions));
        become(true);
        assertArrayEquals(new Object[] {false}, (Object[]) at(WorkEntryPoint.KAFKA_FETCHABLE, subscriptions));
        for (WorkEntryPoint list : List.of(WorkEntryPoint.KAFKA_PARTITIONS, WorkEntryPoint.KAFKA_PARTITIONS_LIST)) {
            assertArrayEquals(new Object[] {List.of()}, (Object[]) at(list, subscriptions));
        }
        assertArrayEquals(new Object[] {Set.of()}, (Object[]) at(WorkEntryPoint.KAFKA_PARTITIONS_SET, subscriptions));
        become(false);
        assertNull(at(WorkEntryPoint.KAFKA_FETCHABLE, subscriptions));
    }

    @Test
    void records_areInFlight_untilTheNextPoll() {
        poll();
        collect(RECORDS);
        become(true);
        WorkSnapshot handled = guard.snapshot(WorkKind.MESSAGES);
        assertEquals(1, handled.blocking());
        assertEquals("org.apache.kafka.clients.consumer.KafkaConsumer, group billing", handled.oldest());
        poll();
        assertEquals(0, inFlight());
    }

    @Test
    void records_areInFlight_untilTheConsumerIsClosed() {
        for (WorkEntryPoint end : List.of(
                WorkEntryPoint.KAFKA_CLOSE,
                WorkEntryPoint.KAFKA_CLOSE_IN,
                WorkEntryPoint.KAFKA_CLOSE_OPTIONS,
                WorkEntryPoint.KAFKA_UNSUBSCRIBE)) {
            poll();
            collect(new Fetch(false));
            assertEquals(1, inFlight());
            at(end, consumer);
            assertEquals(0, inFlight());
        }
    }

    @Test
    void records_ofAThreadThatIsOver_areNotInFlight() throws InterruptedException {
        Thread thread = new Thread(() -> {
            poll();
            collect(RECORDS);
        });
        thread.start();
        thread.join();
        assertEquals(0, inFlight());
    }

    @Test
    void pollWithoutRecords_isNotInFlight() {
        poll();
        collect(Map.of());
        collect(new Fetch(true));
        ((BegunWork) at(WorkEntryPoint.KAFKA_COLLECT)).failed(new IllegalStateException());
        assertEquals(0, inFlight());
    }

    /** Rules know it by its class; what reads state back is no work, and may be waited for by a start. */
    @Test
    void consumer_isKnownByWhoPollsIt() {
        KafkaConsumer client = new KafkaConsumer();
        client.poll(this::poll);
        client.poll(() -> collect(RECORDS));
        assertEquals(
                KafkaAdapterTest.class.getName() + ", group billing",
                guard.snapshot(WorkKind.MESSAGES).oldest());

        Consumer restored = new Consumer();
        become(true);
        StoreChangelogReader.restore(client, () -> at(WorkEntryPoint.KAFKA_POLL, restored));
        StoreChangelogReader.restore(client, () -> assertNull(at(WorkEntryPoint.KAFKA_COLLECT)));
        assertNull(at(WorkEntryPoint.KAFKA_FETCHABLE, restored.delegate.subscriptions));
        assertNull(at(WorkEntryPoint.KAFKA_PARTITIONS, restored.delegate.subscriptions));
    }

    /** SmallRye polls on while its records wait for threads of its own. */
    @Test
    void recordsOfSmallRye_areInFlight_untilTheyAreAcknowledged() {
        Polling.poll(new KafkaConsumer(), this::poll);
        Object[] records = {new Object(), new Object(), new Object(), new Object()};
        collect(Map.of("orders-0", List.of(records)));
        poll();
        become(true);
        assertEquals(4, guard.snapshot(WorkKind.MESSAGES).blocking());
        assertNull(at(WorkEntryPoint.SMALLRYE_ACK, new Polling.Message(records[0])));
        assertEquals(3, inFlight());
        assertNull(at(WorkEntryPoint.SMALLRYE_NACK, new Polling.Message(records[1])));
        assertEquals(2, inFlight());
        List<Polling.Message> others = List.of(new Polling.Message(records[2]), new Polling.Message(records[3]));
        assertNull(at(WorkEntryPoint.SMALLRYE_BATCH_ACK, new Polling.Batch(others)));
        assertEquals(0, inFlight());
    }

    /** The answer for one partition holds for all that a poll returns: nothing is returned that is not counted. */
    @Test
    void flipWhileRecordsAreTakenOut_changesNothingForThem() {
        Object subscriptions = consumer.delegate.subscriptions;
        poll();
        BegunWork taken = (BegunWork) at(WorkEntryPoint.KAFKA_COLLECT);
        become(true);
        assertNull(at(WorkEntryPoint.KAFKA_FETCHABLE, subscriptions));
        taken.ended(RECORDS);
        assertEquals(1, inFlight());
        poll();
        BegunWork nothing = (BegunWork) at(WorkEntryPoint.KAFKA_COLLECT);
        become(false);
        assertArrayEquals(new Object[] {false}, (Object[]) at(WorkEntryPoint.KAFKA_FETCHABLE, subscriptions));
        nothing.ended(Map.of());
        assertNull(at(WorkEntryPoint.KAFKA_FETCHABLE, subscriptions));
        assertEquals(0, inFlight());
    }
}
