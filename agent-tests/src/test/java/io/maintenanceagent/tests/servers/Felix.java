package io.maintenanceagent.tests.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The application as a bundle on Felix. */
final class Felix implements Launch {

    @Override
    public String agentIn() {
        return "`java -javaagent:… -jar`";
    }

    @Override
    public ServerCommand prepare(Distribution server, Deployment deployment) throws IOException {
        Path base = deployment.directory();
        Path framework = server.jars().get(0);
        Path bundles = Files.createDirectories(base.resolve("bundle"));
        for (Path bundle : OsgiHttp.bundles()) {
            Files.copy(bundle, bundles.resolve(bundle.getFileName()));
        }
        OsgiHttp.application(deployment.namespace(), framework, bundles.resolve("shop.jar"));
        List<String> properties = new ArrayList<>(OsgiHttp.properties(deployment));
        properties.add("felix.auto.deploy.action=install,start");
        Setup.write(base.resolve("conf/config.properties"), properties.toArray(String[]::new));
        return ServerCommand.java(deployment).with("-jar", framework.toString());
    }
}
