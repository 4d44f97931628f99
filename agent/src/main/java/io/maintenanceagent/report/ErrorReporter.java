package io.maintenanceagent.report;

import java.io.PrintStream;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What went wrong: counted, and said once in one line on standard error.
 *
 * <p>A fault has a subject (the state file, a setting, a class). The same line about the same subject is said once,
 * until something else is said of that subject or it is {@link #resolve resolved}.
 *
 * <p>Reporting never blocks and never prints: the line waits until the agent's own thread {@link #flush flushes}, since
 * a request's thread, or one that is loading a class, must not wait for a stream that the application may have
 * replaced. Safe for any thread, but for {@link #flush}.
 */
public final class ErrorReporter {

    /** What each line begins with. */
    public static final String PREFIX = "maintenance-agent: ";

    private static final int MAX_SUBJECTS = 1000;
    private static final int MAX_WAITING = 1000;
    private static final int MAX_LENGTH = 1000;
    private static final long PRINT_MILLIS = 500;

    private final PrintStream out;
    private final ConcurrentMap<String, String> said = new ConcurrentHashMap<String, String>();
    private final ConcurrentLinkedQueue<String> waiting = new ConcurrentLinkedQueue<String>();
    private final AtomicLong count = new AtomicLong();
    private volatile String last;
    private Thread printer;

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
        if (said.size() >= MAX_SUBJECTS) {
            said.clear(); // rather say something again than miss something new
        }
        if (!clean.equals(said.put(subject, clean))) {
            say(clean);
        }
    }

    /**
     * Reports a fault of a kind that may come with every request and in other words each time: said once for its
     * subject.
     *
     * @param subject what the fault is about, and its kind
     * @param line what happened, where, and what is allowed
     */
    public void reportOnce(String subject, String line) {
        String clean = count(line);
        if (said.size() < MAX_SUBJECTS && said.putIfAbsent(subject, clean) == null) {
            say(clean);
        }
    }

    private String count(String line) {
        count.incrementAndGet();
        String clean = oneLine(line);
        last = clean;
        return clean;
    }

    private void say(String line) {
        if (waiting.size() < MAX_WAITING) {
            waiting.add(line);
        }
    }

    /**
     * Ends a fault: should it come back, it is said again.
     *
     * @param subject the subject it was reported with
     */
    public void resolve(String subject) {
        if (!said.isEmpty()) {
            said.remove(subject);
        }
    }

    /**
     * Prints the lines that wait, and waits for it, but not for long: standard error may be a pipe that nobody reads,
     * and then the lines go on waiting. Called by the agent's own thread, and before the application starts.
     */
    public void flush() {
        if (waiting.isEmpty() || printer != null && printer.isAlive()) {
            return;
        }
        printer = new Printer();
        printer.start();
        try {
            printer.join(PRINT_MILLIS);
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
                out.println(PREFIX + line);
            }
        }
    }

    /** @return how many faults were reported, repeated ones included */
    public long count() {
        return count.get();
    }

    /** @return the newest fault's line, or {@code null} if there was none */
    public String last() {
        return last;
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
