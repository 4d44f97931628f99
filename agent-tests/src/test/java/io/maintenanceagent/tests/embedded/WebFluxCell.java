package io.maintenanceagent.tests.embedded;

import io.maintenanceagent.tests.harness.JavaCommand;
import io.maintenanceagent.tests.harness.Jdk;
import io.maintenanceagent.tests.harness.Project;
import io.maintenanceagent.tests.harness.Sources;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A version of Spring WebFlux on a server, a line each. */
public enum WebFluxCell {
    SPRING_6_REACTOR_NETTY("Reactor", "webflux-6"),
    SPRING_50_REACTOR_NETTY("OldReactor", "webflux-5.0"),
    SPRING_51_REACTOR_NETTY("Reactor", "webflux-5.1"),
    SPRING_52_REACTOR_NETTY("Reactor", "webflux-5.2"),
    SPRING_5_REACTOR_NETTY("Reactor", "webflux-5"),
    SPRING_7_REACTOR_NETTY("Reactor", "webflux-7"),
    SPRING_6_TOMCAT("Tomcat", "webflux-6", "tomcat-11"),
    SPRING_6_JETTY("Jetty", "webflux-6", "jetty-12"),
    SPRING_6_UNDERTOW("Undertow", "webflux-6", "undertow-core");

    private final String launcher;
    private final List<Path> jars = new ArrayList<>();
    private final List<String> servers;

    WebFluxCell(String server, String... jars) {
        this.launcher = "WebFlux" + server + "Launcher";
        this.servers = List.of(jars);
    }

    /**
     * The first one; all of them with the system property {@code frameworks}, as the profile of that name sets it, or
     * those whose name has the property {@code cell} in it.
     */
    public static Stream<WebFluxCell> tried() {
        return Boolean.getBoolean("frameworks")
                ? Stream.of(values()).filter(cell -> cell.name().contains(System.getProperty("cell", "")))
                : Stream.of(SPRING_6_REACTOR_NETTY);
    }

    /** Whether connections stay open behind a 503. */
    boolean isOnReactorNetty() {
        return launcher.contains("Reactor");
    }

    /** Whether the path that Spring has its application below is known where requests are decided. */
    boolean knowsContext() {
        return this != SPRING_6_UNDERTOW;
    }

    /** Whether a request may wait for the end of maintenance; on Jetty's core it would on the thread that reads all. */
    boolean holds() {
        return this != SPRING_6_JETTY;
    }

    /** Whether a client that goes away is noticed at once, and not when something is written. */
    boolean noticesLeaving() {
        return isOnReactorNetty() && this != SPRING_50_REACTOR_NETTY;
    }

    /** Its application below {@code /shop}, without the agent. */
    public synchronized JavaCommand command() {
        if (jars.isEmpty()) {
            servers.forEach(server -> jars.addAll(Project.serverJars(server)));
            Path classes = Project.newDirectory("webflux-launcher");
            new Sources(Project.sources("launchers"))
                    .compile(
                            17,
                            List.of("Launcher.java", "WebFluxShop.java", launcher + ".java"),
                            text -> text,
                            jars,
                            classes);
            jars.add(classes);
        }
        return new JavaCommand(Jdk.running(), "webflux")
                .option("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m")
                .property("io.netty.leakDetection.level", "paranoid")
                .classPath(jars)
                .main(launcher);
    }
}
