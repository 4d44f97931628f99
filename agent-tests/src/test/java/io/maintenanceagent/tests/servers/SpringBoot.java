package io.maintenanceagent.tests.servers;

import io.maintenanceagent.tests.harness.Namespace;
import io.maintenanceagent.tests.harness.Project;
import io.maintenanceagent.tests.harness.Sources;
import io.maintenanceagent.tests.harness.TestApplication;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A Spring Boot application as one executable jar: what Boot's build plugin has packed, and the application's classes.
 */
final class SpringBoot implements Launch {

    private final String[] properties;

    SpringBoot() {
        this(new String[0]);
    }

    private SpringBoot(String... properties) {
        this.properties = properties;
    }

    /** Each request on a virtual thread of its own. */
    static SpringBoot withVirtualThreads() {
        return new SpringBoot("--spring.threads.virtual.enabled=true");
    }

    @Override
    public String agentIn() {
        return "`java -javaagent:… -jar`";
    }

    @Override
    public ServerCommand prepare(Distribution server, Deployment deployment) throws IOException {
        Path base = deployment.directory();
        Path jar = Files.copy(server.jars().get(0), base.resolve("shop.jar"));
        Path war = TestApplication.exploded(deployment.namespace());
        Path libraries = base.resolve("libraries");
        Path classes = base.resolve("classes");
        try (FileSystem inside = FileSystems.newFileSystem(jar)) {
            Setup.copy(inside.getPath("/BOOT-INF/lib"), libraries);
            Setup.copy(war.resolve("WEB-INF/classes"), classes);
            List<Path> classPath = new ArrayList<>(List.of(classes));
            try (Stream<Path> all = Files.list(libraries)) {
                all.forEach(classPath::add);
            }
            Sources sources = new Sources(Project.sources("servers/boot"));
            int release = deployment.namespace() == Namespace.JAVAX ? 8 : 17;
            sources.compile(release, sources.names(), deployment.namespace()::rewrite, classPath, classes);
            Setup.copy(classes, inside.getPath("/BOOT-INF/classes"));
            Path files = Files.createDirectory(inside.getPath("/BOOT-INF/classes/static"));
            Files.copy(war.resolve("static.txt"), files.resolve("static.txt"));
        }
        return ServerCommand.java(deployment)
                .with("-jar", jar.toString(), "--server.servlet.context-path=/shop")
                .with("--server.address=" + Deployment.HOST, "--server.port=" + deployment.port())
                .with(properties);
    }
}
