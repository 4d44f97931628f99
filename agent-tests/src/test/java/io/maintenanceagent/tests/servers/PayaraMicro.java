package io.maintenanceagent.tests.servers;

import io.maintenanceagent.tests.harness.TestApplication;
import java.io.IOException;
import java.nio.file.Path;

/** Payara Micro, which is one executable jar. */
final class PayaraMicro implements Launch {

    @Override
    public String agentIn() {
        return "`java -javaagent:… -jar`";
    }

    @Override
    public ServerCommand prepare(Distribution server, Deployment deployment) throws IOException {
        Path base = deployment.directory();
        TestApplication.packed(deployment.namespace(), base.resolve("shop.war"));
        return ServerCommand.java(deployment)
                .with("-jar", server.jars().get(0).toString())
                .with("--rootDir", base.resolve("root").toString())
                .with("--nocluster", "--address", Deployment.HOST, "--port", Integer.toString(deployment.port()))
                .with("--deploy", base.resolve("shop.war").toString());
    }
}
