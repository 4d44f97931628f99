package io.maintenanceagent.tests.bench;

import io.maintenanceagent.tests.harness.Http;
import io.maintenanceagent.tests.harness.JavaCommand;
import io.maintenanceagent.tests.harness.JavaProcess;
import io.maintenanceagent.tests.harness.Jdk;
import io.maintenanceagent.tests.harness.Project;
import io.maintenanceagent.tests.harness.Response;
import io.maintenanceagent.tests.harness.Server;
import io.maintenanceagent.tests.harness.Sources;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** An embedded server, Tomcat 11 mostly, in a JVM of its own, with the JVM's own settings. Close it. */
final class HelloServer implements AutoCloseable {

    /** The path that the servlet answers. */
    static final String PATH = "/app/hello";

    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final JavaProcess process;
    private final Path directory;
    private final Http http;

    private HelloServer(JavaProcess process, Path directory, int port) {
        this.process = process;
        this.directory = directory;
        this.http = new Http(port);
    }

    /**
     * Starts it and waits until it listens.
     *
     * @param setup adds the agent, JVM options and so on
     */
    static HelloServer start(Jdk jdk, HelloApplication application, Consumer<JavaCommand> setup) {
        List<Path> classPath = new ArrayList<>(List.of(Server.TOMCAT_11.launcherClasses()));
        classPath.addAll(Server.TOMCAT_11.jars());
        JavaCommand command = new JavaCommand(jdk, "bench-jdk" + jdk.feature())
                .classPath(classPath)
                .main("TomcatLauncher", application.exploded().toString(), "/app");
        return start(command, setup);
    }

    /** The same for Spring Boot, as one executable jar: {@code web}, or {@code jpa} with a database and a login. */
    static HelloServer start(Jdk jdk, String application, Consumer<JavaCommand> setup) {
        Path jar = Project.target()
                .resolve("bench-applications")
                .resolve(application)
                .resolve("hello-1.jar");
        JavaCommand command = new JavaCommand(jdk, "bench-boot-jdk" + jdk.feature())
                .jar(jar, "--server.address=127.0.0.1", "--server.port=0", "--spring.main.banner-mode=off");
        return start(command, setup);
    }

    /** Servers whose event loops say hello by themselves. */
    enum EventLoop {
        REACTOR_NETTY("Reactor Netty", "ReactorNettyLauncher", "webflux-6"),
        VERTX("Vert.x", "VertxLauncher", "vertx-4");

        private final String label;
        private final String launcher;
        private final String jars;

        EventLoop(String label, String launcher, String jars) {
            this.label = label;
            this.launcher = launcher;
            this.jars = jars;
        }

        @Override
        public String toString() {
            return label;
        }
    }

    /** The same for one without servlets. */
    static HelloServer start(Jdk jdk, EventLoop kind, Consumer<JavaCommand> setup) {
        List<Path> jars = Project.serverJars(kind.jars);
        Path classes = Project.newDirectory("bench-" + kind.jars);
        new Sources(Project.sources("launchers"))
                .compile(
                        17,
                        List.of("Launcher.java", "CoreApplication.java", kind.launcher + ".java"),
                        text -> text,
                        jars,
                        classes);
        List<Path> classPath = new ArrayList<>(List.of(classes));
        classPath.addAll(jars);
        return start(
                new JavaCommand(jdk, "bench-jdk" + jdk.feature())
                        .classPath(classPath)
                        .main(kind.launcher),
                setup);
    }

    /** The same for Spring Boot with JPA, from its jars on a class path. */
    static HelloServer startJpa(Jdk jdk, Consumer<JavaCommand> setup) {
        List<Path> classPath = new ArrayList<>(List.of(Jpa.CLASSES));
        classPath.addAll(Jpa.JARS);
        return start(
                new JavaCommand(jdk, "bench-jdk" + jdk.feature())
                        .classPath(classPath)
                        .main("greetings.JpaApplication"),
                setup);
    }

    private static final class Jpa {
        static final List<Path> JARS = Project.serverJars("boot-jpa");
        static final Path CLASSES = compile();

        private static Path compile() {
            Path classes = Project.newDirectory("bench-jpa");
            new Sources(Project.sources("bench/app/jpa"))
                    .compile(17, List.of("greetings/JpaApplication.java"), text -> text, JARS, classes);
            return classes;
        }
    }

    private static HelloServer start(JavaCommand command, Consumer<JavaCommand> setup) {
        setup.accept(command);
        JavaProcess process = command.start();
        try {
            String port =
                    process.awaitStdout("^READY port=(\\d+)$", START_LIMIT).group(1);
            return new HelloServer(process, command.directory(), Integer.parseInt(port));
        } catch (Throwable e) {
            process.close();
            throw e;
        }
    }

    /** One request to the servlet. */
    Response get() {
        return http.get(PATH);
    }

    Http http() {
        return http;
    }

    long pid() {
        return process.pid();
    }

    /** The working directory, where the agent looks for its state file unless it is told otherwise. */
    Path directory() {
        return directory;
    }

    /** The processor time, user and system, that the process has used so far; to 10 ms. */
    Duration processorTime() {
        return ProcessHandle.of(pid())
                .flatMap(handle -> handle.info().totalCpuDuration())
                .orElseThrow();
    }

    @Override
    public void close() {
        process.close();
    }
}
