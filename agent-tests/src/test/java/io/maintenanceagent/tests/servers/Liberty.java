package io.maintenanceagent.tests.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Open Liberty from its archive, with a user directory of its own and the given features. */
final class Liberty implements Launch {

    private static final String SERVER = """
            <server>
              <featureManager>%s</featureManager>
              <httpEndpoint id="defaultHttpEndpoint" host="%s" httpPort="%d" httpsPort="-1"/>
              <basicRegistry id="users" realm="shop"><user name="alice" password="alice"/></basicRegistry>
              <webApplication location="shop.war" contextRoot="/shop">
                <application-bnd><security-role name="customer"><user name="alice"/></security-role></application-bnd>
              </webApplication>
              <webApplication location="basic.war" contextRoot="/basic"/>
              %s
            </server>
            """;

    private final String more;
    private final List<String> features;

    Liberty(String... features) {
        this("", List.of(features));
    }

    /** @param more of its configuration */
    Liberty(String more, List<String> features) {
        this.more = more;
        this.features = features;
    }

    @Override
    public String agentIn() {
        return "`jvm.options`";
    }

    @Override
    public ServerCommand prepare(Distribution server, Deployment deployment) throws IOException {
        Path shop = deployment.directory().resolve("servers/shop");
        String all = features.stream()
                .map(feature -> "<feature>" + feature + "</feature>")
                .collect(Collectors.joining());
        Setup.write(shop.resolve("server.xml"), SERVER.formatted(all, Deployment.HOST, deployment.port(), more));
        Setup.write(shop.resolve("jvm.options"), String.join("\n", deployment.jvmOptions()));
        Files.createDirectories(shop.resolve("apps"));
        deployment.packed(shop.resolve("apps/shop.war"));
        Setup.basicApplication(shop.resolve("apps/basic.war"));
        return ServerCommand.script(deployment, server.home().resolve("bin/server"))
                .with("run", "shop")
                .environment("WLP_USER_DIR", deployment.directory());
    }
}
