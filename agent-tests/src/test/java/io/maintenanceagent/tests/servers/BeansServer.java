package io.maintenanceagent.tests.servers;

import io.maintenanceagent.tests.harness.Jdk;
import io.maintenanceagent.tests.harness.Namespace;
import io.maintenanceagent.tests.harness.Project;
import io.maintenanceagent.tests.harness.WebApplication;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The servers with a container of beans that the agent is tried on, as their projects ship them. */
enum BeansServer {
    WILDFLY_26("wildfly-26", Namespace.JAVAX, new WildFly(), 17),
    WILDFLY_39("wildfly-39", Namespace.JAKARTA, new WildFly(), 25),
    TOMEE_8("tomee-plus-8", Namespace.JAVAX, new Tomcat(), 25),
    TOMEE_9("tomee-plus-9", Namespace.JAKARTA, new Tomcat(), 25),
    LIBERTY_EE8(
            "liberty-26",
            Namespace.JAVAX,
            new Liberty(
                    timerStore(), List.of("servlet-4.0", "ejbLite-3.2", "ejbPersistentTimer-3.2", "appSecurity-3.0")),
            25),
    LIBERTY_EE10(
            "liberty-26",
            Namespace.JAKARTA,
            new Liberty(
                    timerStore(),
                    List.of(
                            "servlet-6.0",
                            "enterpriseBeansLite-4.0",
                            "enterpriseBeansPersistentTimer-4.0",
                            "appSecurity-5.0")),
            25),
    PAYARA_5("payara-micro-5", Namespace.JAVAX, new PayaraMicro(), 17),
    PAYARA_6("payara-micro-6", Namespace.JAKARTA, new PayaraMicro(), 25),
    PAYARA_SERVER_6("payara-6", Namespace.JAKARTA, new GlassFish(), 17),
    GLASSFISH_7("glassfish-7", Namespace.JAKARTA, new GlassFish(), 17);

    private static final WebApplication TIMERS = application(source -> source.startsWith("beans/"));
    private static final WebApplication MESSAGES =
            application(source -> source.startsWith("messages/") || source.equals("beans/Ran.java"));

    private static final WebApplication ORDERS = new WebApplication(
            "data-sources",
            namespace -> Project.serverJars("ee-" + namespace.name().toLowerCase()),
            source -> true);

    /** Liberty's broker, with the queue that the application defines. */
    private static final String BROKER = """
            <messagingEngine><queue id="orders"/></messagingEngine>
            <wasJmsEndpoint host="127.0.0.1" wasJmsPort="-1" wasJmsSSLPort="-1"/>
            <jmsConnectionFactory id="DefaultJMSConnectionFactory"><properties.wasJms/></jmsConnectionFactory>
            <jmsQueue id="java:app/orders" jndiName="jms/orders"><properties.wasJms queueName="orders"/></jmsQueue>
            <jmsActivationSpec id="shop/Orders"><properties.wasJms/></jmsActivationSpec>""";

    private final String id;
    private final Namespace namespace;
    private final Launch launch;
    private final int newestJdk;

    BeansServer(String id, Namespace namespace, Launch launch, int newestJdk) {
        this.id = id;
        this.namespace = namespace;
        this.launch = launch;
        this.newestJdk = newestJdk;
    }

    /** With the profile {@code work} those that {@code work.cells} names, or all; otherwise none. */
    static Stream<BeansServer> tried() {
        String named = System.getProperty("work.cells");
        return Boolean.getBoolean("work")
                ? Stream.of(values())
                        .filter(server -> named == null || server.name().matches(named))
                : Stream.empty();
    }

    /** The same of those that have a default data source, without a database that has to be started. */
    static Stream<BeansServer> withDataSource() {
        return tried().filter(server -> server != GLASSFISH_7 && !server.name().startsWith("TOMEE"));
    }

    private static WebApplication application(Predicate<String> include) {
        return new WebApplication(
                "beans",
                namespace -> Project.serverJars("ee-" + namespace.name().toLowerCase()),
                include);
    }

    /** Starts it with the agent, and with an application of {@code src/beans} that has timers. */
    RunningServer startTimers() {
        return start(launch, new Application(TIMERS, ",guard=schedules"));
    }

    /** Starts it with the agent, and with an application of {@code src/beans} that has a message-driven bean. */
    RunningServer startMessages() {
        return start(messageLaunch(), new Application(MESSAGES, ",guard=messages"));
    }

    /** Starts it with the agent, and with an application that writes to the server's default data source. */
    RunningServer startDataSource() {
        return start(launch, new Application(ORDERS, ",guard=jdbc"));
    }

    private RunningServer start(Launch how, Application application) {
        Jdk jdk = Jdk.runningAndNewest().stream()
                .filter(candidate -> candidate.feature() <= newestJdk)
                .findFirst()
                .orElseThrow();
        Matrix.Row row = new Matrix.Row(id, name(), namespace, how, Set.of(), 8, newestJdk, "");
        return RunningServer.start(new MatrixCell(row, jdk, true), application, true);
    }

    /** Whether it has a broker of its own. */
    boolean hasBroker() {
        return this != PAYARA_5 && this != PAYARA_6;
    }

    private Launch messageLaunch() {
        switch (this) {
            case WILDFLY_26:
            case WILDFLY_39:
                return new WildFly("standalone-full.xml");
            case TOMEE_8:
            case TOMEE_9:
                return new TomEe();
            case LIBERTY_EE8:
                return new Liberty(
                        BROKER,
                        List.of("servlet-4.0", "mdb-3.2", "wasJmsServer-1.0", "wasJmsClient-2.0", "appSecurity-3.0"));
            case LIBERTY_EE10:
                return new Liberty(
                        BROKER,
                        List.of(
                                "servlet-6.0",
                                "mdb-4.0",
                                "messagingServer-3.0",
                                "messagingClient-3.0",
                                "appSecurity-5.0"));
            default:
                return launch;
        }
    }

    /** Whether its timers may outlive it. */
    boolean keepsTimers() {
        return !name().startsWith("TOMEE") && hasBroker();
    }

    /** Whether it takes timers out of its store when they are due: else what is held is not known. */
    boolean showsHeld() {
        return !name().startsWith("TOMEE");
    }

    /** A database for Liberty's timers, which it has none of its own for. */
    private static String timerStore() {
        Path derby = Project.serverJars("derby-10.14").get(0).getParent();
        return """
                <library id="derby"><fileset dir="%s" includes="*.jar"/></library>
                <dataSource id="DefaultDataSource">
                  <jdbcDriver libraryRef="derby"/>
                  <properties.derby.embedded databaseName="${server.output.dir}/timers" createDatabase="create"/>
                </dataSource>""".formatted(derby);
    }
}
