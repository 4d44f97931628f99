package io.maintenanceagent.tests.sockets;

import io.maintenanceagent.tests.harness.Cell;
import io.maintenanceagent.tests.harness.Namespace;
import io.maintenanceagent.tests.harness.Project;
import io.maintenanceagent.tests.harness.Sources;
import io.maintenanceagent.tests.harness.StateFile;
import java.nio.file.Path;
import java.util.List;

/** The application in {@code src/socket-app}: WebSockets, and a stream of events. */
public final class SocketApplication {

    private SocketApplication() {}

    /** A directory with the application, for a server that has the API of WebSockets in its own jars. */
    public static Path exploded(Cell cell) {
        Path war = Project.newDirectory("socket-app");
        compile(cell.server().namespace(), cell.server().jars(), war.resolve("WEB-INF/classes"));
        return war;
    }

    /** Compiles it. */
    public static void compile(Namespace namespace, List<Path> classPath, Path classes) {
        Sources sources = new Sources(Project.sources("socket-app"));
        sources.compile(8, sources.names(), namespace::rewrite, classPath, classes);
    }

    /** A policy file. */
    public static StateFile policy(String text) {
        StateFile policy = new StateFile(Project.newDirectory("policy").resolve("policy.json"));
        policy.write(text);
        return policy;
    }
}
