package io.maintenanceagent.store.file;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * One file for each instance. A file's modification time is when its report runs out, which costs the reader no look
 * into it. On several machines it takes clocks that agree within a part of that time.
 */
final class InstanceDirectory {

    private static final String SUFFIX = ".json";

    /** How long a report that has run out may lie about before somebody tidies it up. */
    private static final long TIDY_MILLIS = TimeUnit.MINUTES.toMillis(1);

    private final Path directory;

    InstanceDirectory(File directory) {
        this.directory = directory.toPath();
    }

    void report(String instance, byte[] report, long ttlMillis) throws IOException {
        Path next = directory.resolve("." + instance + ".tmp");
        try {
            if (Files.notExists(directory)) {
                // Not its parents: those may just have been taken away.
                Files.createDirectory(directory);
            }
            Files.write(next, report);
            Files.setLastModifiedTime(next, FileTime.fromMillis(System.currentTimeMillis() + ttlMillis));
            if (Files.notExists(fileOf(instance))) {
                list(); // tidies up: those who died may be many, and nobody else may ever look
            }
            Files.move(next, fileOf(instance), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new IOException("cannot be told in " + directory + " (" + e + ")", e);
        }
    }

    void withdraw(String instance) throws IOException {
        Files.deleteIfExists(fileOf(instance));
    }

    private Path fileOf(String instance) {
        return directory.resolve(instance + SUFFIX);
    }

    Map<String, byte[]> list() throws IOException {
        Map<String, byte[]> reports = new TreeMap<String, byte[]>();
        long now = System.currentTimeMillis();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
            for (Path file : files) {
                try {
                    long end = Files.getLastModifiedTime(file).toMillis();
                    if (end > now) {
                        String name = file.getFileName().toString();
                        reports.put(name.substring(0, name.length() - SUFFIX.length()), Files.readAllBytes(file));
                    } else if (end < now - TIDY_MILLIS) {
                        Files.deleteIfExists(file);
                    }
                } catch (IOException oneOnly) {
                    // tidied by another, not ours to read, or no report at all: the others are listed all the same
                }
            }
        } catch (NoSuchFileException | NotDirectoryException nobody) {
            return reports;
        }
        return reports;
    }
}
