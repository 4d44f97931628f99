package io.maintenanceagent.tests.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** The embedded servers, one line each. */
public enum Server {
    TOMCAT_9("tomcat-9", Namespace.JAVAX, "TomcatLauncher", true, 8),
    TOMCAT_11("tomcat-11", Namespace.JAKARTA, "TomcatLauncher", true, 17),
    JETTY_12("jetty-12", Namespace.JAKARTA, "JettyLauncher", true, 17),
    UNDERTOW_2("undertow-2", Namespace.JAKARTA, "UndertowLauncher", false, 11);

    private static final Map<Server, Path> LAUNCHERS = new EnumMap<>(Server.class);

    private final String id;
    private final Namespace namespace;
    private final String launcher;
    private final boolean pages;
    private final int release;

    Server(String id, Namespace namespace, String launcher, boolean pages, int release) {
        this.id = id;
        this.namespace = namespace;
        this.launcher = launcher;
        this.pages = pages;
        this.release = release;
    }

    /** Whether the JDK is new enough for it. */
    public boolean runsOn(Jdk jdk) {
        return jdk.feature() >= release;
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
                        .compile(server.release, files, server.namespace::rewrite, server.jars(), classes);
                return classes;
            });
        }
    }

    /** The same as a jar. */
    public Path launcherJar() {
        Path classes = launcherClasses();
        Path jar = Project.newDirectory("launcher").resolve("launcher.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.list(classes)) {
            for (Path file : files.sorted().toList()) {
                out.putNextEntry(new JarEntry(file.getFileName().toString()));
                Files.copy(file, out);
                out.closeEntry();
            }
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
