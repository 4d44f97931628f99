import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.MessageListener;

/** Spring Kafka's container, unmodified; it commits what it has handled. Standard input may say {@code stop}. */
final class SpringKafkaWorker implements MessageListener<String, String> {

    /** @param arguments server, topic, group, and more of the consumer's properties */
    public static void main(String[] arguments) throws Exception {
        Map<String, Object> properties = new HashMap<>();
        properties.put("bootstrap.servers", arguments[0]);
        properties.put("auto.offset.reset", "earliest");
        properties.put("max.poll.interval.ms", "5000");
        properties.put("max.poll.records", "3");
        for (int i = 3; i < arguments.length; i++) {
            properties.put(arguments[i].split("=")[0], arguments[i].split("=")[1]);
        }
        ContainerProperties container = new ContainerProperties(arguments[1]);
        container.setGroupId(arguments[2]);
        container.setPollTimeout(2000);
        container.setMessageListener(new SpringKafkaWorker());
        container.setConsumerRebalanceListener(new ConsumerRebalanceListener() {
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
        ConcurrentMessageListenerContainer<String, String> listener = new ConcurrentMessageListenerContainer<>(
                new DefaultKafkaConsumerFactory<>(properties, new StringDeserializer(), new StringDeserializer()),
                container);
        listener.start();
        Handler.listen(words -> {
            if (words[0].equals("stop")) {
                listener.stop();
                System.out.println("STOPPED");
            }
        });
        System.exit(0);
    }

    @Override
    public void onMessage(ConsumerRecord<String, String> record) {
        Handler.handle(record.partition() + "-" + record.offset() + "-" + record.value());
    }
}
