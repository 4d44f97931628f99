package io.maintenanceagent.tests.harness;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The embedded servers, one line each. */
public enum Server {
    TOMCAT_9("tomcat-9", Namespace.JAVAX, "TomcatLauncher", true),
    TOMCAT_11("tomcat-11", Namespace.JAKARTA, "TomcatLauncher", true),
    JETTY_12("jetty-12", Namespace.JAKARTA, "JettyLauncher", true),
    UNDERTOW_2("undertow-2", Namespace.JAKARTA, "UndertowLauncher", false);

    private static final Map<Server, Path> LAUNCHERS = new EnumMap<>(Server.class);

    private final String id;
    private final Namespace namespace;
    private final String launcher;
    private final boolean pages;

    Server(String id, Namespace namespace, String launcher, boolean pages) {
        this.id = id;
        this.namespace = namespace;
        this.launcher = launcher;
        this.pages = pages;
    }

    /** Whether it brings JSPs. */
    public boolean hasPages() {
        return pages;
    }

    public Namespace namespace() {
        return namespace;
    }

    /** The server's own jars, nothing else. */
    public List<Path> jars() {
        return Project.serverJars(id);
    }

    /** The compiled launcher, whose main class is {@link #launcher()}. */
    public Path launcherClasses() {
        synchronized (LAUNCHERS) {
            return LAUNCHERS.computeIfAbsent(this, server -> {
                Path classes = Project.newDirectory("launcher-" + server.id);
                List<String> files = List.of("Launcher.java", server.launcher + ".java");
                new Sources(Project.sources("launchers"))
                        .compile(17, files, server.namespace::rewrite, server.jars(), classes);
                return classes;
            });
        }
    }

    String launcher() {
        return launcher;
    }

    @Override
    public String toString() {
        return id;
    }
}
