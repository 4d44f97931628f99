package io.maintenanceagent.tests.messages;

import io.maintenanceagent.tests.harness.JavaCommand;
import io.maintenanceagent.tests.harness.Jdk;
import io.maintenanceagent.tests.harness.Project;
import io.maintenanceagent.tests.harness.Sources;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Compiles the programs of {@code src/messages} against one version of a library or another. */
final class Programs {

    private Programs() {}

    /** One of some cells, or all with the profile {@code work}, or those that a pattern names. */
    static <C extends Enum<C>> Stream<C> tried(C byDefault, C[] all) {
        String named = System.getProperty("work.cells");
        return !Boolean.getBoolean("work")
                ? Stream.of(byDefault)
                : Stream.of(all).filter(cell -> named == null || cell.name().matches(named));
    }

    /**
     * A command that runs one of them.
     *
     * @param name of its class
     * @param jars the libraries
     * @param rewrite of its source
     */
    static JavaCommand command(String name, Collection<Path> jars, UnaryOperator<String> rewrite) {
        Path classes = Project.newDirectory(name);
        new Sources(Project.sources("messages"))
                .compile(17, List.of("Handler.java", name + ".java"), rewrite, jars, classes);
        List<Path> classPath = new ArrayList<>(jars);
        classPath.add(classes);
        return new JavaCommand(Jdk.running(), name)
                .option("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m")
                .classPath(classPath)
                .main(name);
    }
}
