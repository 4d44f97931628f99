package io.maintenanceagent.tests.harness;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A JVM that runs {@code Hello} with the agent, and tells which classes it has loaded. */
public final class HelloJvm {

    private final JavaCommand command;
    private final LoadedClassesLog log;

    /**
     * @param jdk its JDK
     * @param options the agent's
     * @param millis how long it runs, in milliseconds
     */
    public HelloJvm(Jdk jdk, String options, int millis) {
        Path classes = Project.newDirectory("hello");
        new Sources(Project.sources("launchers")).compile(8, List.of("Hello.java"), text -> text, List.of(), classes);
        command = new JavaCommand(jdk, "hello");
        log = new LoadedClassesLog(jdk, command);
        command.agent(options).classPath(List.of(classes)).main("Hello", Integer.toString(millis));
    }

    /** Returns what starts it, for more options. */
    public JavaCommand command() {
        return command;
    }

    /**
     * Returns the names of the classes that it has loaded until now.
     *
     * @param prefixes of their names
     */
    public List<String> loaded(List<String> prefixes) throws IOException {
        return log.names().stream()
                .filter(name -> prefixes.stream().anyMatch(name::startsWith))
                .toList();
    }
}
