package io.maintenanceagent.tests.harness;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A web application whose sources are in {@code src/NAME/java} and {@code src/NAME/webapp}, built once for each
 * namespace and test run. Thread-safe.
 */
public final class WebApplication {

    private final String name;
    private final List<Path> libraries;
    private final Function<Namespace, List<Path>> api;
    private final Predicate<String> include;
    private final Map<Namespace, Path> exploded = new EnumMap<>(Namespace.class);

    /** @param libraries what goes into {@code WEB-INF/lib} */
    public WebApplication(String name, Path... libraries) {
        this(
                name,
                namespace -> (namespace == Namespace.JAVAX ? Server.TOMCAT_9 : Server.TOMCAT_11).jars(),
                source -> true,
                libraries);
    }

    /**
     * @param api what the server has of the platform's API
     * @param include which of its sources belong to it
     * @param libraries what goes into {@code WEB-INF/lib}
     */
    public WebApplication(
            String name, Function<Namespace, List<Path>> api, Predicate<String> include, Path... libraries) {
        this.name = name;
        this.api = api;
        this.include = include;
        this.libraries = List.of(libraries);
    }

    /** A packed WAR, written to the given file. */
    public Path packed(Namespace namespace, Path file) {
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            Path root = exploded(namespace);
            for (Path path : files(root)) {
                zip.putNextEntry(new ZipEntry(root.relativize(path).toString().replace('\\', '/')));
                Files.copy(path, zip);
                zip.closeEntry();
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
        List<Path> classPath = new ArrayList<>(api.apply(namespace));
        classPath.addAll(libraries);
        Sources sources = new Sources(Project.sources(name + "/java"));
        List<String> names = sources.names().stream().filter(include).toList();
        sources.compile(8, names, namespace::rewrite, classPath, war.resolve("WEB-INF/classes"));
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
