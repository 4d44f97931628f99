package io.maintenanceagent.store.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Objects;

/** A file's type, owner, rights and size at one moment. Owners are unknown where the platform is no Unix. Immutable. */
final class FileFacts {

    static final int ROOT = 0;
    private static final int UNKNOWN = -1;
    private static final String BASIC = "fileKey,size,lastModifiedTime,isRegularFile,isDirectory,isSymbolicLink";

    private final Map<String, Object> facts;

    private FileFacts(Map<String, Object> facts) {
        this.facts = facts;
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

    /** Reads all attributes at once: between two readings the file might be exchanged. */
    private static FileFacts read(Path path, LinkOption... options) throws IOException {
        try {
            try {
                return new FileFacts(Files.readAttributes(path, "unix:mode,uid,gid,nlink," + BASIC, options));
            } catch (UnsupportedOperationException | IllegalArgumentException ignored) {
                // this platform is no Unix
                return new FileFacts(Files.readAttributes(path, BASIC, options));
            }
        } catch (NoSuchFileException ignored) {
            // the file is missing
            return null;
        }
    }

    private boolean is(String fact) {
        return Boolean.TRUE.equals(facts.get(fact));
    }

    private int number(String fact) {
        Object value = facts.get(fact);
        return value == null ? UNKNOWN : ((Number) value).intValue();
    }

    boolean isLink() {
        return is("isSymbolicLink");
    }

    boolean isDirectory() {
        return is("isDirectory");
    }

    boolean isRegular() {
        return is("isRegularFile");
    }

    /** The type of the file, for messages. */
    String kind() {
        if (isRegular()) {
            return "a regular file";
        }
        return isDirectory() ? "a directory" : isLink() ? "a link" : "a named pipe, a socket or a device";
    }

    /** In bytes. */
    long size() {
        return ((Number) facts.get("size")).longValue();
    }

    /** In milliseconds since 1970. */
    long modifiedMillis() {
        return ((FileTime) facts.get("lastModifiedTime")).toMillis();
    }

    /** What tells this file from others; {@code null} where nothing does. */
    Object key() {
        return facts.get("fileKey");
    }

    /** Whether both are the same file; {@code false} for {@code null}. */
    boolean isSame(FileFacts other) {
        return other != null && Objects.equals(key(), other.key());
    }

    boolean knowsOwners() {
        return uid() != UNKNOWN;
    }

    int uid() {
        return number("uid");
    }

    int gid() {
        return number("gid");
    }

    /** The nine permission bits and the three before them. */
    int permissions() {
        return number("mode") & 07777;
    }

    /** How many names (hard links) the file has; not positive if that is unknown. */
    int names() {
        return number("nlink");
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
                        return facts.uid();
                    }
                } catch (IOException | RuntimeException ignored) {
                    // no /proc here
                }
            }
            return UNKNOWN;
        }
    }
}
