package io.maintenanceagent.work.schedule;

import io.maintenanceagent.work.Fields;
import java.lang.reflect.Method;

/** What a scheduler of Spring's runs: the class that does it, and what people know it by. Immutable. */
final class SpringTask {

    private static final String SPRING = "org.springframework.";

    /** Spring's own housekeeping, like the heartbeats of WebSockets; what applications schedule by it is not there. */
    private static final String[] OWN = {
        SPRING + "web.",
        SPRING + "messaging.",
        SPRING + "session.",
        SPRING + "cloud.",
        SPRING + "boot.",
        SPRING + "kafka.",
        SPRING + "jms.",
        SPRING + "amqp."
    };

    private final String className;
    private final String name;

    private SpringTask(String className, String name) {
        this.className = className;
        this.name = name;
    }

    /** @param runnable what is run, or a wrapper of Spring's around it */
    static SpringTask of(Object runnable) {
        Object task = unwrapped(runnable);
        Method method = (Method) Fields.call(task, "getMethod");
        if (method != null) {
            String className = method.getDeclaringClass().getName();
            return new SpringTask(className, className + "." + method.getName());
        }
        String className = applicationClass(task.getClass().getName());
        if (className.startsWith(SPRING + "scheduling.")) { // a publisher's: it is called by the method
            String shown = task.toString();
            return new SpringTask(shown.replaceFirst("\\(.*", "").replaceFirst("[.#][^.#]*$", ""), shown);
        }
        return new SpringTask(className, className);
    }

    /** Returns the task within wrappers for errors and for outcomes. */
    static Object unwrapped(Object runnable) {
        Object task = runnable;
        for (int i = 0; i < 5 && task.getClass().getName().startsWith(SPRING + "scheduling."); i++) {
            Object within = Fields.get(task, "delegate");
            within = within == null ? Fields.get(task, "runnable") : within;
            if (!(within instanceof Runnable)) {
                break;
            }
            task = within;
        }
        return task;
    }

    /** The class that a lambda or a generated class stands in. */
    private static String applicationClass(String className) {
        int generated = className.indexOf("$$");
        return generated < 0 ? className : className.substring(0, generated);
    }

    /** Returns whether it is Spring's own housekeeping. */
    boolean isOwn() {
        for (String own : OWN) {
            if (className.startsWith(own)) {
                return true;
            }
        }
        return false;
    }

    String className() {
        return className;
    }

    String name() {
        return name;
    }
}
