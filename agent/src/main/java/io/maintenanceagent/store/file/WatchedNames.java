package io.maintenanceagent.store.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The names to watch for some paths, and their directories: the files themselves, each symbolic link of the path (a
 * mounted Kubernetes ConfigMap has two), and the first missing name.
 *
 * <p>A directory counts as another when it was replaced by one of the same name. Immutable.
 */
final class WatchedNames {

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
        List<PathResolution.Step> steps = PathResolution.of(file).steps();
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).linkTarget() != null || i == steps.size() - 1) {
                watch(steps.get(i));
            }
        }
    }

    private void watch(PathResolution.Step step) {
        Directory directory = new Directory(step.directory(), step.directoryKey());
        Set<String> in = names.get(directory);
        if (in == null) {
            in = new HashSet<String>();
            names.put(directory, in);
        }
        in.add(step.name().toString());
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
