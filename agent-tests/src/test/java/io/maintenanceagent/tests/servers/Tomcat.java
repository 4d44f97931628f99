package io.maintenanceagent.tests.servers;

import io.maintenanceagent.tests.harness.TestApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tomcat from its archive, with a {@code CATALINA_BASE} of its own. */
final class Tomcat implements Launch {

    @Override
    public String agentIn() {
        return "`CATALINA_OPTS`";
    }

    @Override
    public ServerCommand prepare(Distribution server, Deployment deployment) throws IOException {
        Path base = deployment.directory();
        Setup.copy(server.home().resolve("conf"), base.resolve("conf"));
        Path configuration = base.resolve("conf/server.xml");
        Setup.replace(
                configuration,
                "port=\"8080\"",
                "address=\"" + Deployment.HOST + "\" port=\"" + deployment.port() + "\"");
        Setup.replace(configuration, "port=\"8005\"", "port=\"-1\"");
        for (String name : new String[] {"logs", "temp", "work", "webapps"}) {
            Files.createDirectories(base.resolve(name));
        }
        TestApplication.packed(deployment.namespace(), base.resolve("webapps/shop.war"));
        return ServerCommand.script(deployment, server.home().resolve("bin/catalina.sh"))
                .with("run")
                .environment("CATALINA_BASE", base)
                .environment("CATALINA_OPTS", String.join(" ", deployment.jvmOptions()));
    }
}
