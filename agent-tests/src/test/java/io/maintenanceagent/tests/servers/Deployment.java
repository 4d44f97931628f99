package io.maintenanceagent.tests.servers;

import io.maintenanceagent.tests.harness.Jdk;
import io.maintenanceagent.tests.harness.Namespace;
import io.maintenanceagent.tests.harness.Project;
import io.maintenanceagent.tests.harness.StateFile;
import java.nio.file.Path;
import java.util.List;

/**
 * What a server is started with. It listens on {@value #HOST} only, and serves the application below {@code /shop}.
 *
 * @param jdk the JDK under it
 * @param namespace the application's
 * @param directory its own, for all that it writes
 * @param port its HTTP port
 * @param state the file that the agent watches
 */
record Deployment(Jdk jdk, Namespace namespace, Path directory, int port, StateFile state) {

    /** Where servers listen. */
    static final String HOST = "127.0.0.1";

    static Deployment of(MatrixCell cell) {
        Path directory =
                Project.newDirectory(cell.row().id() + "-jdk" + cell.jdk().feature());
        StateFile state = new StateFile(directory.resolve("maintenance.mode"));
        return new Deployment(cell.jdk(), cell.row().namespace(), directory, FreePorts.one(), state);
    }

    /** The agent's option, and what makes short-lived processes cheap on few processors. */
    List<String> jvmOptions() {
        String agent = "-javaagent:" + Project.agentJar() + "=file=" + state.path();
        return List.of(agent, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx512m");
    }
}
