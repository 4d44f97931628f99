package io.maintenanceagent.inflight;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Requests that were running when the agent was attached to a running JVM: they have passed their outermost entry
 * before it was woven, and are found by their stacks. What they go through from then on is theirs, and no request of
 * its own. Requests that wait asynchronously just then are not found. Safe for any thread.
 */
public final class PreAttachRequests {

    private final Predicate<StackTraceElement> entry;
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

    /** @param entry whether a frame of a stack is an entry of a request */
    public PreAttachRequests(Predicate<StackTraceElement> entry) {
        this.entry = entry;
    }

    /**
     * Finds them. Stops all threads for a moment.
     *
     * @param others threads that the JVM does not tell of together with all others: virtual ones
     */
    public void find(Collection<Thread> others) {
        for (Thread thread : others) {
            if (entries(thread.getStackTrace()) > 0) {
                threads.add(thread);
            }
        }
        for (Map.Entry<Thread, StackTraceElement[]> stack :
                Thread.getAllStackTraces().entrySet()) {
            if (entries(stack.getValue()) > 0) {
                threads.add(stack.getKey());
            }
        }
    }

    /** Returns whether what begins on this thread, at a woven entry, is part of such a request. */
    public boolean isWithinOne() {
        if (threads.isEmpty() || !threads.contains(Thread.currentThread())) {
            return false;
        }
        if (entries(new Throwable().getStackTrace()) > 1) {
            return true;
        }
        threads.remove(Thread.currentThread());
        return false;
    }

    /** Returns how many of them are still running. */
    public int count() {
        for (Thread thread : threads) {
            if (!thread.isAlive() || entries(thread.getStackTrace()) == 0) {
                threads.remove(thread);
            }
        }
        return threads.size();
    }

    private int entries(StackTraceElement[] stack) {
        int entries = 0;
        for (StackTraceElement frame : stack) {
            if (entry.test(frame)) {
                entries++;
            }
        }
        return entries;
    }
}
