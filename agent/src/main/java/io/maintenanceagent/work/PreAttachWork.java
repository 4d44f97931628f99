package io.maintenanceagent.work;

import io.maintenanceagent.entrypoint.WorkEntryPoint;
import io.maintenanceagent.entrypoint.WorkKind;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The units of work that had begun when the agent was attached, as far as the stacks of their threads tell: a job or a
 * handler is within a method that lasts as long as it does. Each is in flight until its thread has left that method.
 * Safe for any thread.
 */
public final class PreAttachWork {

    private static final String SPRING_KAFKA =
            "org.springframework.kafka.listener.KafkaMessageListenerContainer$ListenerConsumer";
    private static final String KAFKA = "org.apache.kafka.clients.consumer.KafkaConsumer";

    private final Map<Thread, Unit> units = new ConcurrentHashMap<Thread, Unit>();

    PreAttachWork() {}

    /**
     * Finds the units. Stops all threads for a moment.
     *
     * @param kinds the kinds that are guarded
     * @param others threads that the JVM does not tell of together with all others: virtual ones
     */
    public void find(Collection<WorkKind> kinds, Collection<Thread> others) {
        for (Thread thread : others) {
            add(kinds, thread, thread.getStackTrace());
        }
        for (Map.Entry<Thread, StackTraceElement[]> stack :
                Thread.getAllStackTraces().entrySet()) {
            add(kinds, stack.getKey(), stack.getValue());
        }
    }

    private void add(Collection<WorkKind> kinds, Thread thread, StackTraceElement[] stack) {
        for (int i = stack.length - 1; i >= 0; i--) {
            WorkKind kind = kind(stack, i);
            if (kind != null && kinds.contains(kind)) {
                units.put(thread, new Unit(kind, applicationFrame(stack, i)));
                return;
            }
        }
    }

    /** The kind of the unit that begins at a frame; {@code null} if none does. */
    private static WorkKind kind(StackTraceElement[] stack, int frame) {
        String className = stack[frame].getClassName();
        String method = stack[frame].getMethodName();
        if (className.equals(SPRING_KAFKA) && method.equals("run")) {
            return isWithin(stack, frame, KAFKA, "poll")
                    ? null
                    : WorkKind.MESSAGES; // it handles what a poll has returned
        }
        if (!className.startsWith("org.")) {
            return null;
        }
        for (WorkEntryPoint entryPoint : Spanning.ALL) {
            if (entryPoint.method().equals(method)
                    && entryPoint.className().replace('/', '.').equals(className)) {
                return entryPoint.kind();
            }
        }
        return null;
    }

    private static boolean isWithin(StackTraceElement[] stack, int below, String className, String method) {
        for (int i = 0; i < below; i++) {
            if (stack[i].getClassName().equals(className)
                    && stack[i].getMethodName().equals(method)) {
                return true;
            }
        }
        return false;
    }

    /** The application's own frame next to where the unit begins: that of the job or the listener. */
    private static StackTraceElement applicationFrame(StackTraceElement[] stack, int begin) {
        StackTraceElement[] outermostFirst = new StackTraceElement[begin + 1];
        for (int i = 0; i <= begin; i++) {
            outermostFirst[i] = stack[begin - i];
        }
        return ApplicationFrame.of(outermostFirst);
    }

    /** A unit begins on this thread: one that had begun before has ended, unless this is within it. */
    void begins() {
        if (!units.isEmpty() && units.containsKey(Thread.currentThread())) {
            if (count(new Throwable().getStackTrace()) <= 1) {
                units.remove(Thread.currentThread());
            }
        }
    }

    /** Returns whether the calling thread is at such a unit, as far as its stack tells. */
    public boolean isOnThread() {
        return !units.isEmpty()
                && units.containsKey(Thread.currentThread())
                && count(new Throwable().getStackTrace()) > 0;
    }

    private static int count(StackTraceElement[] stack) {
        int count = 0;
        for (int i = 0; i < stack.length; i++) {
            if (kind(stack, i) != null) {
                count++;
            }
        }
        return count;
    }

    /**
     * Returns what tells of the units of a kind that are still running.
     *
     * @param kind a kind of work
     */
    RunningWork.Source of(WorkKind kind) {
        return new OfKind(kind);
    }

    private final class OfKind implements RunningWork.Source {
        private final WorkKind kind;

        OfKind(WorkKind kind) {
            this.kind = kind;
        }

        @Override
        public void addTo(WorkSnapshot snapshot) {
            for (Map.Entry<Thread, Unit> entry : units.entrySet()) {
                Thread thread = entry.getKey();
                Unit unit = entry.getValue();
                if (unit.kind != kind) {
                    continue;
                }
                if (thread.isAlive() && count(thread.getStackTrace()) > 0) {
                    snapshot.add(unit.className, unit.name, unit.seenNanos);
                } else {
                    units.remove(thread, unit);
                }
            }
        }
    }

    private static final class Unit {
        final WorkKind kind;
        final String className;
        final String name;
        final long seenNanos = System.nanoTime(); // later than its begin

        Unit(WorkKind kind, StackTraceElement frame) {
            this.kind = kind;
            this.className = frame == null ? "" : frame.getClassName();
            this.name = (frame == null ? "unknown" : ApplicationFrame.name(frame)) + ", since before the attach";
        }
    }

    /** The methods that last as long as a unit. Loaded at an attach. */
    private static final class Spanning {
        static final Set<WorkEntryPoint> ALL = EnumSet.of(
                WorkEntryPoint.SPRING_SCHEDULED,
                WorkEntryPoint.SPRING_TASK,
                WorkEntryPoint.QUARTZ_RUN,
                WorkEntryPoint.JMS_RECEIVE,
                WorkEntryPoint.JMS_DELIVERY,
                WorkEntryPoint.RABBIT_RECEIVE,
                WorkEntryPoint.RABBIT_DELIVERY);
    }
}
