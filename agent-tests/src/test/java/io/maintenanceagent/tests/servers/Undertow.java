package io.maintenanceagent.tests.servers;

import io.maintenanceagent.tests.harness.Namespace;
import io.maintenanceagent.tests.harness.Project;
import io.maintenanceagent.tests.harness.Sources;
import io.maintenanceagent.tests.harness.TestApplication;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Undertow in a program of ours: it is a library, and has no distribution. */
final class Undertow implements Launch {

    @Override
    public String agentIn() {
        return "`java -javaagent:… -cp`";
    }

    @Override
    public ServerCommand prepare(Distribution server, Deployment deployment) throws IOException {
        Path program = deployment.directory().resolve("program");
        List<Path> classPath = new ArrayList<>(server.jars());
        List<String> names = List.of("Launcher.java", "UndertowLauncher.java");
        new Sources(Project.sources("launchers"))
                .compile(
                        deployment.namespace() == Namespace.JAVAX ? 8 : 17,
                        names,
                        deployment.namespace()::rewrite,
                        classPath,
                        program);
        classPath.add(program);
        return ServerCommand.java(deployment)
                .with("-cp", classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)))
                .with("UndertowLauncher")
                .with(TestApplication.exploded(deployment.namespace()).toString(), "/shop")
                .with(Integer.toString(deployment.port()));
    }
}
