package io.maintenanceagent.tests.bench;

import io.maintenanceagent.tests.harness.Project;
import io.maintenanceagent.tests.harness.Server;
import io.maintenanceagent.tests.harness.Sources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A web application with one servlet, whose requests cost as little as requests can. */
enum HelloApplication {
    /** The servlet alone. */
    PLAIN,
    /** With a filter in front that answers every request as the agent does in maintenance. */
    FILTER;

    private Path exploded;

    /** The exploded WAR, built at the first call. */
    synchronized Path exploded() {
        if (exploded == null) {
            String name = name().toLowerCase();
            Path war = Project.newDirectory("hello-" + name);
            Sources sources = new Sources(Project.sources("bench/app/java"));
            sources.compile(17, sources.names(), text -> text, Server.TOMCAT_11.jars(), war.resolve("WEB-INF/classes"));
            try {
                Files.copy(
                        Project.sources("bench/app").resolve(name).resolve("web.xml"), war.resolve("WEB-INF/web.xml"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            exploded = war;
        }
        return exploded;
    }
}
