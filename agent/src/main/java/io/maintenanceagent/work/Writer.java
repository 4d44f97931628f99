package io.maintenanceagent.work;

/** Who has written to a database in maintenance, as of one time. Immutable. */
public final class Writer {

    private final String caller;
    private final String thread;
    private final long count;
    private final long lastMillis;

    /**
     * @param caller class and method, {@code com.acme.Ledger.book}
     * @param thread the name of a thread
     * @param count how many statements
     * @param lastMillis when the last one was, in milliseconds since 1970
     */
    public Writer(String caller, String thread, long count, long lastMillis) {
        this.caller = caller;
        this.thread = thread;
        this.count = count;
        this.lastMillis = lastMillis;
    }

    /** Returns the class and the method of the application's first frame, {@code com.acme.Ledger.book}. */
    public String caller() {
        return caller;
    }

    /** Returns the name of the thread that wrote last. */
    public String thread() {
        return thread;
    }

    /** Returns how many writing statements there were. */
    public long count() {
        return count;
    }

    /** Returns when the last one was, in milliseconds since 1970. */
    public long lastMillis() {
        return lastMillis;
    }
}
