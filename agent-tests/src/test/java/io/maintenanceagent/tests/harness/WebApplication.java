package io.maintenanceagent.tests.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A web application whose sources are in {@code src/NAME/java} and {@code src/NAME/webapp}, built once for each
 * namespace and test run. Thread-safe.
 */
public final class WebApplication {

    private final String name;
    private final List<Path> libraries;
    private final Map<Namespace, Path> exploded = new EnumMap<>(Namespace.class);

    /** @param libraries what goes into {@code WEB-INF/lib} */
    public WebApplication(String name, Path... libraries) {
        this.name = name;
        this.libraries = List.of(libraries);
    }

    /** The exploded WAR. Not to be changed. */
    public synchronized Path exploded(Namespace namespace) {
        return exploded.computeIfAbsent(namespace, this::build);
    }

    private Path build(Namespace namespace) {
        Path war = Project.newDirectory(name + "-" + namespace.name().toLowerCase());
        Path webapp = Project.sources(name + "/webapp");
        try {
            for (Path path : files(webapp)) {
                copy(path, war.resolve(webapp.relativize(path).toString()));
            }
            for (Path library : libraries) {
                copy(library, war.resolve("WEB-INF/lib").resolve(library.getFileName()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Server api = namespace == Namespace.JAVAX ? Server.TOMCAT_9 : Server.TOMCAT_11;
        List<Path> classPath = new ArrayList<>(api.jars());
        classPath.addAll(libraries);
        Sources sources = new Sources(Project.sources(name + "/java"));
        sources.compile(8, sources.names(), namespace::rewrite, classPath, war.resolve("WEB-INF/classes"));
        return war;
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        Files.copy(from, to);
    }

    static List<Path> files(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
