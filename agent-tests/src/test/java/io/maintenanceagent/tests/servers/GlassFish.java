package io.maintenanceagent.tests.servers;

import io.maintenanceagent.tests.harness.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** GlassFish, or Payara's server, from its archive, with a domain of its own. */
final class GlassFish implements Launch {

    /** Payara's, which would ask the network for others of its kind. */
    private static final String DATA_GRID = "<hazelcast-runtime-configuration ";

    @Override
    public String agentIn() {
        return "`jvm-options` in `domain.xml`";
    }

    @Override
    public ServerCommand prepare(Distribution server, Deployment deployment) throws IOException {
        Path domain = deployment.directory().resolve("shop");
        Setup.copy(server.home().resolve("glassfish/domains/domain1"), domain);
        Path configuration = domain.resolve("config/domain.xml");
        String options = deployment.jvmOptions().stream()
                .map(option -> "<jvm-options>" + option + "</jvm-options>")
                .collect(Collectors.joining());
        Setup.replace(configuration, "</java-config>", options + "</java-config>");
        Setup.replace(configuration, "0.0.0.0", Deployment.HOST);
        if (Files.readString(configuration).contains(DATA_GRID)) {
            Setup.replace(configuration, DATA_GRID, DATA_GRID + "interface=\"" + Deployment.HOST + "\" ");
        }
        Setup.replace(
                configuration, "<network-listener port", "<network-listener address=\"" + Deployment.HOST + "\" port");
        Setup.replace(configuration, "port=\"8080\"", "port=\"" + deployment.port() + "\"");
        for (int other : new int[] {8181, 4848, 8686, 3700, 3820, 3920}) {
            Setup.replace(configuration, "port=\"" + other + "\"", "port=\"" + FreePorts.one() + "\"");
        }
        Setup.replace(configuration, "value=\"7676\"", "value=\"" + FreePorts.one() + "\""); // of its broker
        deployment.packed(domain.resolve("autodeploy/shop.war"));
        return ServerCommand.script(deployment, server.home().resolve("bin/asadmin"))
                .with(
                        "start-domain",
                        "--verbose",
                        "--domaindir",
                        deployment.directory().toString(),
                        "shop")
                .environment("AS_JAVA", deployment.jdk().home());
    }
}
