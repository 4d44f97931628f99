package io.maintenanceagent.work.message;

import io.maintenanceagent.work.Fields;
import io.maintenanceagent.work.RunningWork;
import io.maintenanceagent.work.WeakTable;
import io.maintenanceagent.work.WorkSnapshot;
import java.util.List;
import java.util.Map;

/**
 * Records that SmallRye has polled and hands on to threads of its own: each is in flight until its message is
 * acknowledged, whether it was handled or failed. What SmallRye drops is over when the garbage collector finds it. Safe
 * for any thread.
 */
final class HandedOnRecords implements RunningWork.Source {

    private static final String SMALLRYE = "io.smallrye.reactive.messaging.kafka.";

    private final WeakTable<Polled> records = new WeakTable<Polled>();

    /** A record that was polled. */
    private static final class Polled extends WeakTable.Entry {
        final KafkaConsumers.Consumer consumer;
        final long begunNanos = System.nanoTime();

        Polled(Object record, KafkaConsumers.Consumer consumer) {
            super(record);
            this.consumer = consumer;
        }
    }

    /** Returns whether a consumer's records are handed on. */
    static boolean isOf(KafkaConsumers.Consumer consumer) {
        return consumer.className().startsWith(SMALLRYE);
    }

    /**
     * A poll is about to return records.
     *
     * @param consumer who is polled
     * @param result a map of lists of records, or a {@code Fetch} that has one
     */
    void polled(KafkaConsumers.Consumer consumer, Object result) {
        Object lists = result instanceof Map ? result : Fields.call(result, "records");
        if (lists instanceof Map) {
            for (Object list : ((Map<?, ?>) lists).values()) {
                for (Object record : (List<?>) list) {
                    records.putIfAbsent(record, new Polled(record, consumer));
                }
            }
        }
    }

    /**
     * A message is being acknowledged, or said to have failed.
     *
     * @param message an {@code IncomingKafkaRecord} or an {@code IncomingKafkaRecordBatch}
     */
    void acknowledged(Object message) {
        Object batch = Fields.call(message, "getRecords");
        if (batch instanceof List) {
            for (Object one : (List<?>) batch) {
                acknowledged(one);
            }
            return;
        }
        Object metadata = Fields.get(message, "kafkaMetadata");
        Object record = metadata == null ? null : Fields.call(metadata, "getRecord");
        if (record != null) {
            records.remove(record);
        }
    }

    @Override
    public void addTo(WorkSnapshot snapshot) {
        for (Polled polled : records.entries()) {
            snapshot.add(polled.consumer.className(), polled.consumer.name(), polled.begunNanos);
        }
    }
}
