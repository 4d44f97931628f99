package io.maintenanceagent.work.message;

import io.maintenanceagent.entrypoint.WorkEntryPoint;
import io.maintenanceagent.entrypoint.WorkKind;
import io.maintenanceagent.work.BegunWork;
import io.maintenanceagent.work.Fields;
import io.maintenanceagent.work.WeakTable;
import io.maintenanceagent.work.WorkAdapter;
import io.maintenanceagent.work.WorkGuard;
import io.maintenanceagent.work.WorkUnit;
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
    private final WeakTable<Begun> deliveries = new WeakTable<Begun>(); // endpoints of Liberty's may be equal
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
            case MDB_GLASSFISH_AFTER:
            case MDB_LIBERTY_AFTER:
                return ended(arguments[0], false);
            case MDB_LIBERTY_METHOD_AFTER:
                return ended(arguments[0], true);
            case MDB_LIBERTY_METHOD:
                return deliveries.get(arguments[0]) == null ? deliver(arguments[0], true) : null;
            default:
                return deliver(arguments[0], false);
        }
    }

    /** Returns what was begun in the same way, to be told its end, or nothing. */
    private WorkUnit ended(Object endpoint, boolean withMethod) {
        Begun begun = deliveries.get(endpoint);
        if (begun == null || begun.withMethod != withMethod) {
            return null;
        }
        deliveries.remove(endpoint);
        return begun.unit;
    }

    private Object deliver(Object endpoint, boolean withMethod) {
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
                : new Delivery(endpoint, unit, withMethod);
    }

    /** The bean's class, as its container knows it. */
    private static String beanClass(Object endpoint) {
        Object type = null;
        Object deployment = Fields.get(endpoint, "deployment");
        Object service = Fields.get(endpoint, "service");
        Object container = Fields.get(endpoint, "container_"); // Payara
        container = container == null ? Fields.get(endpoint, "messageBeanContainer") : container; // GlassFish
        Object liberty = Fields.get(endpoint, "bmd");
        if (deployment != null) { // TomEE
            type = Fields.call(deployment, "getBeanClass");
        } else if (service != null) { // WildFly
            Object component = Fields.get(service, "this$0");
            type = component == null ? null : Fields.call(component, "getComponentClass");
        } else if (container != null) {
            Object descriptor = Fields.call(container, "getEjbDescriptor");
            type = descriptor == null ? null : Fields.call(descriptor, "getEjbImplClassName");
        } else if (liberty != null) {
            type = Fields.get(liberty, "enterpriseBeanClassName");
        }
        return type instanceof Class
                ? ((Class<?>) type).getName()
                : type instanceof String ? (String) type : endpoint.getClass().getName();
    }

    /** A delivery that has begun. */
    private static final class Begun extends WeakTable.Entry {
        final WorkUnit unit;
        final boolean withMethod; // it ends with the bean's method

        Begun(Object endpoint, WorkUnit unit, boolean withMethod) {
            super(endpoint);
            this.unit = unit;
            this.withMethod = withMethod;
        }
    }

    /** The begin of a delivery. Its unit ends with the delivery, or here, if it does not begin. */
    private final class Delivery implements BegunWork {
        private final Object endpoint;
        private final WorkUnit unit;
        private final boolean withMethod;

        Delivery(Object endpoint, WorkUnit unit, boolean withMethod) {
            this.endpoint = endpoint;
            this.unit = unit;
            this.withMethod = withMethod;
        }

        @Override
        public Object ended(Object result) {
            Begun unended = deliveries.get(endpoint);
            if (unended != null) {
                deliveries.remove(endpoint);
                unended.unit.end();
            }
            deliveries.putIfAbsent(endpoint, new Begun(endpoint, unit, withMethod));
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
