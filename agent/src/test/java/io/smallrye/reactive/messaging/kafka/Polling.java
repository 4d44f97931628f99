package io.smallrye.reactive.messaging.kafka;

import java.util.List;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/** Stand-ins for SmallRye: who polls, and messages that know their records. */
public final class Polling {

    private Polling() {}

    /** Polls a consumer. */
    public static void poll(KafkaConsumer consumer, Runnable within) {
        consumer.poll(within);
    }

    /** What a message knows of its record. */
    public static final class Metadata {
        private final Object record;

        Metadata(Object record) {
            this.record = record;
        }

        /** Returns the record. */
        public Object getRecord() {
            return record;
        }
    }

    /** A message. */
    public static final class Message {
        @SuppressWarnings("unused")
        private final Metadata kafkaMetadata;

        public Message(Object record) {
            kafkaMetadata = new Metadata(record);
        }
    }

    /** Several of them. */
    public static final class Batch {
        private final List<Message> messages;

        public Batch(List<Message> messages) {
            this.messages = messages;
        }

        /** Returns them. */
        public List<Message> getRecords() {
            return messages;
        }
    }
}
