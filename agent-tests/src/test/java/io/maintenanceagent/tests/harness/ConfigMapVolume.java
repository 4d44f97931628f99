package io.maintenanceagent.tests.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A directory laid out and updated as Kubernetes does it with a mounted ConfigMap: the file is a symlink into
 * {@code ..data}, itself a symlink to a directory for each version, and an update swaps {@code ..data}. The link that
 * the application sees never changes.
 */
public final class ConfigMapVolume {

    private final Path directory;
    private final String key;
    private int version;

    /** Lays out an empty directory with the first version. */
    public ConfigMapVolume(Path directory, String key, String content) {
        this.directory = directory;
        this.key = key;
        try {
            Files.createSymbolicLink(directory.resolve("..data"), newVersion(content));
            Files.createSymbolicLink(file(), Path.of("..data", key));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The path that the application is given. */
    public Path file() {
        return directory.resolve(key);
    }

    /** Swaps in a new version and removes the old one. */
    public void update(String content) {
        try {
            Path data = directory.resolve("..data");
            Path old = data.toRealPath();
            Path temporary = Files.createSymbolicLink(directory.resolve("..data_tmp"), newVersion(content));
            Files.move(temporary, data, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            remove(old);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With the instance reports in it, one of which may be written at the same time. */
    private static void remove(Path version) throws IOException {
        for (int tries = 0; Files.exists(version); tries++) {
            try (Stream<Path> files = Files.walk(version)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            } catch (IOException | UncheckedIOException writtenMeanwhile) {
                if (tries == 10) {
                    throw writtenMeanwhile;
                }
            }
        }
    }

    private Path newVersion(String content) throws IOException {
        Path name = Path.of("..version_" + ++version);
        Path created = Files.createDirectory(directory.resolve(name));
        Files.writeString(created.resolve(key), content + "\n");
        return name;
    }
}
