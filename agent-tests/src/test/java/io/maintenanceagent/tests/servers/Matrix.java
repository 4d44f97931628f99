package io.maintenanceagent.tests.servers;

import static io.maintenanceagent.tests.harness.Namespace.JAKARTA;
import static io.maintenanceagent.tests.harness.Namespace.JAVAX;
import static io.maintenanceagent.tests.servers.Trait.LOGIN;
import static io.maintenanceagent.tests.servers.Trait.PAGES;

import io.maintenanceagent.tests.harness.Jdk;
import io.maintenanceagent.tests.harness.Namespace;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The servers that the agent is tried on, as their projects ship them.
 *
 * <p>A new one takes a line of coordinates in the profile {@code servers} of {@code pom.xml}, which puts it into
 * {@code target/distributions/ID/VERSION}, a line here, and a {@link Launch} unless there is one for its kind. The system
 * property {@code servers} picks those whose id contains it.
 */
final class Matrix {

    private static final List<Row> ROWS = List.of(
            row("tomcat-9", "Tomcat %s", JAVAX, new Tomcat(), PAGES, LOGIN),
            row("jetty-12.0", "Jetty %s, EE 10", JAKARTA, new Jetty("ee10"), PAGES),
            row("wildfly-39", "WildFly %s", JAKARTA, new WildFly(), PAGES, LOGIN),
            row("liberty-26", "Open Liberty %s, EE 10", JAKARTA, new Liberty("servlet-6.0", "pages-3.1"), PAGES),
            row("liberty-26", "Open Liberty %s, EE 8", JAVAX, new Liberty("servlet-4.0", "jsp-2.3"), PAGES),
            row("felix-7", "Felix %s, Felix HTTP", JAKARTA, new Felix()),
            row("equinox-3", "Equinox %s, Felix HTTP", JAKARTA, new Equinox()));

    private Matrix() {}

    /** Every row on the running JDK and on the newest other one, where the server runs on it. */
    static Stream<MatrixCell> cells() {
        String wanted = System.getProperty("servers", "");
        List<Jdk> jdks = Jdk.runningAndNewest();
        return ROWS.stream()
                .filter(row -> row.id().contains(wanted))
                .flatMap(row -> jdks.stream()
                        .filter(jdk -> jdk.feature() <= row.newestJdk())
                        .map(jdk -> new MatrixCell(row, jdk)));
    }

    private static Row row(String id, String name, Namespace namespace, Launch launch, Trait... traits) {
        return new Row(id, name, namespace, launch, Set.of(traits), Integer.MAX_VALUE);
    }

    /**
     * A server.
     *
     * @param id the directory below {@code target/distributions}
     * @param name what people call it; {@code %s} is its version
     * @param namespace which of the two test applications it takes
     * @param launch how it is started
     * @param traits what the test application finds there, besides servlets
     * @param newestJdk the newest JDK that it starts on without the agent
     */
    record Row(String id, String name, Namespace namespace, Launch launch, Set<Trait> traits, int newestJdk) {

        /** For a server that does not start on newer JDKs, with or without the agent. */
        Row upTo(int jdk) {
            return new Row(id, name, namespace, launch, traits, jdk);
        }
    }
}
