package io.maintenanceagent.tests.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The watched file, changed in the ways that people and tools change it. */
public record StateFile(Path path) {

    /** Truncates and writes in place, as {@code echo on > file} does; makes the file if it is not there. */
    public void write(String content) {
        run(() -> Files.writeString(path, content + "\n"));
    }

    /** Writes another file and renames it over this one. */
    public void replace(String content) {
        replace((content + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Writes another file, without a line end, and renames it over this one. */
    public void replace(byte[] content) {
        Path temporary = path.resolveSibling(path.getFileName() + ".tmp");
        run(() -> {
            Files.write(temporary, content);
            Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        });
    }

    /** Writes another file in another directory and renames it over this one. */
    public void replaceFrom(Path directory, String content) {
        Path temporary = directory.resolve(path.getFileName() + ".tmp");
        run(() -> {
            Files.writeString(temporary, content + "\n");
            Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        });
    }

    /** Deletes the file and makes it again. */
    public void recreate(String content) {
        delete();
        write(content);
    }

    /** Deletes the file, link or empty directory, if there is one. */
    public void delete() {
        run(() -> Files.deleteIfExists(path));
    }

    /** Makes an empty directory of this name. */
    public void makeDirectory() {
        run(() -> Files.createDirectory(path));
    }

    /** Renames a symbolic link over this file: the only way to exchange a file for a directory at once. */
    public void replaceByLink(Path target) {
        Path temporary = path.resolveSibling(path.getFileName() + ".tmp");
        run(() -> {
            Files.createSymbolicLink(temporary, target);
            Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        });
    }

    private interface Action {
        void run() throws IOException;
    }

    private static void run(Action action) {
        try {
            action.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
