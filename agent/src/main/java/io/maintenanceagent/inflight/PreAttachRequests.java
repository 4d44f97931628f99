package io.maintenanceagent.inflight;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * The pre-attach requests: those that passed their outermost entry point before it was woven, found by their stacks. An
 * entry point that such a request passes later is part of it, and no request of its own. Requests that wait
 * asynchronously during the attach are not found. Safe for any thread.
 */
public final class PreAttachRequests {

    private final Predicate<StackTraceElement> entryPoint;
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

    /** @param entryPoint whether a frame of a stack is at an entry point */
    public PreAttachRequests(Predicate<StackTraceElement> entryPoint) {
        this.entryPoint = entryPoint;
    }

    /**
     * Finds the pre-attach requests. Stops all threads for a moment.
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

    /** Returns whether an entry point on this thread belongs to a pre-attach request. */
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

    /** Returns whether the calling thread is in a pre-attach request, as far as its stack tells; at no entry point. */
    public boolean isOnThread() {
        return !threads.isEmpty()
                && threads.contains(Thread.currentThread())
                && entries(new Throwable().getStackTrace()) > 0;
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
            if (entryPoint.test(frame)) {
                entries++;
            }
        }
        return entries;
    }
}
