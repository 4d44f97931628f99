package io.maintenanceagent.entrypoint;

import static io.maintenanceagent.entrypoint.Owner.anyMentioning;
import static io.maintenanceagent.entrypoint.Owner.anyWith;
import static io.maintenanceagent.entrypoint.Owner.in;

/**
 * The methods in which a unit of work begins and ends that is no request: a job, a message, a transaction. The one
 * table of them; {@link EntryPoint} is that of requests. All of them are woven alike: the hook is asked where the
 * method begins, and told where it ends, on the same thread. It may have the method return at once, with any value.
 *
 * <p>Loaded only where the setting {@code guard} names such work. In descriptors {@code ~} stands for {@code javax} and
 * for {@code jakarta}; a blank separates those of methods that are alike. Immutable; safe for any thread.
 */
public enum WorkEntryPoint {
    /** Spring 3.2 and later: a method that is annotated with {@code @Scheduled}. */
    SPRING_SCHEDULED(
            WorkKind.SCHEDULES,
            in("org/springframework/scheduling/support/ScheduledMethodRunnable"),
            "run",
            "()V",
            Adapters.SPRING,
            0),

    /** The same, where it returns a publisher: since 6.1. */
    SPRING_SUBSCRIBED(
            WorkKind.SCHEDULES,
            in("org/springframework/scheduling/annotation/ScheduledAnnotationReactiveSupport$SubscribingRunnable"),
            "run",
            "()V",
            Adapters.SPRING,
            0),

    /** Whatever a scheduler of Spring's runs, once or again and again. */
    SPRING_TASK(
            WorkKind.SCHEDULES,
            in("org/springframework/scheduling/support/DelegatingErrorHandlingRunnable"),
            "run",
            "()V",
            Adapters.SPRING,
            0),

    /** Gives a task to a scheduler that is to run once; until 5.3, and later. */
    SPRING_ONCE_DATE(
            WorkKind.SCHEDULES,
            in(Spring.POOL),
            "schedule",
            "(Ljava/lang/Runnable;Ljava/util/Date;)Ljava/util/concurrent/ScheduledFuture;",
            Adapters.SPRING_ONCE,
            0,
            1),
    SPRING_ONCE(WorkKind.SCHEDULES, in(Spring.POOL), "schedule", Spring.ONCE, Adapters.SPRING_ONCE, 0, 1),
    SPRING_ASYNC_ONCE(
            WorkKind.SCHEDULES,
            in("org/springframework/scheduling/concurrent/SimpleAsyncTaskScheduler"),
            "schedule",
            Spring.ONCE,
            Adapters.SPRING_ONCE,
            0,
            1),

    /** The JDK's scheduler takes it out of its queue: there it can be held without a thread. */
    JDK_SCHEDULED(
            WorkKind.SCHEDULES,
            in("java/util/concurrent/ScheduledThreadPoolExecutor$ScheduledFutureTask"),
            "run",
            "()V",
            Adapters.SPRING_ONCE,
            0),

    /** Quartz 2.0 and later, any store: which triggers the scheduler is to fire next. */
    QUARTZ_ACQUIRE(
            WorkKind.SCHEDULES, Quartz.STORES, "acquireNextTriggers", "(JIJ)Ljava/util/List;", Adapters.QUARTZ, 0),

    /** It fires them: from here on they count as begun. */
    QUARTZ_FIRE(
            WorkKind.SCHEDULES,
            Quartz.STORES,
            "triggersFired",
            "(Ljava/util/List;)Ljava/util/List;",
            Adapters.QUARTZ,
            0,
            1),

    /** The same of Quartz 1, one by one. */
    QUARTZ_1_ACQUIRE(
            WorkKind.SCHEDULES,
            Quartz.STORES,
            "acquireNextTrigger",
            "(Lorg/quartz/core/SchedulingContext;J)Lorg/quartz/Trigger;",
            Adapters.QUARTZ,
            0,
            1),
    QUARTZ_1_FIRE(
            WorkKind.SCHEDULES,
            Quartz.STORES,
            "triggerFired",
            "(Lorg/quartz/core/SchedulingContext;Lorg/quartz/Trigger;)Lorg/quartz/spi/TriggerFiredBundle;",
            Adapters.QUARTZ,
            0,
            1,
            2),

    /** Quartz, all versions: the run of a job. */
    QUARTZ_RUN(WorkKind.SCHEDULES, in("org/quartz/core/JobRunShell"), "run", "()V", Adapters.QUARTZ, 0),

    /** It asks whether somebody has a veto. */
    QUARTZ_VETO(
            WorkKind.SCHEDULES,
            in("org/quartz/core/QuartzScheduler"),
            "notifyTriggerListenersFired",
            "(Lorg/quartz/JobExecutionContext;)Z",
            Adapters.QUARTZ,
            1),

    /** The same two of the Quartz that OpenEJB brings, under names of its own, for timers of beans. */
    OPENEJB_RUN(WorkKind.SCHEDULES, in("org/apache/openejb/quartz/core/JobRunShell"), "run", "()V", Adapters.QUARTZ, 0),
    OPENEJB_VETO(
            WorkKind.SCHEDULES,
            in("org/apache/openejb/quartz/core/QuartzScheduler"),
            "notifyTriggerListenersFired",
            "(Lorg/apache/openejb/quartz/JobExecutionContext;)Z",
            Adapters.QUARTZ,
            1),

    /** WildFly: a timer of a bean is due. */
    EJB_TIMER_WILDFLY(
            WorkKind.SCHEDULES, in("org/jboss/as/ejb3/timerservice/TimerTask"), "run", "()V", Adapters.EJB_TIMERS, 0),

    /** The same in GlassFish and Payara. */
    EJB_TIMER_GLASSFISH(
            WorkKind.SCHEDULES,
            in("com/sun/ejb/containers/EJBTimerService"),
            "deliverTimeout",
            "(Lcom/sun/ejb/containers/TimerPrimaryKey;)V",
            Adapters.EJB_TIMERS,
            0,
            1),

    /** The same in Liberty, of one that is not persistent. */
    EJB_TIMER_LIBERTY(
            WorkKind.SCHEDULES, in("com/ibm/ejs/container/TimerNpRunnable"), "run", "()V", Adapters.EJB_TIMERS, 0),

    /** The same of a persistent one, or of another persistent task. */
    EJB_TIMER_LIBERTY_PERSISTENT(
            WorkKind.SCHEDULES,
            in("com/ibm/ws/concurrent/persistent/internal/InvokerTask"),
            "run",
            "()V",
            Adapters.EJB_TIMERS,
            0),

    /** It has read what it is to do. */
    EJB_TIMER_LIBERTY_HANDLER(
            WorkKind.SCHEDULES,
            in("com/ibm/ejs/container/PersistentTimerTaskHandler"),
            "run",
            "()V",
            Adapters.EJB_TIMERS,
            0),

    /** Kafka, all versions: what the client asks itself before it returns records of a partition. */
    KAFKA_FETCHABLE(
            WorkKind.MESSAGES,
            in(Kafka.SUBSCRIPTIONS),
            "isFetchable",
            "(Lorg/apache/kafka/common/TopicPartition;)Z",
            Adapters.KAFKA,
            0),

    /** The same before it fetches: since 2.3. */
    KAFKA_PARTITIONS(
            WorkKind.MESSAGES,
            in(Kafka.SUBSCRIPTIONS),
            "fetchablePartitions",
            "(Ljava/util/function/Predicate;)Ljava/util/List;",
            Adapters.KAFKA,
            0),

    /** The same from 0.10.1 to 2.2. */
    KAFKA_PARTITIONS_LIST(
            WorkKind.MESSAGES, in(Kafka.SUBSCRIPTIONS), "fetchablePartitions", "()Ljava/util/List;", Adapters.KAFKA, 0),

    /** The same before. */
    KAFKA_PARTITIONS_SET(
            WorkKind.MESSAGES, in(Kafka.SUBSCRIPTIONS), "fetchablePartitions", "()Ljava/util/Set;", Adapters.KAFKA, 0),

    /** Takes records out of what was fetched; since 3.7. */
    KAFKA_COLLECT(
            WorkKind.MESSAGES,
            in(Kafka.CLIENT + "FetchCollector"),
            "collectFetch",
            "(Lorg/apache/kafka/clients/consumer/internals/FetchBuffer;)" + Kafka.FETCH,
            Adapters.KAFKA,
            0),

    /** The same in 3.5 and 3.6. */
    KAFKA_COLLECT_3_5(
            WorkKind.MESSAGES,
            in(Kafka.CLIENT + "AbstractFetch"),
            "collectFetch",
            "()" + Kafka.FETCH,
            Adapters.KAFKA,
            0),

    /** The same from 3.2 to 3.4. */
    KAFKA_COLLECT_3_2(
            WorkKind.MESSAGES, in(Kafka.CLIENT + "Fetcher"), "collectFetch", "()" + Kafka.FETCH, Adapters.KAFKA, 0),

    /** The same before. */
    KAFKA_COLLECT_MAP(
            WorkKind.MESSAGES, in(Kafka.CLIENT + "Fetcher"), "fetchedRecords", "()Ljava/util/Map;", Adapters.KAFKA, 0),

    /** What the last poll has returned is handled. */
    KAFKA_POLL(
            WorkKind.MESSAGES,
            in(Kafka.CONSUMER),
            "poll",
            "(Ljava/time/Duration;)Lorg/apache/kafka/clients/consumer/ConsumerRecords;",
            Adapters.KAFKA,
            0),

    /** The same until 3.9. */
    KAFKA_POLL_MILLIS(
            WorkKind.MESSAGES,
            in(Kafka.CONSUMER),
            "poll",
            "(J)Lorg/apache/kafka/clients/consumer/ConsumerRecords;",
            Adapters.KAFKA,
            0),
    KAFKA_UNSUBSCRIBE(WorkKind.MESSAGES, in(Kafka.CONSUMER), "unsubscribe", "()V", Adapters.KAFKA, 0),
    KAFKA_CLOSE(WorkKind.MESSAGES, in(Kafka.CONSUMER), "close", "()V", Adapters.KAFKA, 0),
    KAFKA_CLOSE_IN(WorkKind.MESSAGES, in(Kafka.CONSUMER), "close", "(Ljava/time/Duration;)V", Adapters.KAFKA, 0),
    KAFKA_CLOSE_OPTIONS(
            WorkKind.MESSAGES,
            in(Kafka.CONSUMER),
            "close",
            "(Lorg/apache/kafka/clients/consumer/CloseOptions;)V",
            Adapters.KAFKA,
            0),

    /** Spring Kafka: the loop that polls, which knows the listener. */
    KAFKA_SPRING(
            WorkKind.MESSAGES,
            in("org/springframework/kafka/listener/KafkaMessageListenerContainer$ListenerConsumer"),
            "run",
            "()V",
            Adapters.KAFKA,
            0),

    /** SmallRye: a message is handled, or has failed. */
    SMALLRYE_ACK(WorkKind.MESSAGES, in(SmallRye.RECORD), "ack", SmallRye.ACK, Adapters.KAFKA, 0),
    SMALLRYE_NACK(WorkKind.MESSAGES, in(SmallRye.RECORD), "nack", SmallRye.NACK, Adapters.KAFKA, 0),
    SMALLRYE_BATCH_ACK(WorkKind.MESSAGES, in(SmallRye.RECORD + "Batch"), "ack", SmallRye.ACK, Adapters.KAFKA, 0),
    SMALLRYE_BATCH_NACK(WorkKind.MESSAGES, in(SmallRye.RECORD + "Batch"), "nack", SmallRye.NACK, Adapters.KAFKA, 0),

    /** Spring JMS, a container that asks for messages: it handles one, if there is one. */
    JMS_RECEIVE(
            WorkKind.MESSAGES,
            in(Jms.POLLING),
            "receiveAndExecute",
            "(Ljava/lang/Object;L~/jms/Session;L~/jms/MessageConsumer;)Z",
            Adapters.SPRING_MESSAGES,
            0),

    /** Spring JMS: it stops waiting. */
    JMS_MESSAGE(
            WorkKind.MESSAGES,
            in(Jms.POLLING),
            "receiveMessage",
            "(L~/jms/MessageConsumer;)L~/jms/Message;",
            Adapters.SPRING_MESSAGES),

    /** Spring JMS, a container that is given messages. */
    JMS_DELIVERY(
            WorkKind.MESSAGES,
            in("org/springframework/jms/listener/SimpleMessageListenerContainer"),
            "processMessage",
            "(L~/jms/Message;L~/jms/Session;)V",
            Adapters.SPRING_MESSAGES,
            0),

    /** Spring RabbitMQ, the simple container: it handles a message, or a batch, if there is one. */
    RABBIT_RECEIVE(
            WorkKind.MESSAGES,
            in(Rabbit.LISTENER + "SimpleMessageListenerContainer"),
            "receiveAndExecute",
            "(Lorg/springframework/amqp/rabbit/listener/BlockingQueueConsumer;)Z",
            Adapters.SPRING_MESSAGES,
            0),

    /** Spring RabbitMQ: it stops waiting. */
    RABBIT_MESSAGE(
            WorkKind.MESSAGES,
            in(Rabbit.LISTENER + "BlockingQueueConsumer"),
            "nextMessage",
            "(J)Lorg/springframework/amqp/core/Message;",
            Adapters.SPRING_MESSAGES),

    /** Spring RabbitMQ, the direct container. */
    RABBIT_DELIVERY(
            WorkKind.MESSAGES,
            in(Rabbit.LISTENER + "DirectMessageListenerContainer$SimpleConsumer"),
            "handleDelivery",
            "(Ljava/lang/String;Lcom/rabbitmq/client/Envelope;Lcom/rabbitmq/client/AMQP$BasicProperties;[B)V",
            Adapters.SPRING_MESSAGES,
            0),

    /** WildFly, a message-driven bean: before its transaction. */
    MDB_WILDFLY(WorkKind.MESSAGES, in(Mdb.WILDFLY), "beforeDelivery", Mdb.BEFORE, Adapters.ENDPOINTS, 0),

    /** The same behind it. */
    MDB_WILDFLY_AFTER(WorkKind.MESSAGES, in(Mdb.WILDFLY), "afterDelivery", "()V", Adapters.ENDPOINTS, 0),

    /** The same in TomEE, with an instance for each endpoint, and with a pool. */
    MDB_TOMEE(WorkKind.MESSAGES, in(Mdb.TOMEE), "beforeDelivery", Mdb.BEFORE, Adapters.ENDPOINTS, 0),
    MDB_TOMEE_AFTER(WorkKind.MESSAGES, in(Mdb.TOMEE), "afterDelivery", "()V", Adapters.ENDPOINTS, 0),
    MDB_TOMEE_POOL(WorkKind.MESSAGES, in(Mdb.TOMEE_POOL), "beforeDelivery", Mdb.BEFORE, Adapters.ENDPOINTS, 0),
    MDB_TOMEE_POOL_AFTER(WorkKind.MESSAGES, in(Mdb.TOMEE_POOL), "afterDelivery", "()V", Adapters.ENDPOINTS, 0),

    /** The same in GlassFish and Payara. */
    MDB_GLASSFISH(
            WorkKind.MESSAGES,
            in(Mdb.GLASSFISH),
            "beforeMessageDelivery",
            "(Ljava/lang/reflect/Method;Z)V",
            Adapters.ENDPOINTS,
            0),
    MDB_GLASSFISH_AFTER(WorkKind.MESSAGES, in(Mdb.GLASSFISH), "afterMessageDelivery", "()V", Adapters.ENDPOINTS, 0),

    /** The same in Liberty. */
    MDB_LIBERTY(WorkKind.MESSAGES, in(Mdb.LIBERTY), "beforeDelivery", Mdb.BEFORE, Adapters.ENDPOINTS, 0),
    MDB_LIBERTY_AFTER(WorkKind.MESSAGES, in(Mdb.LIBERTY), "afterDelivery", "()V", Adapters.ENDPOINTS, 0),

    /** The same in Liberty, where the resource adapter leaves the transaction to the container. */
    MDB_LIBERTY_METHOD(
            WorkKind.MESSAGES,
            in(Mdb.LIBERTY),
            "mdbMethodPreInvoke",
            "(I[Ljava/lang/Object;)Ljava/lang/Object;",
            Adapters.ENDPOINTS,
            0),
    MDB_LIBERTY_METHOD_AFTER(WorkKind.MESSAGES, in(Mdb.LIBERTY), "mdbMethodPostInvoke", "()V", Adapters.ENDPOINTS, 0),

    /** Any resource adapter: it waits for what it has delivered. */
    MDB_DEACTIVATION(
            WorkKind.MESSAGES,
            anyWith("resource.spi.ResourceAdapter"),
            "endpointDeactivation",
            "(L~/resource/spi/endpoint/MessageEndpointFactory;L~/resource/spi/ActivationSpec;)V",
            Adapters.ENDPOINTS),

    /** A statement of which the text is given: JDBC, in any driver, pool and wrapper. */
    JDBC_EXECUTE(WorkKind.JDBC, Jdbc.STATEMENT, "execute", Jdbc.sql("Z"), Adapters.STATEMENTS, 0, 1),
    JDBC_QUERY(
            WorkKind.JDBC,
            Jdbc.STATEMENT,
            "executeQuery",
            "(Ljava/lang/String;)Ljava/sql/ResultSet;",
            Adapters.STATEMENTS,
            0,
            1),
    JDBC_UPDATE(WorkKind.JDBC, Jdbc.STATEMENT, "executeUpdate", Jdbc.sql("I"), Adapters.STATEMENTS, 0, 1),
    JDBC_LARGE_UPDATE(WorkKind.JDBC, Jdbc.STATEMENT, "executeLargeUpdate", Jdbc.sql("J"), Adapters.STATEMENTS, 0, 1),

    /** A statement that was prepared, or a batch. */
    JDBC_PREPARED_EXECUTE(WorkKind.JDBC, Jdbc.STATEMENT, "execute", "()Z", Adapters.STATEMENTS, 0),
    JDBC_PREPARED_QUERY(
            WorkKind.JDBC, Jdbc.STATEMENT, "executeQuery", "()Ljava/sql/ResultSet;", Adapters.STATEMENTS, 0),
    JDBC_PREPARED_UPDATE(WorkKind.JDBC, Jdbc.STATEMENT, "executeUpdate", "()I", Adapters.STATEMENTS, 0),
    JDBC_PREPARED_LARGE_UPDATE(WorkKind.JDBC, Jdbc.STATEMENT, "executeLargeUpdate", "()J", Adapters.STATEMENTS, 0),
    JDBC_BATCH(WorkKind.JDBC, Jdbc.STATEMENT, "executeBatch", "()[I", Adapters.STATEMENTS, 0),
    JDBC_LARGE_BATCH(WorkKind.JDBC, Jdbc.STATEMENT, "executeLargeBatch", "()[J", Adapters.STATEMENTS, 0),

    /** PostgreSQL's way around JDBC, by which much is written at once. */
    JDBC_POSTGRESQL_COPY(
            WorkKind.JDBC,
            in("org/postgresql/copy/CopyManager"),
            "copyIn",
            "(Ljava/lang/String;)Lorg/postgresql/copy/CopyIn;",
            Adapters.STATEMENTS,
            0,
            1),

    /** A write through a result set. */
    JDBC_INSERT_ROW(WorkKind.JDBC, Jdbc.RESULT_SET, "insertRow", "()V", Adapters.STATEMENTS, 0),
    JDBC_UPDATE_ROW(WorkKind.JDBC, Jdbc.RESULT_SET, "updateRow", "()V", Adapters.STATEMENTS, 0),
    JDBC_DELETE_ROW(WorkKind.JDBC, Jdbc.RESULT_SET, "deleteRow", "()V", Adapters.STATEMENTS, 0),

    /** Where the text of a statement is known that is run later. */
    JDBC_PREPARE(
            WorkKind.JDBC,
            Jdbc.CONNECTION,
            "prepareStatement",
            Jdbc.prepares("PreparedStatement") + " (Ljava/lang/String;I)Ljava/sql/PreparedStatement;"
                    + " (Ljava/lang/String;[I)Ljava/sql/PreparedStatement;"
                    + " (Ljava/lang/String;[Ljava/lang/String;)Ljava/sql/PreparedStatement;",
            Adapters.CONNECTIONS,
            0,
            1),
    JDBC_PREPARE_CALL(
            WorkKind.JDBC,
            Jdbc.CONNECTION,
            "prepareCall",
            Jdbc.prepares("CallableStatement"),
            Adapters.CONNECTIONS,
            0,
            1),

    /** Where a transaction ends. */
    JDBC_COMMIT(WorkKind.JDBC, Jdbc.CONNECTION, "commit", "()V", Adapters.CONNECTIONS, 0),
    JDBC_ROLLBACK(WorkKind.JDBC, Jdbc.CONNECTION, "rollback", "()V", Adapters.CONNECTIONS, 0),
    JDBC_CLOSE(WorkKind.JDBC, Jdbc.CONNECTION, "close", "()V", Adapters.CONNECTIONS, 0),
    JDBC_ABORT(WorkKind.JDBC, Jdbc.CONNECTION, "abort", "(Ljava/util/concurrent/Executor;)V", Adapters.CONNECTIONS, 0),
    JDBC_AUTO_COMMIT(WorkKind.JDBC, Jdbc.CONNECTION, "setAutoCommit", "(Z)V", Adapters.CONNECTIONS, 0),
    JDBC_XA_COMMIT(WorkKind.JDBC, Jdbc.XA, "commit", "(Ljavax/transaction/xa/Xid;Z)V", Adapters.CONNECTIONS, 0),
    JDBC_XA_ROLLBACK(WorkKind.JDBC, Jdbc.XA, "rollback", "(Ljavax/transaction/xa/Xid;)V", Adapters.CONNECTIONS, 0),
    JDBC_XA_PREPARE(WorkKind.JDBC, Jdbc.XA, "prepare", "(Ljavax/transaction/xa/Xid;)I", Adapters.CONNECTIONS, 0);

    private static final WorkEntryPoint[] ALL = values();

    private final WorkKind kind;
    private final Owner owner;
    private final String method;
    private final String[] descriptors;
    private final String adapter;
    private final int[] arguments;

    WorkEntryPoint(WorkKind kind, Owner owner, String method, String descriptor, String adapter, int... arguments) {
        this.kind = kind;
        this.owner = owner;
        this.method = method;
        this.descriptors = descriptor.indexOf('~') < 0
                ? descriptor.split(" ")
                : new String[] {descriptor.replace("~", "javax"), descriptor.replace("~", "jakarta")};
        this.adapter = adapter;
        this.arguments = arguments;
    }

    /**
     * Returns the entry point of a number.
     *
     * @param ordinal its {@link #ordinal}
     */
    public static WorkEntryPoint at(int ordinal) {
        return ALL[ordinal];
    }

    /** Returns how many there are. */
    public static int count() {
        return ALL.length;
    }

    /** Returns the kind of work that begins there. */
    public WorkKind kind() {
        return kind;
    }

    /** Returns the name of its method. */
    public String method() {
        return method;
    }

    /** Returns the method's descriptors (JVMS 4.3.3), one for each namespace. */
    public String[] descriptors() {
        return descriptors.clone();
    }

    /** Returns the name of the class that decides there: a {@code WorkAdapter}. */
    public String adapter() {
        return adapter;
    }

    /** Returns whether it is a statement of JDBC's: there are many of them, so the hook has a shorter way for them. */
    public boolean isStatement() {
        return Adapters.STATEMENTS.equals(adapter);
    }

    /** Returns whether it is a statement that writes, whatever its text is. */
    public boolean writes() {
        return isStatement() && arguments.length == 1 && !method.equals("execute") && !method.equals("executeQuery");
    }

    /** Returns the slots of the arguments that the adapter is shown, three at the most; all of them are objects. */
    public int[] arguments() {
        return arguments.clone();
    }

    /** Returns the internal name of the class that has its method; {@code null} if several may. */
    public String className() {
        return owner.className();
    }

    /** Returns which classes have its method. */
    Owner owner() {
        return owner;
    }

    /** Returns whether a method is it, by owner, name and descriptor. */
    boolean is(String ownerName, String parent, boolean isStatic, String name, String descriptor) {
        if (!method.equals(name) || !(owner.isAny() ? !isStatic : owner.names(ownerName, parent))) {
            return false;
        }
        for (String candidate : descriptors) {
            if (candidate.equals(descriptor)) {
                return true;
            }
        }
        return false;
    }

    /** Which classes are JDBC's. Any that mention its types: at run time it is seen whether they implement them. */
    private static final class Jdbc {
        static final Owner STATEMENT = anyMentioning("java/sql/SQLException", "java.sql.Statement");
        static final Owner RESULT_SET = anyMentioning("java/sql/SQLException", "java.sql.ResultSet");
        static final Owner CONNECTION = anyMentioning("java/sql/SQLException", "java.sql.Connection");
        static final Owner XA = anyMentioning("javax/transaction/xa/XAResource", "javax.transaction.xa.XAResource");

        private Jdbc() {}

        static String sql(String returned) {
            return "(Ljava/lang/String;)" + returned + " (Ljava/lang/String;I)" + returned + " (Ljava/lang/String;[I)"
                    + returned + " (Ljava/lang/String;[Ljava/lang/String;)" + returned;
        }

        static String prepares(String type) {
            String returned = "Ljava/sql/" + type + ";";
            return "(Ljava/lang/String;)" + returned + " (Ljava/lang/String;II)" + returned + " (Ljava/lang/String;III)"
                    + returned;
        }
    }

    /** Which class decides there: one for each framework. */
    private static final class Adapters {
        static final String STATEMENTS = "io.maintenanceagent.work.jdbc.StatementInterceptor";
        static final String CONNECTIONS = "io.maintenanceagent.work.jdbc.ConnectionAdapter";
        static final String QUARTZ = "io.maintenanceagent.work.schedule.QuartzAdapter";
        static final String EJB_TIMERS = "io.maintenanceagent.work.schedule.EjbTimerAdapter";
        static final String SPRING_ONCE = "io.maintenanceagent.work.schedule.SpringOnceAdapter";
        static final String SPRING = "io.maintenanceagent.work.schedule.SpringScheduleAdapter";
        static final String KAFKA = "io.maintenanceagent.work.message.KafkaAdapter";
        static final String SPRING_MESSAGES = "io.maintenanceagent.work.message.SpringListenerAdapter";
        static final String ENDPOINTS = "io.maintenanceagent.work.message.MessageEndpointAdapter";
    }

    /** Names of Kafka's client. */
    private static final class Kafka {
        static final String CONSUMER = "org/apache/kafka/clients/consumer/KafkaConsumer";
        static final String CLIENT = "org/apache/kafka/clients/consumer/internals/";
        static final String SUBSCRIPTIONS = CLIENT + "SubscriptionState";
        static final String FETCH = "L" + CLIENT + "Fetch;";
    }

    /** Names of SmallRye Reactive Messaging; the metadata have been there for some versions only. */
    private static final class SmallRye {
        static final String RECORD = "io/smallrye/reactive/messaging/kafka/IncomingKafkaRecord";
        static final String METADATA = "Lorg/eclipse/microprofile/reactive/messaging/Metadata;";
        static final String STAGE = "Ljava/util/concurrent/CompletionStage;";
        static final String ACK = "(" + METADATA + ")" + STAGE + " ()" + STAGE;
        static final String NACK =
                "(Ljava/lang/Throwable;" + METADATA + ")" + STAGE + " (Ljava/lang/Throwable;)" + STAGE;
    }

    /** Names of Spring JMS. */
    private static final class Jms {
        static final String POLLING = "org/springframework/jms/listener/AbstractPollingMessageListenerContainer";
    }

    /** Names of containers of message-driven beans. */
    private static final class Mdb {
        static final String WILDFLY = "org/jboss/as/ejb3/inflow/MessageEndpointInvocationHandler";
        static final String TOMEE = "org/apache/openejb/core/mdb/EndpointHandler";
        static final String GLASSFISH = "org/glassfish/ejb/mdb/MessageBeanListenerImpl";
        static final String LIBERTY = "com/ibm/ws/ejbcontainer/mdb/MessageEndpointBase";
        static final String TOMEE_POOL = "org/apache/openejb/core/mdb/PoolEndpointHandler";
        static final String BEFORE = "(Ljava/lang/reflect/Method;)V";
    }

    /** Names of Spring RabbitMQ. */
    private static final class Rabbit {
        static final String LISTENER = "org/springframework/amqp/rabbit/listener/";
    }

    /** What schedulers of Spring have in common. */
    private static final class Spring {
        static final String POOL = "org/springframework/scheduling/concurrent/ThreadPoolTaskScheduler";
        static final String ONCE = "(Ljava/lang/Runnable;Ljava/time/Instant;)Ljava/util/concurrent/ScheduledFuture;";
    }

    /** What stores of Quartz have in common. */
    private static final class Quartz {
        static final Owner STORES = anyMentioning(
                "org/quartz/spi/JobStore org/apache/openejb/quartz/spi/JobStore",
                "org.quartz.spi.JobStore",
                "org.apache.openejb.quartz.spi.JobStore");
    }
}
