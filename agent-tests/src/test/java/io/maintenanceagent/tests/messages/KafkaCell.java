package io.maintenanceagent.tests.messages;

import io.maintenanceagent.tests.harness.FreePorts;
import io.maintenanceagent.tests.harness.JavaCommand;
import io.maintenanceagent.tests.harness.Project;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A version of Kafka's client and a broker that talks to it. */
enum KafkaCell {
    CLIENT_4_1("4", "4.1.1", "classic"),
    CLIENT_4_1_ASYNC("4", "4.1.1", "consumer"),
    CLIENT_0_10("3", "0.10.2.2"),
    CLIENT_1_1("3", "1.1.1"),
    CLIENT_2_0("3", "2.0.1"),
    CLIENT_2_4("4", "2.4.1"),
    CLIENT_2_8("4", "2.8.2"),
    CLIENT_3_1("4", "3.1.2"),
    CLIENT_3_4("4", "3.4.1"),
    CLIENT_3_6("4", "3.6.2"),
    CLIENT_3_7("4", "3.7.2"),
    CLIENT_3_9("4", "3.9.1", "classic"),
    CLIENT_4_2_ASYNC("4", "4.2.0", "consumer"),
    SPRING_1("3", "spring-kafka-1"),
    SPRING_2("4", "spring-kafka-2"),
    SPRING_4("4", "spring-kafka-4"),
    SMALLRYE_4("4", "smallrye-kafka"),
    CAMEL_4("4", "camel-kafka");

    private final String broker;
    private final String client;
    private final List<String> properties = new ArrayList<>();

    /**
     * @param broker its major version
     * @param client the version, or what brings the client
     */
    KafkaCell(String broker, String client) {
        this.broker = broker;
        this.client = client;
    }

    KafkaCell(String broker, String client, String protocol) {
        this(broker, client);
        properties.add("group.protocol=" + protocol);
    }

    /** Whether the application polls; else it is a framework that does, commits, and pauses by itself. */
    boolean isPlain() {
        return Character.isDigit(client.charAt(0));
    }

    private String program() {
        return isPlain()
                ? "KafkaWorker"
                : client.startsWith("spring")
                        ? "SpringKafkaWorker"
                        : client.startsWith("camel") ? "CamelWorker" : "SmallRyeWorker";
    }

    /** The class, or a pattern of it, by which rules and exceptions know the consumer. */
    String listener() {
        return client.startsWith("camel")
                ? "org.apache.camel.component.kafka.**"
                : client.startsWith("smallrye") ? "io.smallrye.reactive.messaging.kafka.**" : program();
    }

    /** The first one; all of them with the profile {@code work}, or those that {@code -Dwork.cells=REGEX} names. */
    static Stream<KafkaCell> tried() {
        return Programs.tried(CLIENT_4_1, values());
    }

    private List<Path> brokerJars() {
        return Project.serverJars("kafka-" + broker);
    }

    /** Starts a broker. */
    Worker broker() {
        JavaCommand command = Programs.command("KafkaServer", brokerJars(), text -> text);
        return Worker.start(command.main(
                "KafkaServer",
                "" + FreePorts.one(),
                "" + FreePorts.one(),
                command.directory().toString()));
    }

    /** A consumer, without the agent. */
    JavaCommand consumer(int port, String topic, String group, String... more) {
        List<String> arguments = new ArrayList<>(List.of("127.0.0.1:" + port, topic, group));
        arguments.addAll(properties);
        arguments.addAll(List.of(more));
        return Programs.command(program(), clientJars(), this::rewrite)
                .main(program(), arguments.toArray(String[]::new));
    }

    private List<Path> clientJars() {
        if (!isPlain()) {
            return Project.serverJars(client);
        }
        List<Path> jars = new ArrayList<>(brokerJars());
        jars.removeIf(jar -> !jar.getFileName().toString().matches("(kafka-clients|slf4j-api|jackson-.*)-.*"));
        if (jars.stream().noneMatch(this::isClient)) {
            jars.removeIf(jar -> jar.getFileName().toString().startsWith("kafka-clients-"));
            jars.addAll(Project.serverJars("kafka-clients").stream()
                    .filter(this::isClient)
                    .toList());
        }
        return jars;
    }

    private boolean isClient(Path jar) {
        return jar.endsWith("kafka-clients-" + client + ".jar");
    }

    /** A duration is taken since version 2.0; the properties are a class of their own since Spring Kafka 2. */
    private String rewrite(String source) {
        if (client.equals("spring-kafka-1")) {
            return source.replace(".listener.ContainerProperties", ".listener.config.ContainerProperties");
        }
        return client.matches("[01]\\..*") ? source.replace("java.time.Duration.ofMillis(300)", "300") : source;
    }
}
