package io.maintenanceagent.store.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The names whose change may change what some paths lead to, and the directories that they stand in: the files
 * themselves, each symbolic link on the way (a mounted Kubernetes ConfigMap has two), and where the way ends too early,
 * what is missing.
 *
 * <p>A directory counts as another when it was replaced by one of the same name. Immutable.
 */
final class WatchedNames {

    private static final int MAX_LINKS = 40; // as in Linux, path_resolution(7)

    private final Map<Directory, Set<String>> names = new HashMap<Directory, Set<String>>();

    private WatchedNames() {}

    /** Of absolute paths. */
    static WatchedNames of(Collection<Path> files) throws IOException {
        WatchedNames found = new WatchedNames();
        for (Path file : files) {
            found.follow(file);
        }
        return found;
    }

    private void follow(Path file) throws IOException {
        Deque<Path> rest = new ArrayDeque<Path>();
        push(file, rest);
        Path at = file.getRoot();
        for (int links = 0; links <= MAX_LINKS && !rest.isEmpty(); ) {
            Path name = rest.pop();
            if (name.toString().equals("..")) {
                at = at.getParent() == null ? at : at.getParent();
                continue;
            }
            Path next = at.resolve(name);
            BasicFileAttributes attributes = attributes(next);
            if (attributes != null && attributes.isSymbolicLink()) {
                watch(at, name);
                links++;
                Path target = Files.readSymbolicLink(next);
                at = target.isAbsolute() ? target.getRoot() : at;
                push(target, rest);
            } else if (attributes == null || rest.isEmpty()) {
                watch(at, name);
                return;
            } else {
                at = next;
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

    private void watch(Path directory, Path name) throws IOException {
        Directory key = new Directory(
                directory,
                Files.readAttributes(directory, BasicFileAttributes.class).fileKey());
        Set<String> in = names.get(key);
        if (in == null) {
            in = new HashSet<String>();
            names.put(key, in);
        }
        in.add(name.toString());
    }

    private static BasicFileAttributes attributes(Path path) {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException missing) {
            return null;
        }
    }

    Set<Directory> directories() {
        return names.keySet();
    }

    boolean contains(String name) {
        for (Set<String> in : names.values()) {
            if (in.contains(name)) {
                return true;
            }
        }
        return false;
    }

    /** A directory by its path and by what it is. */
    static final class Directory {
        private final Path path;
        private final Object key;

        Directory(Path path, Object key) {
            this.path = path;
            this.key = key;
        }

        Path path() {
            return path;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Directory
                    && ((Directory) other).path.equals(path)
                    && Objects.equals(((Directory) other).key, key);
        }

        @Override
        public int hashCode() {
            return path.hashCode();
        }
    }
}
