import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.annotations.Blocking;
import io.smallrye.reactive.messaging.kafka.KafkaConsumerRebalanceListener;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.util.Collection;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * SmallRye Reactive Messaging, unmodified, which hands records to threads of its own. Standard input may say
 * {@code stop}.
 */
@ApplicationScoped
public class SmallRyeWorker {

    private static final String CHANNEL = "mp.messaging.incoming.orders.";

    /** Says which partitions there are. */
    @ApplicationScoped
    @Identifier("printer")
    public static class Printer implements KafkaConsumerRebalanceListener {
        @Override
        public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
            System.out.println("ASSIGNED " + partitions);
        }

        @Override
        public void onPartitionsRevoked(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
            if (!partitions.isEmpty()) {
                System.out.println("REVOKED " + partitions);
            }
        }
    }

    /** Handles a record, on a thread that may block. */
    @Incoming("orders")
    @Blocking
    public void take(ConsumerRecord<String, String> record) {
        Handler.handle(record.partition() + "-" + record.offset() + "-" + record.value());
    }

    /** @param arguments server, topic, group, and more of the consumer's properties */
    public static void main(String[] arguments) throws Exception {
        set("connector", "smallrye-kafka");
        set("bootstrap.servers", arguments[0]);
        set("topic", arguments[1]);
        set("group.id", arguments[2]);
        set("key.deserializer", "org.apache.kafka.common.serialization.StringDeserializer");
        set("value.deserializer", "org.apache.kafka.common.serialization.StringDeserializer");
        set("auto.offset.reset", "earliest");
        set("max.poll.interval.ms", "5000");
        set("max.poll.records", "3");
        set("commit-strategy", "latest");
        set("consumer-rebalance-listener.name", "printer");
        set("health-enabled", "false");
        for (int i = 3; i < arguments.length; i++) {
            set(arguments[i].split("=")[0], arguments[i].split("=")[1]);
        }
        SeContainer container = SeContainerInitializer.newInstance()
                .addBeanClasses(SmallRyeWorker.class, Printer.class)
                .initialize();
        Handler.listen(words -> {
            if (words[0].equals("stop")) {
                container.close();
                System.out.println("STOPPED");
            }
        });
        System.exit(0);
    }

    private static void set(String name, String value) {
        System.setProperty(CHANNEL + name, value);
    }
}
