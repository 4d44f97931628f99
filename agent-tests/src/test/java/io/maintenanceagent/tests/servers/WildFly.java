package io.maintenanceagent.tests.servers;

import io.maintenanceagent.tests.harness.FreePorts;
import java.io.IOException;
import java.nio.file.Path;

/** WildFly from its archive, standalone, with a base directory of its own. */
final class WildFly implements Launch {

    /** Whose password is her name: the MD5 of {@code alice:ApplicationRealm:alice}. */
    private static final String ALICE = "alice=59670dbd6caaaaf1311866e4ee49e21c";

    private final String configuration;

    WildFly() {
        this("standalone.xml");
    }

    /** @param configuration which of those that it comes with */
    WildFly(String configuration) {
        this.configuration = configuration;
    }

    @Override
    public String agentIn() {
        return "`JAVA_OPTS` in `standalone.conf`";
    }

    @Override
    public ServerCommand prepare(Distribution server, Deployment deployment) throws IOException {
        Path base = deployment.directory();
        Setup.copy(server.home().resolve("standalone"), base);
        deployment.packed(base.resolve("deployments/shop.war"));
        Setup.basicApplication(base.resolve("deployments/basic.war"));
        Setup.write(base.resolve("deployments/basic.war.dodeploy"));
        Setup.write(base.resolve("configuration/application-users.properties"), ALICE);
        Setup.write(base.resolve("configuration/application-roles.properties"), "alice=customer");
        // As its users do: a line at the end of the file that it comes with.
        Path options = Setup.write(
                base.resolve("standalone.conf"),
                ". \"" + server.home().resolve("bin/standalone.conf") + "\"",
                "JAVA_OPTS=\"$JAVA_OPTS " + String.join(" ", deployment.jvmOptions()) + "\"");
        return ServerCommand.script(deployment, server.home().resolve("bin/standalone.sh"))
                .environment("RUN_CONF", options)
                .with("-c", configuration, "-b", Deployment.HOST, "-bmanagement", Deployment.HOST)
                .with("-Djboss.server.base.dir=" + base)
                .with("-Djboss.http.port=" + deployment.port())
                .with("-Djboss.https.port=" + FreePorts.one())
                .with("-Djboss.management.http.port=" + FreePorts.one())
                .with("-Djboss.management.https.port=" + FreePorts.one());
    }
}
