package io.maintenanceagent.store.file;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** Why a file has disappeared: the first difference in its path's resolution. Immutable. */
final class Disappearance {

    /** The reasons. */
    enum Kind {
        /** The file is there. */
        NONE,
        /** The file, or the link to it, was deleted. */
        DELETED,
        /** Its directory, or one above, was deleted or moved away. */
        DIRECTORY_MISSING,
        /** A directory of the path is another one: unmounted, mounted over, or exchanged. */
        OTHER_DIRECTORY,
        /** A link of the path leads elsewhere. */
        LINK_SWITCHED
    }

    private final Kind kind;
    private final Path place;
    private final Path target;

    private Disappearance(Kind kind, Path place, Path target) {
        this.kind = kind;
        this.place = place;
        this.target = target;
    }

    /**
     * @param before how the path led to the file when it was there
     * @param now how the same path is resolved now
     */
    static Disappearance between(PathResolution before, PathResolution now) {
        List<PathResolution.Step> then = before.steps();
        for (int i = 0; i < now.steps().size() && i < then.size(); i++) {
            PathResolution.Step old = then.get(i);
            PathResolution.Step step = now.steps().get(i);
            if (!Objects.equals(old.directoryKey(), step.directoryKey())) {
                return new Disappearance(Kind.OTHER_DIRECTORY, step.directory(), null);
            }
            if (!step.isFound()) {
                Kind kind = step.isLast()
                        ? Kind.DELETED
                        : wasMounted(then, i) ? Kind.OTHER_DIRECTORY : Kind.DIRECTORY_MISSING;
                return new Disappearance(kind, step.path(), null);
            }
            if (!Objects.equals(old.linkTarget(), step.linkTarget())) {
                return new Disappearance(Kind.LINK_SWITCHED, step.path(), step.linkTarget());
            }
        }
        if (now.isComplete()) {
            return new Disappearance(Kind.NONE, null, null);
        }
        // A file stands where a directory was.
        PathResolution.Step end = now.steps().get(now.steps().size() - 1);
        return new Disappearance(Kind.OTHER_DIRECTORY, end.path(), null);
    }

    /** Returns whether a missing directory was a mount point, which some remove together with the mount. */
    private static boolean wasMounted(List<PathResolution.Step> then, int i) {
        return i + 1 < then.size()
                && then.get(i).linkTarget() == null
                && !device(then.get(i).directoryKey())
                        .equals(device(then.get(i + 1).directoryKey()));
    }

    /** The JDK tells device and inode as {@code (dev=fd00,ino=12)}, where there are any. */
    private static String device(Object key) {
        String text = String.valueOf(key);
        int comma = text.indexOf(',');
        return comma < 0 ? text : text.substring(0, comma);
    }

    Kind kind() {
        return kind;
    }

    /** Returns the directory or the link that made the difference. */
    Path place() {
        return place;
    }

    /** Returns where the link leads that was switched; {@code null} if it is none any more. */
    Path target() {
        return target;
    }
}
