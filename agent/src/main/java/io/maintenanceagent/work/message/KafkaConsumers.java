package io.maintenanceagent.work.message;

import io.maintenanceagent.work.BegunWork;
import io.maintenanceagent.work.Fields;
import io.maintenanceagent.work.RunningWork;
import io.maintenanceagent.work.WorkSnapshot;
import io.maintenanceagent.work.WorkUnit;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The Kafka consumers of this JVM: who polls them, and what each of them has in flight. None is kept from the garbage
 * collector. Safe for any thread.
 */
final class KafkaConsumers implements RunningWork.Source {

    private static final String CLIENT = "org.apache.kafka.clients.";
    private static final String UNKNOWN = CLIENT + "consumer.KafkaConsumer";

    /** They read back what the application itself, or the cluster of workers, keeps in topics: it starts by that. */
    private static final List<String> OWN_STATE = Arrays.asList(
            "org.apache.kafka.streams.processor.internals.GlobalStateManagerImpl",
            "org.apache.kafka.streams.processor.internals.GlobalStreamThread",
            "org.apache.kafka.streams.processor.internals.GlobalStreamThread$StateConsumer",
            "org.apache.kafka.streams.processor.internals.StoreChangelogReader",
            "org.apache.kafka.connect.util.KafkaBasedLog");

    private final Map<Object, Consumer> byConsumer = Collections.synchronizedMap(new WeakHashMap<Object, Consumer>());

    /** The same by the object that the client keeps partitions and positions in. */
    private final Map<Object, Consumer> bySubscriptions =
            Collections.synchronizedMap(new WeakHashMap<Object, Consumer>());

    /** Those that have records in flight. */
    private final Set<Consumer> busy = ConcurrentHashMap.newKeySet();

    /** The listener that Spring calls on this thread. */
    private final ThreadLocal<String> listener = new ThreadLocal<String>();

    /** A consumer, without a strong reference to it. */
    final class Consumer {
        private final WeakReference<Object> consumer;
        private final String className;
        private final String name;
        private WorkUnit unit; // what it has in flight; guarded by this
        private Thread thread; // which handles that; guarded by this

        Consumer(Object consumer, String className, String name) {
            this.consumer = new WeakReference<Object>(consumer);
            this.className = className;
            this.name = name;
        }

        /** Returns the application's class that polls it, or that Spring calls. */
        String className() {
            return className;
        }

        /** Returns what people know it by. */
        String name() {
            return name;
        }

        /** Returns whether its records are state that is read back, and no work. */
        boolean isOfOwnState() {
            return OWN_STATE.contains(className);
        }

        /** Records are about to be returned to this thread. */
        synchronized void handles(WorkUnit begun) {
            hasHandled();
            unit = begun;
            thread = Thread.currentThread();
            busy.add(this);
        }

        /** They are handled: the consumer is asked for more, or closed. */
        synchronized void hasHandled() {
            if (unit != null) {
                unit.end();
                unit = null;
                thread = null;
                busy.remove(this);
            }
        }

        private synchronized void endIfAbandoned() {
            if (thread != null && (!thread.isAlive() || consumer.get() == null)) {
                hasHandled();
            }
        }
    }

    /**
     * Returns what is known of a consumer. On the first call the stack tells who polls it.
     *
     * @param consumer a {@code KafkaConsumer}
     */
    Consumer of(Object consumer) {
        Consumer known = byConsumer.get(consumer);
        if (known == null) {
            Object delegate = Fields.get(consumer, "delegate"); // since 3.7
            Object client = delegate == null ? consumer : delegate;
            String className = listener.get() == null ? caller() : listener.get();
            known = new Consumer(consumer, className, name(className, Fields.get(client, "groupId")));
            byConsumer.put(consumer, known);
            Object subscriptions = Fields.get(client, "subscriptions");
            if (subscriptions != null) {
                bySubscriptions.put(subscriptions, known);
            }
        }
        return known;
    }

    /**
     * Returns which class rules and exceptions know the consumer by that has these subscriptions; {@code null} if it
     * reads state back.
     */
    String className(Object subscriptions) {
        Consumer known = bySubscriptions.get(subscriptions);
        return known == null ? UNKNOWN : known.isOfOwnState() ? null : known.className;
    }

    private static String name(String className, Object group) {
        String text = String.valueOf(group).replaceFirst("^Optional\\[(.*)]$", "$1");
        return group == null || text.equals("Optional.empty") ? className : className + ", group " + text;
    }

    /** The first class on the stack beneath the client. */
    private static String caller() {
        boolean inClient = false;
        for (StackTraceElement frame : new Throwable().getStackTrace()) {
            String name = frame.getClassName();
            boolean isClient = name.startsWith(CLIENT);
            if (inClient
                    && !isClient
                    && !name.startsWith("java.")
                    && !name.startsWith("jdk.")
                    && !name.startsWith("sun.")) {
                int lambda = name.indexOf("$$");
                return lambda > 0 ? name.substring(0, lambda) : name;
            }
            inClient |= isClient;
        }
        return UNKNOWN;
    }

    /**
     * A container of Spring's begins to poll on this thread.
     *
     * @param loop its {@code ListenerConsumer}
     */
    BegunWork listening(Object loop) {
        Object called = Fields.get(loop, "genericListener");
        listener.set(ListenerClass.of(
                called == null ? Fields.get(loop, "theListener") : called, // before Spring Kafka 2
                loop.getClass().getName()));
        return new Listening();
    }

    private final class Listening implements BegunWork {
        @Override
        public Object ended(Object result) {
            listener.remove();
            return result;
        }

        @Override
        public void failed(Throwable thrown) {
            listener.remove();
        }
    }

    /** Adds nothing: it ends what is in flight of a thread that is over, or a consumer that nobody has, unclosed. */
    @Override
    public void addTo(WorkSnapshot snapshot) {
        for (Consumer consumer : busy) {
            consumer.endIfAbandoned();
        }
    }
}
