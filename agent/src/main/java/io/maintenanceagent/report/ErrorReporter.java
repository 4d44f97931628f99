package io.maintenanceagent.report;

import java.io.PrintStream;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts errors, and prints each of them once, in one line on standard error.
 *
 * <p>A fault has a subject (the state file, a setting, a class). The same line about the same subject is printed once,
 * until another line is reported about the subject, or it is {@link #resolve resolved}.
 *
 * <p>Reporting never blocks and never prints: the line waits until a thread of the agent's has it {@link #print
 * printed} by another one, since a request's thread, or one that is loading a class, must not wait for a stream without
 * a reader. Safe for any thread.
 */
public final class ErrorReporter {

    /** What each line begins with. */
    public static final String PREFIX = "maintenance-agent: ";

    private static final int MAX_SUBJECTS = 1000;
    private static final int MAX_WAITING = 1000;
    private static final int MAX_LENGTH = 1000;
    private static final long PRINT_MILLIS = 500;

    private final PrintStream out;
    private final ConcurrentMap<String, String> reported = new ConcurrentHashMap<String, String>();
    private final ConcurrentLinkedQueue<String> waiting = new ConcurrentLinkedQueue<String>();
    private final AtomicLong count = new AtomicLong();
    private volatile String last;
    private volatile long lastSinceMillis;
    private final AtomicInteger unprinted = new AtomicInteger();
    private Thread printer; // guarded by this
    private volatile boolean isStuck;

    /** @param out where lines are printed; standard error as it was at the start of the JVM */
    public ErrorReporter(PrintStream out) {
        this.out = out;
    }

    /**
     * Reports a fault.
     *
     * @param subject what the fault is about
     * @param line what happened, where, and what is allowed
     */
    public void report(String subject, String line) {
        String clean = count(line);
        if (reported.size() >= MAX_SUBJECTS) {
            reported.clear(); // rather repeat a line than miss a new one
        }
        if (!clean.equals(reported.put(subject, clean))) {
            enqueue(clean);
        }
    }

    /**
     * Reports a fault that may come with every request, in a different line each time: printed once for its subject.
     *
     * @param subject what the fault is about, and its kind
     * @param line what happened, where, and what is allowed
     */
    public void reportOnce(String subject, String line) {
        String clean = count(line);
        if (reported.size() < MAX_SUBJECTS && reported.putIfAbsent(subject, clean) == null) {
            enqueue(clean);
        }
    }

    private String count(String line) {
        count.incrementAndGet();
        String clean = oneLine(line);
        if (!clean.equals(last)) {
            lastSinceMillis = System.currentTimeMillis();
        }
        last = clean;
        return clean;
    }

    private void enqueue(String line) {
        if (waiting.size() < MAX_WAITING) {
            waiting.add(line);
        } else {
            unprinted.incrementAndGet();
        }
    }

    /**
     * Ends a fault: if it comes back, it is printed again.
     *
     * @param subject the subject it was reported with
     */
    public void resolve(String subject) {
        if (!reported.isEmpty()) {
            reported.remove(subject);
        }
    }

    /**
     * Prints the waiting lines on a thread that ends after the last one. Returns at once: standard error may be a pipe
     * without a reader, and then the lines keep waiting.
     *
     * @return the thread that prints, or {@code null} if there is nothing to print, or no thread to be had: then the
     *     lines wait for the next call
     */
    private synchronized Thread printing() {
        if (printer != null && printer.isAlive()) {
            return printer;
        }
        if (waiting.isEmpty()) {
            return null;
        }
        try {
            Thread next = new Printer();
            next.start();
            printer = next;
            isStuck = false;
            return next;
        } catch (Throwable ignored) {
            // there is no thread to be had
            return null;
        }
    }

    /** Prints the waiting lines on another thread; does not block. */
    public void print() {
        if (!waiting.isEmpty()) {
            printing();
        }
    }

    /**
     * Prints the waiting lines and waits for that for half a second; does not wait for a stream that has timed out
     * before.
     */
    public void flush() {
        Thread printing = printing();
        if (printing == null || isStuck) {
            return;
        }
        try {
            printing.join(PRINT_MILLIS);
            isStuck = printing.isAlive();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Printer extends Thread {
        Printer() {
            super("maintenance-agent-stderr");
            setDaemon(true);
        }

        @Override
        public void run() {
            for (String line = waiting.poll(); line != null; line = waiting.poll()) {
                print(line);
            }
            int lost = unprinted.getAndSet(0);
            if (lost > 0) {
                print(lost + " more lines were not printed, as they came faster than they could be");
            }
        }

        /** Prints one line. Standard error may be another agent's stream that throws: the next line may succeed. */
        private void print(String line) {
            try {
                out.println(PREFIX + line);
            } catch (Throwable ignored) {
                // there is no other place to report it
            }
        }
    }

    /** Returns how many faults were reported, repeated ones included. */
    public long count() {
        return count.get();
    }

    /** Returns the newest fault's line, or {@code null} if there was none. */
    public String last() {
        return last;
    }

    /** Returns since when {@link #last} is the last one, in milliseconds since 1970, however often it came again. */
    public long lastSinceMillis() {
        return lastSinceMillis;
    }

    /** What is quoted in a line (a bad value, an exception's message) must not break it, nor a terminal, nor a log. */
    private static String oneLine(String whole) {
        String text = whole.length() <= MAX_LENGTH ? whole : whole.substring(0, MAX_LENGTH) + "…";
        StringBuilder line = null;
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                if (line == null) {
                    line = new StringBuilder(text);
                }
                line.setCharAt(i, ' ');
            }
        }
        return line == null ? text : line.toString();
    }
}
