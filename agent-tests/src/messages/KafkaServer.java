import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * A broker in a JVM of its own, and its administrator, who does what standard input says, a line each: {@code create
 * TOPIC PARTITIONS}, {@code send TOPIC PARTITION VALUE...}, {@code committed GROUP TOPIC}, {@code members GROUP}.
 * Answers {@code DONE ...}.
 */
final class KafkaServer {

    public static void main(String[] arguments) throws Exception {
        String port = arguments[0];
        Path directory = Path.of(arguments[2]);
        Path configuration = directory.resolve("server.properties");
        Files.write(
                configuration,
                List.of(
                        "process.roles=broker,controller",
                        "node.id=1",
                        "controller.quorum.voters=1@127.0.0.1:" + arguments[1],
                        "listeners=PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + arguments[1],
                        "advertised.listeners=PLAINTEXT://127.0.0.1:" + port,
                        "controller.listener.names=CONTROLLER",
                        "listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
                        "inter.broker.listener.name=PLAINTEXT",
                        "log.dirs=" + directory.resolve("logs"),
                        "offsets.topic.replication.factor=1",
                        "offsets.topic.num.partitions=1",
                        "group.initial.rebalance.delay.ms=0"));
        kafka.tools.StorageTool.execute(
                new String[] {"format", "-t", "AAAAAAAAAAAAAAAAAAAAAQ", "-c", configuration.toString()}, System.err);
        Thread broker = new Thread(() -> kafka.Kafka.main(new String[] {configuration.toString()}), "broker");
        broker.start();
        Map<String, Object> client = Map.of("bootstrap.servers", "127.0.0.1:" + port);
        try (Admin admin = Admin.create(client);
                KafkaProducer<String, String> producer =
                        new KafkaProducer<>(client, new StringSerializer(), new StringSerializer())) {
            admin.describeCluster().nodes().get();
            System.out.println("READY port=" + port);
            BufferedReader commands = new BufferedReader(new InputStreamReader(System.in));
            for (String line = commands.readLine(); line != null; line = commands.readLine()) {
                System.out.println("DONE " + run(line.split(" "), admin, producer));
            }
        }
        System.exit(0);
    }

    private static String run(String[] command, Admin admin, KafkaProducer<String, String> producer) throws Exception {
        switch (command[0]) {
            case "create":
                NewTopic topic = new NewTopic(command[1], Integer.parseInt(command[2]), (short) 1);
                admin.createTopics(List.of(topic)).all().get();
                return command[1];
            case "send":
                int partition = Integer.parseInt(command[2]);
                for (int i = 3; i < command.length; i++) {
                    producer.send(new ProducerRecord<>(command[1], partition, null, command[i]));
                }
                producer.flush();
                return String.valueOf(command.length - 3);
            case "committed":
                Map<Integer, Long> offsets = new TreeMap<>();
                admin.listConsumerGroupOffsets(command[1])
                        .partitionsToOffsetAndMetadata()
                        .get()
                        .forEach((at, offset) -> {
                            if (at.topic().equals(command[2])) {
                                offsets.put(at.partition(), offset.offset());
                            }
                        });
                return offsets.toString();
            case "members":
                ConsumerGroupDescription group = admin.describeConsumerGroups(List.of(command[1]))
                        .all()
                        .get()
                        .get(command[1]);
                return group.members().stream()
                        .map(member -> member.consumerId())
                        .sorted()
                        .toList()
                        .toString();
            default:
                throw new IllegalArgumentException(command[0]);
        }
    }
}
