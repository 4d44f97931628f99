package io.maintenanceagent.tests.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;

/** TomEE from its archive, with a broker in its JVM that nobody else can reach. */
final class TomEe implements Launch {

    private static final String RESOURCES = """
            <tomee>
              <Resource id="Broker" type="ActiveMQResourceAdapter">
                BrokerXmlConfig = broker:(vm://shop)?persistent=false&amp;useJmx=false&amp;brokerName=shop
                ServerUrl = vm://shop?create=false
              </Resource>
              <Resource id="Connections" type="%s.jms.ConnectionFactory">ResourceAdapter = Broker</Resource>
              <Container id="Beans" type="MESSAGE">ResourceAdapter = Broker</Container>
            </tomee>
            """;

    /**
     * The bean's destination by its name at the broker. TomEE looks for no queue that the application defines itself:
     * it takes the name of the look-up for one at the broker, and the bean would wait at another queue than is sent to.
     */
    private static final String DESTINATION = "Orders.activation.destination = orders\n";

    private final Launch tomcat = new Tomcat();

    @Override
    public String agentIn() {
        return tomcat.agentIn();
    }

    @Override
    public ServerCommand prepare(Distribution server, Deployment deployment) throws IOException {
        ServerCommand command = tomcat.prepare(server, deployment);
        String platform = deployment.namespace().name().toLowerCase();
        Setup.write(deployment.directory().resolve("conf/tomee.xml"), RESOURCES.formatted(platform));
        Files.writeString(
                deployment.directory().resolve("conf/system.properties"), DESTINATION, StandardOpenOption.APPEND);
        return command;
    }
}
