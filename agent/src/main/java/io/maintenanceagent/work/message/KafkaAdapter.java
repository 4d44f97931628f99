package io.maintenanceagent.work.message;

import io.maintenanceagent.entrypoint.WorkEntryPoint;
import io.maintenanceagent.entrypoint.WorkKind;
import io.maintenanceagent.work.BegunWork;
import io.maintenanceagent.work.WorkAdapter;
import io.maintenanceagent.work.WorkGuard;
import io.maintenanceagent.work.WorkUnit;
import java.lang.reflect.Method;
import java.util.Collections;
import java.util.Map;

/**
 * Kafka's consumers. In maintenance none of their partitions can be fetched, as if all were paused: {@code poll} goes
 * on, so that the consumer stays in its group and its positions stay as they are, and returns nothing; a fetch that was
 * under way is dropped and repeated after the end. It is what the client asks itself about each partition, so that
 * partitions assigned later and a first poll, which joins the group, are no exception; what the application has paused
 * is not touched; and nothing needs to be taken back at the end.
 *
 * <p>The records that a poll has returned are in flight until the same consumer is polled again or closed; those that
 * SmallRye hands on to other threads, until they are acknowledged.
 *
 * <p>Safe for any thread. A consumer is touched on the thread that polls it only.
 */
public final class KafkaAdapter implements WorkAdapter {

    private static final Object[] NOT_FETCHABLE = {Boolean.FALSE};
    private static final Object[] NO_SET = {Collections.emptySet()};
    private static final Object[] NO_LIST = {Collections.emptyList()};

    private final WorkGuard guard;
    private final KafkaConsumers consumers;
    private final HandedOnRecords handedOn = new HandedOnRecords();

    /** Of one of the clients; another one's replaces it. */
    private volatile Method fetchIsEmpty;

    /** The consumer that this thread polls. */
    private final ThreadLocal<KafkaConsumers.Consumer> polled = new ThreadLocal<KafkaConsumers.Consumer>();

    /** While this thread collects records: whether it may. One answer for a whole poll. */
    private final ThreadLocal<Boolean> collecting = new ThreadLocal<Boolean>();

    /** @param guard decides */
    public KafkaAdapter(WorkGuard guard) {
        this.guard = guard;
        this.consumers = new KafkaConsumers();
        guard.addSource(WorkKind.MESSAGES, consumers);
        guard.addSource(WorkKind.MESSAGES, handedOn);
    }

    @Override
    public Object begins(WorkEntryPoint entryPoint, Object[] arguments) {
        switch (entryPoint) {
            case KAFKA_FETCHABLE:
                return fetchable(arguments[0]);
            case KAFKA_PARTITIONS:
            case KAFKA_PARTITIONS_LIST:
                return isStopped(arguments[0]) ? NO_LIST : null;
            case KAFKA_PARTITIONS_SET:
                return isStopped(arguments[0]) ? NO_SET : null;
            case KAFKA_COLLECT:
            case KAFKA_COLLECT_3_5:
            case KAFKA_COLLECT_3_2:
            case KAFKA_COLLECT_MAP:
                return collect();
            case KAFKA_SPRING:
                return consumers.listening(arguments[0]);
            case KAFKA_POLL:
            case KAFKA_POLL_MILLIS:
                KafkaConsumers.Consumer consumer = consumers.of(arguments[0]);
                consumer.hasHandled();
                polled.set(consumer);
                return null;
            case SMALLRYE_ACK:
            case SMALLRYE_NACK:
            case SMALLRYE_BATCH_ACK:
            case SMALLRYE_BATCH_NACK:
                handedOn.acknowledged(arguments[0]);
                return null;
            default: // closed, or without subscription
                consumers.of(arguments[0]).hasHandled();
                return null;
        }
    }

    private Object fetchable(Object subscriptions) {
        Boolean may = collecting.get();
        boolean stopped = may == null ? isStopped(subscriptions) : !may;
        return stopped ? NOT_FETCHABLE : null;
    }

    private boolean isStopped(Object subscriptions) {
        if (!guard.mayStop()) {
            return false;
        }
        String className = consumers.className(subscriptions);
        return className != null && guard.stops(WorkKind.MESSAGES, className);
    }

    private Object collect() {
        KafkaConsumers.Consumer consumer = polled.get();
        if (consumer == null || consumer.isOfOwnState()) {
            return null; // none: an attach in the middle of a poll; the next one is known
        }
        WorkUnit unit = guard.begin(WorkKind.MESSAGES, consumer.className(), consumer.name());
        collecting.set(unit != null);
        return new Collection(consumer, unit);
    }

    /** Records are taken out of what was fetched. */
    private final class Collection implements BegunWork {
        private final KafkaConsumers.Consumer consumer;
        private final WorkUnit unit; // null if none may be taken

        Collection(KafkaConsumers.Consumer consumer, WorkUnit unit) {
            this.consumer = consumer;
            this.unit = unit;
        }

        @Override
        public Object ended(Object result) {
            collecting.remove();
            if (unit != null) {
                if (isEmpty(result)) {
                    unit.end();
                } else {
                    handles(result);
                }
            }
            return result;
        }

        private void handles(Object result) {
            if (!HandedOnRecords.isOf(consumer)) {
                consumer.handles(unit);
                return;
            }
            try {
                handedOn.polled(consumer, result);
            } finally {
                unit.end();
            }
        }

        @Override
        public void failed(Throwable thrown) {
            collecting.remove();
            if (unit != null) {
                unit.end();
            }
        }
    }

    /** A map in clients before 3.2, else a {@code Fetch}. */
    private boolean isEmpty(Object result) {
        if (result instanceof Map) {
            return ((Map<?, ?>) result).isEmpty();
        }
        try {
            Method method = fetchIsEmpty;
            if (method == null || method.getDeclaringClass() != result.getClass()) {
                method = result.getClass().getMethod("isEmpty");
                fetchIsEmpty = method;
            }
            return (Boolean) method.invoke(result);
        } catch (ReflectiveOperationException unknown) {
            return false; // in flight until the next poll, for safety
        }
    }
}
