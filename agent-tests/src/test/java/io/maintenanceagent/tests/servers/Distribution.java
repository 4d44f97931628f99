package io.maintenanceagent.tests.servers;

import io.maintenanceagent.tests.harness.Project;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A server as its project ships it, put into {@code target/distributions/ID/VERSION} by the build. Not to be changed:
 * all tests share it.
 *
 * @param version its version
 * @param home where its files are; the one directory that most archives begin with is left out
 */
record Distribution(String version, Path home) {

    static Distribution of(String id) {
        Path versions = Project.target().resolve("distributions").resolve(id);
        List<Path> all = list(versions);
        if (all.size() != 1) {
            throw new IllegalStateException(
                    "Not one version in " + versions + ": run the build with -Pservers, or clean");
        }
        Path root = all.get(0);
        List<Path> files = list(root);
        boolean wrapped = files.size() == 1 && Files.isDirectory(files.get(0));
        return new Distribution(root.getFileName().toString(), wrapped ? files.get(0) : root);
    }

    /** The jars directly in its home, sorted by name. */
    List<Path> jars() {
        return list(home).stream()
                .filter(file -> file.toString().endsWith(".jar"))
                .toList();
    }

    private static List<Path> list(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("No " + directory + ": run the build with -Pservers", e);
        }
    }
}
