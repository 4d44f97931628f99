package io.maintenanceagent.store.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/**
 * The rights of new files: those of the directory that they are in, and no more. Who may enter the directory may read
 * them. Who may change the directory, and no sticky bit keeps from the files of others, may write a state. Root gives
 * new files to the directory's owner, so that they are what they would be if the owner had made them.
 */
final class Rights {

    private static final int STICKY = 01000;
    private static final int SET_GROUP = 02000;

    /** Never a directory's. */
    private static final int UNKNOWN_GROUP = -2;

    private Rights() {}

    /**
     * What a new file may begin with, until {@link #give} has done its work, which it may not everywhere.
     *
     * @param directory where it will be
     */
    static FileAttribute<?>[] ofNewFile(FileFacts directory) {
        return attributes(directory, ofFile(directory, UNKNOWN_GROUP, false));
    }

    /** The same for a directory. */
    static FileAttribute<?>[] ofNewDirectory(FileFacts directory) {
        return attributes(directory, ofDirectory(directory, UNKNOWN_GROUP) & 0755);
    }

    private static FileAttribute<?>[] attributes(FileFacts directory, int mode) {
        if (!directory.knowsOwners()) {
            return new FileAttribute<?>[0];
        }
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        PosixFilePermission[] all = PosixFilePermission.values(); // from the owner's read to the others' execute
        for (int i = 0; i < all.length; i++) {
            if ((mode & 0400 >> i) != 0) {
                permissions.add(all[i]);
            }
        }
        return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)};
    }

    /**
     * Returns the nine permission bits that a file may have.
     *
     * @param directory where the file is
     * @param group the file's group
     * @param shared whether all who may replace the file are to write it
     */
    static int ofFile(FileFacts directory, int group, boolean shared) {
        int mode = directory.permissions();
        int others = (mode & 01) != 0 ? 04 : 0;
        boolean sameGroup = group == directory.gid();
        int groups = sameGroup ? (mode & 010) != 0 ? 040 : 0 : others << 3;
        boolean writable = shared && sameGroup && (mode & 030) == 030 && (mode & STICKY) == 0;
        return 0600 | groups | (writable ? 020 : 0) | others;
    }

    /** The same for a directory in the directory: all twelve bits. What is made in it gets its group. */
    private static int ofDirectory(FileFacts directory, int group) {
        int mode = directory.permissions() | 0700;
        return group == directory.gid() ? mode | SET_GROUP : mode & ~(SET_GROUP | 070) | (mode & 07) << 3;
    }

    /** Whether only this user and root can exchange files of a directory. */
    static boolean isPrivate(FileFacts directory) {
        return directory.uid() == FileFacts.currentUser() && (directory.permissions() & 022) == 0;
    }

    /**
     * Gives a file that this process has made the rights that it may have.
     *
     * @param opened the file; a path that no other user can let lead elsewhere
     * @param directory where it is
     * @param shared see {@link #ofFile}
     */
    static void give(Path opened, FileFacts directory, boolean shared) throws IOException {
        FileFacts now = FileFacts.following(opened);
        if (now == null || !now.knowsOwners() || !directory.knowsOwners()) {
            return;
        }
        if (FileFacts.currentUser() == FileFacts.ROOT && now.uid() != directory.uid()) {
            Files.setAttribute(opened, "unix:uid", directory.uid());
        }
        int group = now.gid();
        if (group != directory.gid()) {
            try {
                Files.setAttribute(opened, "unix:gid", directory.gid());
                group = directory.gid();
            } catch (IOException ignored) {
                // then the group gets what the others get
            }
        }
        int mode = now.isDirectory() ? ofDirectory(directory, group) : ofFile(directory, group, shared);
        if (mode != now.permissions() || group != now.gid()) {
            Files.setAttribute(opened, "unix:mode", mode);
        }
    }
}
