import java.util.Collection;
import java.util.Properties;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.kafka.DefaultKafkaClientFactory;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.component.kafka.consumer.KafkaManualCommit;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** A route of Camel's, unmodified; it commits what it has handled. Standard input may say {@code stop}. */
final class CamelWorker {

    /** Says which partitions a consumer gets; Camel's own listener is told as well. */
    private static final class Printer implements ConsumerRebalanceListener {
        private final ConsumerRebalanceListener next;

        Printer(ConsumerRebalanceListener next) {
            this.next = next;
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            if (!partitions.isEmpty()) {
                System.out.println("REVOKED " + partitions);
            }
            next.onPartitionsRevoked(partitions);
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            next.onPartitionsAssigned(partitions);
            System.out.println("ASSIGNED " + partitions);
        }
    }

    private static final class Clients extends DefaultKafkaClientFactory {
        @Override
        @SuppressWarnings({"rawtypes", "unchecked"})
        public Consumer getConsumer(Properties properties) {
            return new KafkaConsumer(properties) {
                @Override
                public void subscribe(Collection topics, ConsumerRebalanceListener listener) {
                    super.subscribe(topics, new Printer(listener));
                }
            };
        }
    }

    /** @param arguments server, topic, group; what follows does not concern Camel, which is told to commit by itself */
    public static void main(String[] arguments) throws Exception {
        DefaultCamelContext context = new DefaultCamelContext();
        KafkaComponent kafka = context.getComponent("kafka", KafkaComponent.class);
        kafka.setKafkaClientFactory(new Clients());
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("kafka:" + arguments[1] + "?brokers=" + arguments[0] + "&groupId=" + arguments[2]
                                + "&autoOffsetReset=earliest&maxPollIntervalMs=5000&maxPollRecords=3"
                                + "&pollTimeoutMs=300&autoCommitEnable=false&allowManualCommit=true")
                        .process(CamelWorker::handle);
            }
        });
        context.start();
        Handler.listen(words -> {
            if (words[0].equals("stop")) {
                context.stop();
                System.out.println("STOPPED");
            }
        });
        System.exit(0);
    }

    private static void handle(Exchange exchange) {
        Handler.handle(exchange.getIn().getHeader(KafkaConstants.PARTITION) + "-"
                + exchange.getIn().getHeader(KafkaConstants.OFFSET) + "-"
                + exchange.getIn().getBody(String.class));
        exchange.getIn()
                .getHeader(KafkaConstants.MANUAL_COMMIT, KafkaManualCommit.class)
                .commit();
    }
}
