package io.maintenanceagent.tests.servers;

import java.io.IOException;

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
        return command;
    }
}
