package io.maintenanceagent.tests.jvm;

import io.maintenanceagent.tests.harness.Project;
import io.maintenanceagent.tests.harness.Sources;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/** Small programs, compiled once a test run, and jars of them. */
public final class Programs {

    private static final Path CLASSES = compile();

    private Programs() {}

    /** The class files of {@code Hello}, {@code IdleAgent}, {@code EagerAgent} and {@code OwnSystemLoader}. */
    public static Path classes() {
        return CLASSES;
    }

    /** A new jar with these classes. */
    static Path jar(Attributes attributes) {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putAll(attributes);
        Path jar = Project.newDirectory("jar").resolve("program.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest);
                Stream<Path> classes = Files.list(CLASSES)) {
            for (Path path : classes.sorted().toList()) {
                out.putNextEntry(new JarEntry(path.getFileName().toString()));
                Files.copy(path, out);
                out.closeEntry();
            }
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A jar of an agent that does nothing. */
    static Path idleAgent() {
        Attributes attributes = new Attributes();
        attributes.putValue("Premain-Class", "IdleAgent");
        return jar(attributes);
    }

    private static Path compile() {
        Path classes = Project.newDirectory("programs");
        new Sources(Project.sources("launchers"))
                .compile(
                        8,
                        List.of("Hello.java", "IdleAgent.java", "EagerAgent.java", "OwnSystemLoader.java"),
                        text -> text,
                        List.of(),
                        classes);
        return classes;
    }
}
