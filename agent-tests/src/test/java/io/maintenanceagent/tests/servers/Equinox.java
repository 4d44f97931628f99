package io.maintenanceagent.tests.servers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The application as a bundle on Equinox. */
final class Equinox implements Launch {

    @Override
    public String agentIn() {
        return "`java -javaagent:… -jar`";
    }

    @Override
    public ServerCommand prepare(Distribution server, Deployment deployment) throws IOException {
        Path base = deployment.directory();
        Path framework = server.jars().get(0);
        List<Path> bundles = new ArrayList<>(OsgiHttp.bundles());
        bundles.add(OsgiHttp.application(deployment.namespace(), framework, base.resolve("shop.jar")));
        List<String> properties = new ArrayList<>(OsgiHttp.properties(deployment));
        properties.add("osgi.bundles=" + bundles.stream().map(Equinox::started).collect(Collectors.joining(",")));
        properties.add("osgi.noShutdown=true");
        properties.add("eclipse.ignoreApp=true");
        Path configuration = base.resolve("configuration");
        Setup.write(configuration.resolve("config.ini"), properties.toArray(String[]::new));
        return ServerCommand.java(deployment)
                .with("-jar", framework.toString(), "-configuration", configuration.toString());
    }

    private static String started(Path bundle) {
        return "reference:file:" + bundle + (OsgiHttp.isFragment(bundle) ? "" : "@start");
    }
}
