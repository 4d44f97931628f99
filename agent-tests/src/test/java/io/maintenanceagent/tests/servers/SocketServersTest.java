package io.maintenanceagent.tests.servers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.maintenanceagent.tests.harness.Await;
import io.maintenanceagent.tests.harness.Namespace;
import io.maintenanceagent.tests.harness.Project;
import io.maintenanceagent.tests.harness.Server;
import io.maintenanceagent.tests.sockets.EventClient;
import io.maintenanceagent.tests.sockets.SocketApplication;
import io.maintenanceagent.tests.sockets.SocketClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Open WebSockets and event streams are closed on servers as their projects ship them. */
final class SocketServersTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    /** The application's own descriptor says that it is complete. */
    private static final String EVENTS = """
              <servlet>
                <servlet-name>events</servlet-name>
                <servlet-class>shop.EventsServlet</servlet-class>
                <async-supported>true</async-supported>
              </servlet>
              <servlet-mapping><servlet-name>events</servlet-name><url-pattern>/events</url-pattern></servlet-mapping>
            """;

    static Stream<MatrixCell> cells() {
        return Matrix.cells()
                .filter(MatrixCell::newest)
                .filter(cell -> cell.row().id().matches("(tomcat|tomee|jetty|wildfly)-.*"))
                .filter(cell -> !cell.row().name().contains("security manager"));
    }

    @ParameterizedTest
    @MethodSource("cells")
    void openSockets_policyAsksForIt_areClosed(MatrixCell cell) throws Exception {
        try (RunningServer server = RunningServer.start(cell, true, deployment -> addSockets(cell, deployment))) {
            int port = server.http().port();
            server.policy().replace("{\"sockets\": \"close\", \"grace\": \"PT1H\"}");
            SocketClient socket = new SocketClient(port, "/shop/socket");
            SocketClient gone = new SocketClient(port, "/shop/socket");
            assertEquals("here", socket.echo("here"));
            try (EventClient stream = new EventClient(port, "/shop/events")) {
                server.state().write("on");
                awaitReport(server, "\"sockets\":{\"open\":2,\"blocking\":2,\"closed\":0,");
                awaitReport(server, "\"drained\":false,\"blocking\":1,");
                gone.abort();
                awaitReport(server, "\"sockets\":{\"open\":1,\"blocking\":1,\"closed\":0,");
                assertEquals("in the grace", socket.echo("in the grace"));
                server.policy().replace("{\"sockets\": \"close\"}");
                assertEquals("1012 in maintenance", socket.awaitClosed());
                assertEquals("data: hello\n\n", stream.awaitEnd());
                awaitReport(server, "\"drained\":true,\"blocking\":0,");
                awaitReport(server, "\"sockets\":{\"open\":0,\"blocking\":0,\"closed\":2}");
            }
            server.state().write("off");
            Await.until(
                    LIMIT,
                    () -> "still on",
                    () -> server.http().get("/shop/greeting").status() == 200);
            assertEquals("again", new SocketClient(port, "/shop/socket").echo("again"));
            assertEquals(List.of(), server.lines(SocketServersTest::isComplaint));
        }
    }

    /** But for what the agent says of a machine that is slow. */
    private static boolean isComplaint(String line) {
        return line.contains("maintenance-agent: ")
                && !line.contains(" there within ")
                && !line.contains(" has not answered yet")
                && !line.contains(" hanging for ");
    }

    private static void awaitReport(RunningServer server, String part) {
        Await.until(
                LIMIT,
                () -> "no " + part + " in " + server.report(),
                () -> server.report().contains(part));
    }

    private static void addSockets(MatrixCell cell, Deployment deployment) {
        try {
            Path classes = Project.newDirectory("socket-classes");
            SocketApplication.compile(deployment.namespace(), api(deployment.namespace()), classes);
            Path war;
            try (Stream<Path> files = Files.walk(deployment.directory())) {
                war = files.filter(file -> file.endsWith("shop.war"))
                        .findFirst()
                        .orElseThrow();
            }
            try (FileSystem archive = FileSystems.newFileSystem(war);
                    Stream<Path> files = Files.list(classes.resolve("shop"))) {
                Setup.replace(archive.getPath("WEB-INF/web.xml"), "</web-app>", EVENTS + "</web-app>");
                for (Path file : files.toList()) {
                    Files.copy(file, archive.getPath("WEB-INF/classes/shop/" + file.getFileName()));
                }
            }
            if (cell.row().launch() instanceof Jetty jetty) {
                Setup.write(
                        deployment.directory().resolve("start.d/sockets.ini"),
                        "--module=" + module(cell.row().id(), jetty.environment()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What brings the standard API of WebSockets. */
    private static String module(String id, String environment) {
        switch (id) {
            case "jetty-9.4":
                return "websocket";
            case "jetty-10.0":
                return "websocket-javax";
            case "jetty-11.0":
                return "websocket-jakarta";
            default:
                return environment + (environment.equals("ee8") ? "-websocket-javax" : "-websocket-jakarta");
        }
    }

    private static List<Path> api(Namespace namespace) throws IOException {
        if (namespace == Namespace.JAKARTA) {
            return Server.TOMCAT_11.jars();
        }
        try (Stream<Path> jars = Files.list(Distribution.of("tomcat-9").home().resolve("lib"))) {
            return jars.toList();
        }
    }
}
