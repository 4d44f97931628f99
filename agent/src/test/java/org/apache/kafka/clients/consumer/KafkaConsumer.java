package org.apache.kafka.clients.consumer;

/** A stand-in: the stack of a poll. */
public final class KafkaConsumer {

    /** Does what happens within a poll. */
    public void poll(Runnable within) {
        within.run();
    }
}
