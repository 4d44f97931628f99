package io.maintenanceagent.tests.servers;

import java.io.IOException;
import java.nio.file.Path;

/** Payara Micro, which is one executable jar. */
final class PayaraMicro implements Launch {

    /** There is no option for it. */
    private static final String ADDRESS =
            "set configs.config.server-config.network-config.network-listeners.network-listener.http-listener.address=";

    @Override
    public String agentIn() {
        return "`java -javaagent:… -jar`";
    }

    @Override
    public ServerCommand prepare(Distribution server, Deployment deployment) throws IOException {
        Path base = deployment.directory();
        Path address = Setup.write(base.resolve("address"), ADDRESS + Deployment.HOST);
        deployment.packed(base.resolve("shop.war"));
        return ServerCommand.java(deployment)
                .with("-jar", server.jars().get(0).toString())
                .with("--rootDir", base.resolve("root").toString())
                .with("--nocluster", "--prebootcommandfile", address.toString())
                .with("--port", Integer.toString(deployment.port()))
                .with("--deploy", base.resolve("shop.war").toString());
    }
}
