import java.util.Collection;
import java.util.Collections;
import java.util.Properties;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * A plain consumer of any version of the client since 0.10.1. Standard input may say {@code pause PARTITION},
 * {@code resume PARTITION}, {@code paused}, {@code stop}.
 */
final class KafkaWorker {

    /** @param arguments server, topic, group, and more of the consumer's properties */
    public static void main(String[] arguments) throws Exception {
        String topic = arguments[1];
        Properties properties = new Properties();
        properties.put("bootstrap.servers", arguments[0]);
        properties.put("group.id", arguments[2]);
        properties.put("key.deserializer", "org.apache.kafka.common.serialization.StringDeserializer");
        properties.put("value.deserializer", "org.apache.kafka.common.serialization.StringDeserializer");
        properties.put("auto.offset.reset", "earliest");
        properties.put("max.poll.interval.ms", "5000");
        properties.put("max.poll.records", "3");
        for (int i = 3; i < arguments.length; i++) {
            properties.put(arguments[i].split("=")[0], arguments[i].split("=")[1]);
        }
        boolean commits = "false".equals(properties.get("enable.auto.commit"));
        final Queue<String[]> asked = new ConcurrentLinkedQueue<>();
        Handler.listenBeside(asked::add);
        KafkaConsumer<String, String> consumer = new KafkaConsumer<>(properties);
        consumer.subscribe(Collections.singletonList(topic), new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
                if (!partitions.isEmpty()) {
                    System.out.println("REVOKED " + partitions);
                }
            }

            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                System.out.println("ASSIGNED " + partitions);
            }
        });
        boolean stopped = false;
        while (!stopped) {
            for (ConsumerRecord<String, String> record : consumer.poll(java.time.Duration.ofMillis(300))) {
                Handler.handle(record.partition() + "-" + record.offset() + "-" + record.value());
            }
            if (commits) {
                consumer.commitSync();
            }
            for (String[] words = asked.poll(); words != null; words = asked.poll()) {
                if (words[0].equals("stop")) {
                    stopped = true;
                } else if (words[0].equals("paused")) {
                    System.out.println("PAUSED " + consumer.paused());
                } else {
                    TopicPartition partition = new TopicPartition(topic, Integer.parseInt(words[1]));
                    if (words[0].equals("pause")) {
                        consumer.pause(Collections.singletonList(partition));
                    } else {
                        consumer.resume(Collections.singletonList(partition));
                    }
                    System.out.println("PAUSED " + consumer.paused());
                }
            }
        }
        consumer.close();
        System.out.println("STOPPED");
    }
}
