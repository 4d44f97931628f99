package io.maintenanceagent.tests.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The classes that a JVM has loaded, in a file: it is one thing to ask Java 8 for it, and another to ask a later one.
 */
public final class LoadedClassesLog {

    private static final String LOADED = "[Loaded ";

    private final Path file;

    /** Of a JVM that is about to be started; its options are added to the command. */
    public LoadedClassesLog(Jdk jdk, JavaCommand command) {
        file = command.directory().resolve("classes.log");
        if (jdk.feature() >= 9) {
            command.option("-Xlog:class+load:file=" + file + ":none");
        } else {
            command.option(
                    "-verbose:class",
                    "-XX:+UnlockDiagnosticVMOptions",
                    "-XX:+LogVMOutput",
                    "-XX:-DisplayVMOutput",
                    "-XX:LogFile=" + file);
        }
    }

    /** Their names, in the order in which they were loaded. */
    public List<String> names() throws IOException {
        return Files.readAllLines(file).stream()
                .map(line -> line.startsWith(LOADED) ? line.substring(LOADED.length()) : line)
                .map(line -> line.split(" ")[0])
                .toList();
    }

    /** How many of those whose name begins so came from an archive of the JDK's. */
    public long shared(String prefix) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> line.startsWith(prefix) && line.contains("source: shared objects file"))
                .count();
    }
}
