package io.maintenanceagent.store.file;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

/**
 * How a path leads to a file at one moment: each name that is looked up on the way, symbolic links followed, up to the
 * file or to the first name that is missing. Immutable.
 */
final class PathResolution {

    private static final int MAX_LINKS = 40; // as in Linux, path_resolution(7)

    private final List<Step> steps = new ArrayList<Step>();
    private boolean complete;

    private PathResolution() {}

    /**
     * Resolves a path.
     *
     * @param file absolute
     * @throws IOException if that cannot be seen
     */
    static PathResolution of(Path file) throws IOException {
        PathResolution resolution = new PathResolution();
        resolution.resolve(file);
        return resolution;
    }

    private void resolve(Path file) throws IOException {
        Deque<Path> rest = new ArrayDeque<Path>();
        push(file, rest);
        Path at = file.getRoot();
        Object key = key(at);
        int links = 0;
        while (!rest.isEmpty()) {
            Path name = rest.pop();
            if (name.toString().equals("..")) {
                at = at.getParent() == null ? at : at.getParent();
                key = key(at);
                continue;
            }
            Path next = at.resolve(name);
            BasicFileAttributes found = attributes(next);
            boolean link = found != null && found.isSymbolicLink();
            Path target = link ? Files.readSymbolicLink(next) : null;
            steps.add(new Step(at, key, name, rest.isEmpty(), found != null, target));
            if (link) {
                if (++links > MAX_LINKS) {
                    throw new FileSystemLoopException(file.toString());
                }
                if (target.isAbsolute()) {
                    at = target.getRoot();
                    key = key(at);
                }
                push(target, rest);
            } else if (found == null || rest.isEmpty() || !found.isDirectory()) {
                complete = found != null && rest.isEmpty();
                return;
            } else {
                at = next;
                key = found.fileKey();
            }
        }
    }

    private static void push(Path path, Deque<Path> rest) {
        for (int i = path.getNameCount() - 1; i >= 0; i--) {
            if (!path.getName(i).toString().equals(".")) {
                rest.push(path.getName(i));
            }
        }
    }

    private static Object key(Path directory) throws IOException {
        return Files.readAttributes(directory, BasicFileAttributes.class).fileKey();
    }

    private static BasicFileAttributes attributes(Path path) throws IOException {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException ignored) {
            // the file is missing
            return null;
        }
    }

    /** Returns the names that were looked up, in their order. */
    List<Step> steps() {
        return Collections.unmodifiableList(steps);
    }

    /** Returns whether the path leads to a file. */
    boolean isComplete() {
        return complete;
    }

    /** One name that was looked up in one directory. Immutable. */
    static final class Step {
        private final Path directory;
        private final Object key;
        private final Path name;
        private final boolean last;
        private final boolean found;
        private final Path target;

        private Step(Path directory, Object key, Path name, boolean last, boolean found, Path target) {
            this.directory = directory;
            this.key = key;
            this.name = name;
            this.last = last;
            this.found = found;
            this.target = target;
        }

        /** Returns the directory, by a path without links. */
        Path directory() {
            return directory;
        }

        /** Returns what tells this directory from another one of the same path; {@code null} where nothing does. */
        Object directoryKey() {
            return key;
        }

        /** Returns the name that was looked up in it. */
        Path name() {
            return name;
        }

        /** Returns the path that was looked up. */
        Path path() {
            return directory.resolve(name);
        }

        /** Returns whether the name is that of the file, or of a link to it, and not of a directory on the way. */
        boolean isLast() {
            return last;
        }

        /** Returns whether the name was found. */
        boolean isFound() {
            return found;
        }

        /** Returns where the link of this name leads; {@code null} if it is none. */
        Path linkTarget() {
            return target;
        }
    }
}
