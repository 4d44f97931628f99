package io.maintenanceagent.instance;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.UUID;

/** Who this JVM is. Immutable; safe for any thread. */
public final class Instance {

    private final String id;
    private final String app;
    private final String host;
    private final long pid;
    private final String version;

    private Instance(String app, String host, long pid, String version) {
        this.app = app;
        this.host = host;
        this.pid = pid;
        this.version = version;
        // Two containers may have the same host name and process id.
        this.id = (app + "-" + host + "-" + pid + "-" + UUID.randomUUID().toString().substring(0, 8))
                .replaceAll("[^A-Za-z0-9._-]", "_");
    }

    /**
     * Finds out who this JVM is. May ask the system for its host name, and take as long as that takes.
     *
     * @param app the name that it reports under
     * @return this JVM
     */
    public static Instance self(String app) {
        Package home = Instance.class.getPackage();
        String version = home == null ? null : home.getImplementationVersion();
        return new Instance(app, hostName(), processId(), version == null ? "unknown" : version);
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            String name = System.getenv("HOSTNAME");
            return name == null ? "localhost" : name;
        }
    }

    /** Without the management beans, which must not be initialised early; 0 if nothing tells. */
    private static long processId() {
        try {
            Class<?> handle = Class.forName("java.lang.ProcessHandle");
            Method current = handle.getMethod("current");
            return (Long) handle.getMethod("pid").invoke(current.invoke(null));
        } catch (ReflectiveOperationException java8) {
            try {
                return Long.parseLong(new File("/proc/self").getCanonicalFile().getName());
            } catch (IOException | NumberFormatException notLinux) {
                return 0;
            }
        }
    }

    /** @return a name that no other instance has: letters, digits, dots, hyphens and underscores */
    public String id() {
        return id;
    }

    /** @return the application's name */
    public String app() {
        return app;
    }

    /** @return the host's name */
    public String host() {
        return host;
    }

    /** @return the process id, or 0 if it cannot be known */
    public long pid() {
        return pid;
    }

    /** @return the agent's version */
    public String version() {
        return version;
    }
}
