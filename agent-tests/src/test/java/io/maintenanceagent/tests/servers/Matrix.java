package io.maintenanceagent.tests.servers;

import static io.maintenanceagent.tests.harness.Namespace.JAKARTA;
import static io.maintenanceagent.tests.harness.Namespace.JAVAX;
import static io.maintenanceagent.tests.servers.Trait.BASIC;
import static io.maintenanceagent.tests.servers.Trait.LOGIN;
import static io.maintenanceagent.tests.servers.Trait.MANAGEMENT;
import static io.maintenanceagent.tests.servers.Trait.NO_OWN_ANSWERS;
import static io.maintenanceagent.tests.servers.Trait.ONE_SERVLET;
import static io.maintenanceagent.tests.servers.Trait.OWN_ENTRIES;
import static io.maintenanceagent.tests.servers.Trait.PAGES;
import static io.maintenanceagent.tests.servers.Trait.REPLACES_HOST;
import static io.maintenanceagent.tests.servers.Trait.WELCOME_FILE;

import io.maintenanceagent.tests.harness.Jdk;
import io.maintenanceagent.tests.harness.Namespace;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The servers that the agent is tried on, as their projects ship them.
 *
 * <p>A new one takes a line of coordinates in the profile {@code servers} of {@code pom.xml}, which puts it into
 * {@code target/distributions/ID/VERSION}, a line here, and a {@link Launch} unless there is one for its kind. What is
 * no single archive takes a line in an {@code invoker.properties} below {@code src/servers/jars} instead. The system
 * property {@code servers} picks those whose id or name contains it.
 */
public final class Matrix {

    private static final String ONE_SERVLET_NOTE = "rules about servlets see the one of Felix HTTP";

    private static final List<Row> ROWS = List.of(
            row("tomcat-7", "Tomcat %s", JAVAX, new Tomcat(), PAGES, LOGIN, BASIC, OWN_ENTRIES, REPLACES_HOST),
            row("tomcat-8.5", "Tomcat %s", JAVAX, new Tomcat(), PAGES, LOGIN, BASIC, OWN_ENTRIES),
            row("tomcat-9", "Tomcat %s", JAVAX, new Tomcat(), PAGES, LOGIN, BASIC, OWN_ENTRIES),
            row(
                            "tomcat-9",
                            "Tomcat %s, security manager",
                            JAVAX,
                            Tomcat.underSecurityManager(),
                            PAGES,
                            LOGIN,
                            BASIC,
                            OWN_ENTRIES)
                    .upTo(23, "JDK 24 and later have no security manager"),
            row("tomcat-10.1", "Tomcat %s", JAKARTA, new Tomcat(), PAGES, LOGIN, BASIC, OWN_ENTRIES)
                    .from(11),
            row("tomcat-11", "Tomcat %s", JAKARTA, new Tomcat(), PAGES, LOGIN, BASIC, OWN_ENTRIES)
                    .from(17),
            row("jetty-9.4", "Jetty %s", JAVAX, new Jetty(""), PAGES, LOGIN, BASIC, OWN_ENTRIES),
            row("jetty-10.0", "Jetty %s", JAVAX, new Jetty(""), PAGES, LOGIN, BASIC, OWN_ENTRIES)
                    .from(11),
            row("jetty-11.0", "Jetty %s", JAKARTA, new Jetty(""), PAGES, LOGIN, BASIC, OWN_ENTRIES)
                    .from(11),
            row("jetty-12.0", "Jetty %s, EE 8", JAVAX, new Jetty("ee8"), PAGES, LOGIN, BASIC, OWN_ENTRIES)
                    .from(17),
            row("jetty-12.0", "Jetty %s, EE 9", JAKARTA, new Jetty("ee9"), PAGES, LOGIN, BASIC, OWN_ENTRIES)
                    .from(17),
            row("jetty-12.0", "Jetty %s, EE 10", JAKARTA, new Jetty("ee10"), PAGES, LOGIN, BASIC, OWN_ENTRIES)
                    .from(17),
            row(
                            "jetty-12.0",
                            "Jetty %s, EE 10, any URI",
                            JAKARTA,
                            Jetty.lenient("ee10"),
                            PAGES,
                            LOGIN,
                            BASIC,
                            OWN_ENTRIES)
                    .from(17),
            row("jetty-12.1", "Jetty %s, EE 8", JAVAX, new Jetty("ee8"), PAGES, LOGIN, BASIC, OWN_ENTRIES)
                    .from(17),
            row("jetty-12.1", "Jetty %s, EE 9", JAKARTA, new Jetty("ee9"), PAGES, LOGIN, BASIC, OWN_ENTRIES)
                    .from(17),
            row("jetty-12.1", "Jetty %s, EE 10", JAKARTA, new Jetty("ee10"), PAGES, LOGIN, BASIC, OWN_ENTRIES)
                    .from(17),
            row("jetty-12.1", "Jetty %s, EE 11", JAKARTA, new Jetty("ee11"), PAGES, LOGIN, BASIC, OWN_ENTRIES)
                    .from(17),
            row(
                            "jetty-12.1",
                            "Jetty %s, EE 11, any URI",
                            JAKARTA,
                            Jetty.lenient("ee11"),
                            PAGES,
                            LOGIN,
                            BASIC,
                            OWN_ENTRIES)
                    .from(17),
            row("undertow-2.2", "Undertow %s", JAVAX, new Undertow(), LOGIN, OWN_ENTRIES),
            row("undertow-2.3", "Undertow %s", JAKARTA, new Undertow(), LOGIN, OWN_ENTRIES)
                    .from(11),
            wildFly("wildfly-10").upTo(8, "does not run on JDK 9 and later, agent or not"),
            wildFly("wildfly-14").upTo(11, "does not run on JDK 17 and later, agent or not"),
            row(
                            "wildfly-19",
                            "WildFly %s",
                            JAVAX,
                            new WildFly(),
                            PAGES,
                            LOGIN,
                            BASIC,
                            OWN_ENTRIES,
                            MANAGEMENT,
                            WELCOME_FILE)
                    .upTo(17, "does not run on JDK 25, agent or not: sets a security policy"),
            row(
                            "wildfly-26",
                            "WildFly %s",
                            JAVAX,
                            new WildFly(),
                            PAGES,
                            LOGIN,
                            BASIC,
                            OWN_ENTRIES,
                            MANAGEMENT,
                            WELCOME_FILE)
                    .upTo(17, "does not run on JDK 25, agent or not: sets a security policy"),
            row(
                            "wildfly-39",
                            "WildFly %s",
                            JAKARTA,
                            new WildFly(),
                            PAGES,
                            LOGIN,
                            BASIC,
                            OWN_ENTRIES,
                            MANAGEMENT,
                            WELCOME_FILE)
                    .from(17),
            liberty("EE 7", JAVAX, "servlet-3.1", "jsp-2.3", "appSecurity-2.0"),
            liberty("EE 8", JAVAX, "servlet-4.0", "jsp-2.3", "appSecurity-3.0"),
            liberty("EE 10", JAKARTA, "servlet-6.0", "pages-3.1", "appSecurity-5.0")
                    .from(11),
            row("tomee-8", "TomEE %s", JAVAX, new Tomcat(), PAGES, LOGIN, BASIC, OWN_ENTRIES),
            row("tomee-9", "TomEE %s", JAKARTA, new Tomcat(), PAGES, LOGIN, BASIC, OWN_ENTRIES)
                    .from(11),
            row("payara-micro-5", "Payara Micro %s", JAVAX, new PayaraMicro(), PAGES, LOGIN)
                    .upTo(17, "does not run on JDK 25, agent or not: its kernel finds no services"),
            row("payara-micro-6", "Payara Micro %s", JAKARTA, new PayaraMicro(), PAGES, LOGIN)
                    .from(11),
            row("glassfish-7", "GlassFish %s", JAKARTA, new GlassFish(), PAGES, LOGIN)
                    .from(11)
                    .upTo(17, "does not run on JDK 25, agent or not: its OSGi framework does not know it"),
            row("glassfish-8", "GlassFish %s", JAKARTA, new GlassFish(), PAGES, LOGIN)
                    .from(17)
                    .upTo(17, "does not run on JDK 25, agent or not: this build wants 17"),
            row("felix-7", "Felix %s, Felix HTTP", JAKARTA, new Felix(), ONE_SERVLET)
                    .from(17)
                    .noting(ONE_SERVLET_NOTE),
            row("equinox-3", "Equinox %s, Felix HTTP", JAKARTA, new Equinox(), ONE_SERVLET)
                    .from(17)
                    .noting(ONE_SERVLET_NOTE),
            row("boot-1-tomcat", "Spring Boot %s, Tomcat", JAVAX, new SpringBoot(), OWN_ENTRIES)
                    .upTo(8, "does not run on JDK 9 and later, agent or not: its CGLIB"),
            row("boot-2-tomcat", "Spring Boot %s, Tomcat", JAVAX, new SpringBoot(), OWN_ENTRIES),
            row("boot-2-jetty", "Spring Boot %s, Jetty", JAVAX, new SpringBoot(), OWN_ENTRIES),
            row("boot-2-undertow", "Spring Boot %s, Undertow", JAVAX, new SpringBoot(), OWN_ENTRIES),
            row("boot-3-tomcat", "Spring Boot %s, Tomcat", JAKARTA, new SpringBoot(), OWN_ENTRIES)
                    .from(17),
            row("boot-3-jetty", "Spring Boot %s, Jetty", JAKARTA, new SpringBoot(), OWN_ENTRIES)
                    .from(17),
            row("boot-3-undertow", "Spring Boot %s, Undertow", JAKARTA, new SpringBoot(), OWN_ENTRIES)
                    .from(17),
            row("boot-4-tomcat", "Spring Boot %s, Tomcat", JAKARTA, new SpringBoot(), OWN_ENTRIES)
                    .from(17),
            row("boot-4-jetty", "Spring Boot %s, Jetty", JAKARTA, new SpringBoot(), OWN_ENTRIES)
                    .from(17),
            virtualThreads("boot-3-tomcat", "Tomcat"),
            virtualThreads("boot-4-tomcat", "Tomcat"),
            virtualThreads("boot-4-jetty", "Jetty"));

    private Matrix() {}

    /**
     * Every row on the running JDK and on the newest other one, where the server runs on it; on those that the system
     * property {@code jdks} names in the profile {@code jdks-servers}.
     */
    public static Stream<MatrixCell> cells() {
        String wanted = System.getProperty("servers", "");
        return ROWS.stream()
                .filter(row -> row.id().contains(wanted) || row.name().contains(wanted))
                .flatMap(Row::cells);
    }

    private static Row row(String id, String name, Namespace namespace, Launch launch, Trait... traits) {
        return new Row(id, name, namespace, launch, Set.of(traits), 8, Integer.MAX_VALUE, "");
    }

    private static Row wildFly(String id) {
        Launch launch = new WildFly();
        return row(id, "WildFly %s", JAVAX, launch, PAGES, LOGIN, BASIC, OWN_ENTRIES, MANAGEMENT, WELCOME_FILE);
    }

    private static Row virtualThreads(String id, String server) {
        String name = "Spring Boot %s, " + server + ", virtual threads";
        return row(id, name, JAKARTA, SpringBoot.withVirtualThreads(), OWN_ENTRIES)
                .from(21);
    }

    private static Row liberty(String edition, Namespace namespace, String... features) {
        String name = "Open Liberty %s, " + edition;
        return row(
                "liberty-26", name, namespace, new Liberty(features), PAGES, LOGIN, BASIC, OWN_ENTRIES, NO_OWN_ANSWERS);
    }

    /**
     * A server.
     *
     * @param id the directory below {@code target/distributions}
     * @param name what people call it; {@code %s} is its version
     * @param namespace which of the two test applications it takes
     * @param launch how it is started
     * @param traits what the test application finds there, besides servlets
     * @param oldestJdk the oldest JDK that it runs on
     * @param newestJdk the newest JDK that it runs on without the agent
     * @param note what there is to say about it in the table, or the empty string
     */
    public record Row(
            String id,
            String name,
            Namespace namespace,
            Launch launch,
            Set<Trait> traits,
            int oldestJdk,
            int newestJdk,
            String note) {

        /** For a server that does not run on Java 8. */
        Row from(int jdk) {
            return new Row(id, name, namespace, launch, traits, jdk, newestJdk, note);
        }

        /** For a server that does not run on newer JDKs, with or without the agent. */
        Row upTo(int jdk, String why) {
            return new Row(id, name, namespace, launch, traits, oldestJdk, jdk, why);
        }

        /** With something to say about it in the table. */
        Row noting(String text) {
            return new Row(id, name, namespace, launch, traits, oldestJdk, newestJdk, text);
        }

        private Stream<MatrixCell> cells() {
            List<Jdk> jdks = Jdk.runningAndNewest().stream()
                    .filter(jdk -> oldestJdk <= jdk.feature() && jdk.feature() <= newestJdk)
                    .toList();
            int newest = jdks.stream().mapToInt(Jdk::feature).max().orElse(0);
            return jdks.stream().map(jdk -> new MatrixCell(this, jdk, jdk.feature() == newest));
        }
    }
}
