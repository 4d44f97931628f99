package io.maintenanceagent.store.file;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;

/**
 * The open files of this process as Linux shows them: {@code /proc/self/fd/7} leads to the opened file itself, whatever
 * has become of the name that it was opened by. Java has no other way to look at an opened file, to change its rights,
 * and to name files in an opened directory.
 */
final class Descriptors {

    private static final Path OWN = Paths.get("/proc/self/fd");

    private Descriptors() {}

    /** Returns whether this platform shows open files. */
    static boolean areShown() {
        return Files.isDirectory(OWN);
    }

    /**
     * Finds the open file of a path. Looks at every open file, so it is slow in a process with thousands.
     *
     * @param real the path, without links
     * @return {@code null} if nothing that is open has this path
     */
    static Path find(Path real) throws IOException {
        return find(real, null);
    }

    /**
     * The same, where other threads may have the file open as well.
     *
     * @param file what is to be found
     */
    static Path find(Path real, FileFacts file) throws IOException {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(OWN)) {
            for (Path descriptor : all) {
                try {
                    if (Files.readSymbolicLink(descriptor).equals(real)
                            && (file == null || file.isSame(FileFacts.following(descriptor)))) {
                        return descriptor;
                    }
                } catch (IOException ignored) {
                    // meanwhile, by another thread
                }
            }
        }
        return null;
    }
}
