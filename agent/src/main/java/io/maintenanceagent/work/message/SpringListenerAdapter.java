package io.maintenanceagent.work.message;

import io.maintenanceagent.entrypoint.WorkEntryPoint;
import io.maintenanceagent.entrypoint.WorkKind;
import io.maintenanceagent.work.BegunWork;
import io.maintenanceagent.work.Fields;
import io.maintenanceagent.work.WorkAdapter;
import io.maintenanceagent.work.WorkGuard;
import io.maintenanceagent.work.WorkUnit;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * Spring's listener containers for JMS and RabbitMQ. One that asks for messages is told that there is none, after a
 * pause. One that is given them is held before it handles the next, which is not acknowledged, until the end, or until
 * the container is stopped: then the message goes back to the broker.
 *
 * <p>A container that waits for a message when maintenance begins may get one: it counts as in flight until it has
 * stopped waiting, and handles what it gets.
 *
 * <p>Safe for any thread.
 */
public final class SpringListenerAdapter implements WorkAdapter {

    private static final Object[] NO_MESSAGE = {Boolean.FALSE};
    private static final Object[] NOT_HANDLED = {null};

    /** For how long a container is told that there is no message, before it looks whether it is to stop. */
    private static final long PAUSE_MILLIS = 500;

    private final WorkGuard guard;
    private final SpringContainers containers = new SpringContainers();

    /** @param guard decides */
    public SpringListenerAdapter(WorkGuard guard) {
        this.guard = guard;
    }

    @Override
    public Object begins(WorkEntryPoint entryPoint, Object[] arguments) {
        switch (entryPoint) {
            case JMS_RECEIVE:
                return receive(containers.of(arguments[0]), arguments[0], false);
            case RABBIT_RECEIVE:
                return receive(containers.of(arguments[0]), arguments[0], true);
            case JMS_DELIVERY:
                return deliverJms(arguments[0]);
            case RABBIT_DELIVERY:
                return deliverRabbit(arguments[0]);
            default: // a container has stopped waiting for a message
                WorkUnit waiting = guard.current();
                return waiting == null ? null : new Reception(waiting);
        }
    }

    /** A container asks for a message, and handles it. */
    private Object receive(SpringContainers.Container known, Object container, boolean hasStore) {
        if (known.isForReplies()) {
            return null;
        }
        WorkUnit unit = guard.begin(WorkKind.MESSAGES, known.className(), known.name());
        if (unit != null) {
            unit.setIdle(true);
            return unit;
        }
        if (hasStore && !SpringContainers.isActive(container)) {
            // It would first handle what its client has in store, and could not end while something is in there.
            return SpringContainers.isAcknowledgedBefore(container)
                    ? null
                    : new CancellationException("stopped in maintenance: what is in store goes back to the broker");
        }
        guard.pause(WorkKind.MESSAGES, known.className(), PAUSE_MILLIS);
        return NO_MESSAGE;
    }

    /** Tells what a container has got. */
    private static final class Reception implements BegunWork {
        private final WorkUnit unit;

        Reception(WorkUnit unit) {
            this.unit = unit;
        }

        @Override
        public Object ended(Object message) {
            if (message != null) {
                unit.setIdle(false);
            }
            return message;
        }

        @Override
        public void failed(Throwable thrown) {
            // the unit ends as well
        }
    }

    private Object deliverJms(final Object container) {
        WorkUnit unit = begin(containers.of(container), new BooleanSupplier() {
            @Override
            public boolean getAsBoolean() {
                return SpringContainers.isActive(container);
            }
        });
        // By the exception the provider knows that the message was not handled, in every acknowledge mode (JMS 8.7).
        return unit == null ? new IllegalStateException("in maintenance: the message goes back to the broker") : unit;
    }

    private Object deliverRabbit(final Object consumer) {
        final Object container = Fields.get(consumer, "this$0");
        if (container == null) {
            return null;
        }
        SpringContainers.Container known = containers.of(container);
        if (known.isForReplies()) {
            return null;
        }
        WorkUnit unit = begin(known, new BooleanSupplier() {
            @Override
            public boolean getAsBoolean() {
                return SpringContainers.isActive(container) && SpringContainers.isOpen(consumer);
            }
        });
        if (unit != null) {
            return unit;
        }
        return SpringContainers.isAcknowledgedBefore(container) ? null : NOT_HANDLED;
    }

    /** Begins a unit of work as soon as it may; {@code null} if it is not wanted any more. */
    private WorkUnit begin(SpringContainers.Container known, BooleanSupplier wanted) {
        WorkUnit unit = guard.begin(WorkKind.MESSAGES, known.className(), known.name());
        while (unit == null && guard.hold(WorkKind.MESSAGES, known.className(), wanted)) {
            unit = guard.begin(WorkKind.MESSAGES, known.className(), known.name());
        }
        return unit;
    }
}
