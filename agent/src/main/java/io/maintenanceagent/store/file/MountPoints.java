package io.maintenanceagent.store.file;

import java.io.BufferedReader;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** The mounts that this process sees, where the system tells them: on Linux. Uses {@code java.io} alone. */
final class MountPoints {

    private static final File MOUNT_INFO = new File("/proc/self/mountinfo");
    private static final int MOUNT_POINT = 4; // the fifth field, proc_pid_mountinfo(5)

    private MountPoints() {}

    /**
     * Returns whether a file is itself a mount point.
     *
     * @param file any file
     */
    static boolean contain(File file) {
        if (!MOUNT_INFO.exists()) {
            return false;
        }
        try (BufferedReader mounts =
                new BufferedReader(new InputStreamReader(new FileInputStream(MOUNT_INFO), StandardCharsets.UTF_8))) {
            String path = file.getCanonicalPath();
            for (String line = mounts.readLine(); line != null; line = mounts.readLine()) {
                String[] fields = line.split(" ", MOUNT_POINT + 2);
                if (fields.length > MOUNT_POINT && unescape(fields[MOUNT_POINT]).equals(path)) {
                    return true;
                }
            }
        } catch (IOException ignored) {
            // as on other systems
        }
        return false;
    }

    private static String unescape(String field) {
        return field.replace("\\040", " ")
                .replace("\\011", "\t")
                .replace("\\012", "\n")
                .replace("\\134", "\\");
    }
}
