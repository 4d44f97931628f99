package io.maintenanceagent.weave;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What may do work that is no request, each known by a class that is loaded when it is used, and not before: so that a
 * JVM can say what it does not guard. Its names are noticed together with those of {@link UncoveredServers}.
 */
public final class UnguardedWork {

    private static final String SCHEDULES = "schedules";
    private static final String MESSAGES = "messages";
    private static final String JDBC = "jdbc";

    /** Name, guard, class. */
    private static final String[][] ALL = {
        {"Spring's @Scheduled", SCHEDULES, "org/springframework/scheduling/support/ScheduledMethodRunnable"},
        {"Quartz", SCHEDULES, "org/quartz/core/QuartzScheduler"},
        {"EJB timers", SCHEDULES, "org/jboss/as/ejb3/timerservice/TimerTask"},
        {"EJB timers", SCHEDULES, "org/apache/openejb/core/timer/EjbTimeoutJob"},
        {"EJB timers", SCHEDULES, "com/sun/ejb/containers/EJBTimerTask"},
        {"EJB timers", SCHEDULES, "com/ibm/ejs/container/TimerNpRunnable"},
        {"EJB timers", SCHEDULES, "com/ibm/ejs/container/PersistentTimerTaskHandler"},
        {"Kafka", MESSAGES, "org/apache/kafka/clients/consumer/KafkaConsumer"},
        {"Spring JMS", MESSAGES, "org/springframework/jms/listener/AbstractMessageListenerContainer"},
        {"Spring RabbitMQ", MESSAGES, "org/springframework/amqp/rabbit/listener/AbstractMessageListenerContainer"},
        {"message-driven beans", MESSAGES, "org/jboss/as/ejb3/inflow/MessageEndpointInvocationHandler"},
        {"message-driven beans", MESSAGES, "org/apache/openejb/core/mdb/EndpointHandler"},
        {"message-driven beans", MESSAGES, "org/glassfish/ejb/mdb/MessageBeanListenerImpl"},
        {"message-driven beans", MESSAGES, "com/ibm/ws/ejbcontainer/mdb/MessageEndpointBase"},
        {"HikariCP", JDBC, "com/zaxxer/hikari/pool/HikariPool"},
        {"DBCP", JDBC, "org/apache/commons/dbcp2/PoolableConnection"},
        {"Tomcat's JDBC pool", JDBC, "org/apache/tomcat/jdbc/pool/ConnectionPool"},
        {"c3p0", JDBC, "com/mchange/v2/c3p0/impl/C3P0PooledConnectionPool"},
    };

    private UnguardedWork() {}

    static void addNames(Set<String> names) {
        for (String[] row : ALL) {
            names.add(row[2]);
        }
    }

    /**
     * Returns what is there and not guarded, as people call it, with what would guard it.
     *
     * @param loaded knows which classes are loaded
     * @param guarded the kinds of work that are guarded
     */
    public static List<String> found(UncoveredServers loaded, Collection<String> guarded) {
        Set<String> found = new LinkedHashSet<String>();
        for (String[] row : ALL) {
            if (!guarded.contains(row[1]) && loaded.isLoaded(row[2])) {
                found.add(row[0] + " (" + row[1] + ")");
            }
        }
        return new ArrayList<String>(found);
    }
}
