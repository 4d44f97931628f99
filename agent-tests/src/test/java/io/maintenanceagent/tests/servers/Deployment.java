package io.maintenanceagent.tests.servers;

import io.maintenanceagent.tests.harness.FreePorts;
import io.maintenanceagent.tests.harness.Jdk;
import io.maintenanceagent.tests.harness.Namespace;
import io.maintenanceagent.tests.harness.Project;
import io.maintenanceagent.tests.harness.StateFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a server is started with. It listens on {@value #HOST} only, and serves the application below {@code /shop}.
 * Whatever happens, a policy keeps {@code /shop/status} open by its servlet's class, and {@code /shop/notice} by an
 * annotation.
 *
 * @param jdk the JDK under it
 * @param namespace the application's
 * @param application what it serves
 * @param directory its own, for all that it writes
 * @param port its HTTP port
 * @param state the file that the agent watches
 * @param agent whether the agent is there from the start
 */
record Deployment(
        Jdk jdk,
        Namespace namespace,
        Application application,
        Path directory,
        int port,
        StateFile state,
        boolean agent) {

    /** Where servers listen. */
    static final String HOST = "127.0.0.1";

    static final String POLICY = """
            {"rules": [
              {"servlet": "shop.StatusServlet", "maintenance": "off"},
              {"annotation": "shop.AlwaysOpen", "maintenance": "off"}
            ]}""";

    static Deployment of(MatrixCell cell, Application application, boolean agent) throws IOException {
        Path directory =
                Project.newDirectory(cell.row().id() + "-jdk" + cell.jdk().feature());
        StateFile state = new StateFile(directory.resolve("maintenance.mode"));
        Deployment deployment = new Deployment(
                cell.jdk(), cell.row().namespace(), application, directory, FreePorts.one(), state, agent);
        deployment.policy().write(POLICY);
        return deployment;
    }

    /** What makes short-lived processes cheap on few processors, and the agent if it is there from the start. */
    List<String> jvmOptions() {
        List<String> options = new ArrayList<>(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx512m"));
        if (application != Application.SHOP) {
            options.add("-Dran=" + ran());
        }
        if (agent) {
            options.add("-javaagent:" + Project.agentJar() + "=" + agentOptions());
        }
        return options;
    }

    /** Writes the application as a packed WAR to the given file. */
    Path packed(Path file) {
        return application.war().packed(namespace, file);
    }

    /** The file where an application of beans writes down what runs. */
    Path ran() {
        return directory.resolve("ran.txt");
    }

    /** The file with the policy. */
    StateFile policy() {
        return new StateFile(directory.resolve("policy.json"));
    }

    /** The agent's settings. */
    String agentOptions() {
        return "file=" + state.path() + ",policy=" + policy().path() + application.agentOptions();
    }
}
