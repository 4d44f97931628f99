package io.maintenanceagent.cli.state;

import io.maintenanceagent.jvm.LocalHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.util.Map;

/** Finds the user of this process, as {@code user@host}. Stateless. */
public final class Author {

    private Author() {}

    /**
     * Returns the user behind {@code sudo} or {@code doas}, else the user of this process: by name, else by number.
     *
     * @param environment the environment variables
     */
    public static String of(Map<String, String> environment) {
        return user(environment, System.getProperty("user.name"), uid()) + "@" + LocalHost.name();
    }

    /**
     * @param environment the environment variables
     * @param name the JVM's name of the user; a question mark if the system has none
     * @param uid the user's number, or {@code null} if it is unknown
     */
    public static String user(Map<String, String> environment, String name, String uid) {
        for (String variable : new String[] {"SUDO_USER", "DOAS_USER", "SUDO_UID", "PKEXEC_UID"}) {
            if (isKnown(environment.get(variable))) {
                return environment.get(variable);
            }
        }
        if (isKnown(name)) {
            return name;
        }
        return uid == null ? "?" : uid;
    }

    private static boolean isKnown(String name) {
        return name != null && !name.trim().isEmpty() && !name.equals("?");
    }

    private static String uid() {
        try {
            return Files.getAttribute(Paths.get("/proc/self"), "unix:uid").toString();
        } catch (IOException | RuntimeException ignored) {
            // this is not Linux
            return null;
        }
    }
}
