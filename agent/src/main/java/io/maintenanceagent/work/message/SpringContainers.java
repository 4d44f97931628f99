package io.maintenanceagent.work.message;

import io.maintenanceagent.work.Fields;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;

/** What is known of Spring's listener containers, for JMS and RabbitMQ. Safe for any thread. */
final class SpringContainers {

    private static final String RABBIT = "org.springframework.amqp.rabbit.";

    private final Map<Object, Container> known = Collections.synchronizedMap(new WeakHashMap<Object, Container>());

    /** A container, without a reference to it. Immutable. */
    static final class Container {
        private final String className;
        private final String name;

        Container(String className, String name) {
            this.className = className;
            this.name = name;
        }

        /** Returns the application's class that handles its messages. */
        String className() {
            return className;
        }

        /** Returns what people know it by. */
        String name() {
            return name;
        }

        /** Returns whether it gets answers to what this JVM has asked: somebody is waiting for them. */
        boolean isForReplies() {
            return className.equals(RABBIT + "core.RabbitTemplate") || className.equals(RABBIT + "AsyncRabbitTemplate");
        }
    }

    /** Returns what is known of a container. */
    Container of(Object container) {
        Container found = known.get(container);
        if (found == null) {
            String className = ListenerClass.of(
                    Fields.call(container, "getMessageListener"),
                    container.getClass().getName());
            Object queue = Fields.call(container, "getDestinationName"); // JMS
            if (queue == null) {
                Object names = Fields.call(container, "getQueueNames"); // RabbitMQ
                queue = names instanceof String[] ? Arrays.toString((String[]) names) : null;
            }
            found = new Container(className, queue == null ? className : className + ", " + queue);
            known.put(container, found);
        }
        return found;
    }

    /** Returns whether a container is not being stopped. */
    static boolean isActive(Object container) {
        return !Boolean.FALSE.equals(Fields.call(container, "isActive"))
                && !Boolean.FALSE.equals(Fields.call(container, "isRunning"));
    }

    /** Returns whether the channel of a consumer of RabbitMQ is open: else its messages are the broker's again. */
    static boolean isOpen(Object consumer) {
        Object channel = Fields.call(consumer, "getChannel");
        return channel == null || !Boolean.FALSE.equals(Fields.call(channel, "isOpen"));
    }

    /** Returns whether the broker has forgotten a message once it is sent: it must be handled then. */
    static boolean isAcknowledgedBefore(Object container) {
        return "NONE".equals(String.valueOf(Fields.call(container, "getAcknowledgeMode")));
    }
}
