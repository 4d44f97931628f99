package io.maintenanceagent.instance;

import io.maintenanceagent.jvm.LocalHost;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.UUID;

/** The identity of this JVM in instance reports. Immutable; safe for any thread. */
public final class InstanceIdentity {

    private final String id;
    private final String app;
    private final String host;
    private final long pid;
    private final String version;

    private InstanceIdentity(String app, String host, long pid, String version) {
        this.app = app;
        this.host = host;
        this.pid = pid;
        this.version = version;
        // Two containers may have the same host name and process id.
        String shortApp = app.length() <= 80 ? app : app.substring(0, 80);
        this.id = (shortApp + "-" + host + "-" + pid + "-"
                        + UUID.randomUUID().toString().substring(0, 8))
                .replaceAll("[^A-Za-z0-9._-]", "_");
    }

    /**
     * Finds out this JVM's identity. May wait for the system to tell its host name.
     *
     * @param app the name that it reports under
     * @return this JVM
     */
    public static InstanceIdentity self(String app) {
        return new InstanceIdentity(app, LocalHost.name(), processId(), agentVersion());
    }

    /** Returns the version of this agent, as its jar has it. */
    public static String agentVersion() {
        Package home = InstanceIdentity.class.getPackage();
        String version = home == null ? null : home.getImplementationVersion();
        return version == null ? "unknown" : version;
    }

    /** Returns the process id without the management beans, which must not be initialised early; 0 if it is unknown. */
    private static long processId() {
        try {
            Class<?> handle = Class.forName("java.lang.ProcessHandle");
            Method current = handle.getMethod("current");
            return (Long) handle.getMethod("pid").invoke(current.invoke(null));
        } catch (ReflectiveOperationException ignored) {
            // this is Java 8
            try {
                return Long.parseLong(new File("/proc/self").getCanonicalFile().getName());
            } catch (IOException | NumberFormatException notLinux) {
                return 0;
            }
        }
    }

    /** Returns a name that no other instance has: letters, digits, dots, hyphens and underscores. */
    public String id() {
        return id;
    }

    /** Returns the application's name. */
    public String app() {
        return app;
    }

    /** Returns the host's name. */
    public String host() {
        return host;
    }

    /** Returns the process id, or 0 if it cannot be known. */
    public long pid() {
        return pid;
    }

    /** Returns the agent's version. */
    public String version() {
        return version;
    }
}
