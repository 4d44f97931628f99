package io.maintenanceagent.tests.harness;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The application in {@code src/app}: an ordinary web application that has never heard of the agent, built once for
 * each namespace and test run. Thread-safe.
 */
public final class TestApplication {

    private static final Map<Namespace, Path> EXPLODED = new EnumMap<>(Namespace.class);

    private TestApplication() {}

    /** The exploded WAR. Not to be changed. */
    public static synchronized Path exploded(Namespace namespace) {
        return EXPLODED.computeIfAbsent(namespace, TestApplication::build);
    }

    /** A packed WAR, written to the given file. */
    public static Path packed(Namespace namespace, Path file) {
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

    private static Path build(Namespace namespace) {
        Path war = Project.newDirectory("app-" + namespace.name().toLowerCase());
        Path webapp = Project.sources("app/webapp");
        try {
            for (Path path : files(webapp)) {
                Path copy = war.resolve(webapp.relativize(path).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(path, copy);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Sources sources = new Sources(Project.sources("app/java"));
        Server api = namespace == Namespace.JAVAX ? Server.TOMCAT_9 : Server.TOMCAT_11;
        sources.compile(8, sources.names(), namespace::rewrite, api.jars(), war.resolve("WEB-INF/classes"));
        return war;
    }

    private static List<Path> files(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
