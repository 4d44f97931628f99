package io.maintenanceagent.store.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Objects;

/** What a file is, and whose, at one moment. Owners are unknown where the platform is no Unix. Immutable. */
final class FileFacts {

    static final int ROOT = 0;
    private static final int UNKNOWN = -1;
    private static final String UNIX = "unix:mode,uid,gid,nlink";

    private final BasicFileAttributes basic;
    private final int mode;
    private final int uid;
    private final int gid;
    private final int names;

    private FileFacts(BasicFileAttributes basic, Map<String, Object> unix) {
        this.basic = basic;
        this.mode = number(unix, "mode");
        this.uid = number(unix, "uid");
        this.gid = number(unix, "gid");
        this.names = number(unix, "nlink");
    }

    private static int number(Map<String, Object> unix, String name) {
        return unix == null ? UNKNOWN : ((Number) unix.get(name)).intValue();
    }

    /**
     * Looks at a path, the last name of which may be a link and is not followed.
     *
     * @return {@code null} if there is nothing
     */
    static FileFacts of(Path path) throws IOException {
        return read(path, LinkOption.NOFOLLOW_LINKS);
    }

    /** Looks at what a path leads to; see {@link #of}. */
    static FileFacts following(Path path) throws IOException {
        return read(path);
    }

    private static FileFacts read(Path path, LinkOption... options) throws IOException {
        try {
            BasicFileAttributes basic = Files.readAttributes(path, BasicFileAttributes.class, options);
            return new FileFacts(basic, unix(path, options));
        } catch (NoSuchFileException missing) {
            return null;
        }
    }

    private static Map<String, Object> unix(Path path, LinkOption... options) throws IOException {
        try {
            return Files.readAttributes(path, UNIX, options);
        } catch (UnsupportedOperationException | IllegalArgumentException noUnix) {
            return null;
        }
    }

    boolean isLink() {
        return basic.isSymbolicLink();
    }

    boolean isDirectory() {
        return basic.isDirectory();
    }

    boolean isRegular() {
        return basic.isRegularFile();
    }

    /** What it is, in words. */
    String kind() {
        if (isRegular()) {
            return "a regular file";
        }
        return isDirectory() ? "a directory" : isLink() ? "a link" : "a named pipe, a socket or a device";
    }

    /** In bytes. */
    long size() {
        return basic.size();
    }

    /** In milliseconds since 1970. */
    long modifiedMillis() {
        return basic.lastModifiedTime().toMillis();
    }

    /** Whether both are the same file; {@code false} for {@code null}. */
    boolean isSame(FileFacts other) {
        return other != null && Objects.equals(basic.fileKey(), other.basic.fileKey());
    }

    boolean knowsOwners() {
        return uid != UNKNOWN;
    }

    int uid() {
        return uid;
    }

    int gid() {
        return gid;
    }

    /** The nine permission bits and the three before them. */
    int permissions() {
        return mode & 07777;
    }

    /** How many names (hard links) the file has; not positive if that is unknown. */
    int names() {
        return names;
    }

    /** The user that this process acts as, by number. */
    static int currentUser() {
        return CurrentUser.UID;
    }

    /** Asked once, when it is needed. */
    private static final class CurrentUser {
        static final int UID = find();

        private static int find() {
            for (String own : new String[] {"/proc/self", System.getProperty("user.home")}) {
                try {
                    FileFacts facts = own == null ? null : following(Paths.get(own));
                    if (facts != null) {
                        return facts.uid;
                    }
                } catch (IOException | RuntimeException tryTheNext) {
                    // no /proc here
                }
            }
            return UNKNOWN;
        }
    }
}
