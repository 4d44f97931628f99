package io.maintenanceagent.work.message;

import io.maintenanceagent.entrypoint.WorkEntryPoint;
import io.maintenanceagent.entrypoint.WorkKind;
import io.maintenanceagent.work.BegunWork;
import io.maintenanceagent.work.Fields;
import io.maintenanceagent.work.WorkAdapter;
import io.maintenanceagent.work.WorkGuard;
import io.maintenanceagent.work.WorkUnit;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * Message-driven beans, at the container's end of the contract with the resource adapter (Jakarta Connectors 13.5.6): a
 * delivery is held before its transaction begins, and is in flight until that has ended. While endpoints are
 * deactivated, which waits for deliveries, those that are held fail, and their messages go back to the broker.
 *
 * <p>Safe for any thread.
 */
public final class MessageEndpointAdapter implements WorkAdapter {

    private final WorkGuard guard;
    private final Map<Object, WorkUnit> deliveries = Collections.synchronizedMap(new WeakHashMap<Object, WorkUnit>());
    private final AtomicInteger deactivating = new AtomicInteger();
    private final AtomicInteger deactivations = new AtomicInteger();

    /** @param guard decides */
    public MessageEndpointAdapter(WorkGuard guard) {
        this.guard = guard;
    }

    @Override
    public Object begins(WorkEntryPoint entryPoint, Object[] arguments) {
        switch (entryPoint) {
            case MDB_DEACTIVATION:
                deactivating.incrementAndGet();
                deactivations.incrementAndGet();
                return new Deactivation();
            case MDB_WILDFLY_AFTER:
            case MDB_TOMEE_AFTER:
            case MDB_TOMEE_POOL_AFTER:
                WorkUnit delivered = deliveries.remove(arguments[0]);
                return delivered; // or nothing
            default:
                return deliver(arguments[0]);
        }
    }

    private Object deliver(Object endpoint) {
        String className = beanClass(endpoint);
        final int known = deactivations.get();
        BooleanSupplier wanted = new BooleanSupplier() {
            @Override
            public boolean getAsBoolean() {
                return deactivating.get() == 0 && deactivations.get() == known;
            }
        };
        WorkUnit unit = guard.begin(WorkKind.MESSAGES, className, className);
        while (unit == null && guard.hold(WorkKind.MESSAGES, className, wanted)) {
            unit = guard.begin(WorkKind.MESSAGES, className, className);
        }
        return unit == null
                ? new IllegalStateException("in maintenance: the message goes back to the broker")
                : new Delivery(endpoint, unit);
    }

    /** The bean's class, as WildFly and as TomEE know it. */
    private static String beanClass(Object endpoint) {
        Object deployment = Fields.get(endpoint, "deployment");
        Object service = Fields.get(endpoint, "service");
        Object component = service == null ? null : Fields.get(service, "this$0");
        Object type = deployment != null
                ? Fields.call(deployment, "getBeanClass")
                : component != null ? Fields.call(component, "getComponentClass") : null;
        return type instanceof Class
                ? ((Class<?>) type).getName()
                : endpoint.getClass().getName();
    }

    /** The begin of a delivery. Its unit ends with the delivery, or here, if it does not begin. */
    private final class Delivery implements BegunWork {
        private final Object endpoint;
        private final WorkUnit unit;

        Delivery(Object endpoint, WorkUnit unit) {
            this.endpoint = endpoint;
            this.unit = unit;
        }

        @Override
        public Object ended(Object result) {
            WorkUnit unended = deliveries.put(endpoint, unit);
            if (unended != null) {
                unended.end();
            }
            return result;
        }

        @Override
        public void failed(Throwable thrown) {
            unit.end();
        }
    }

    /** Endpoints are deactivated. */
    private final class Deactivation implements BegunWork {
        @Override
        public Object ended(Object result) {
            deactivating.decrementAndGet();
            return result;
        }

        @Override
        public void failed(Throwable thrown) {
            deactivating.decrementAndGet();
        }
    }
}
