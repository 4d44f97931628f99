package org.apache.kafka.streams.processor.internals;

import org.apache.kafka.clients.consumer.KafkaConsumer;

/** A stand-in: who reads back what Kafka Streams keeps in a topic. */
public final class StoreChangelogReader {

    private StoreChangelogReader() {}

    /** Polls a consumer. */
    public static void restore(KafkaConsumer consumer, Runnable within) {
        consumer.poll(within);
    }
}
