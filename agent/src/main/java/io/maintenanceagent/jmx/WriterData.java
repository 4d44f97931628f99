package io.maintenanceagent.jmx;

import io.maintenanceagent.work.Writer;

/** Who writes to a database in maintenance, as JMX shows it. Immutable. */
public final class WriterData {

    private final Writer writer;

    WriterData(Writer writer) {
        this.writer = writer;
    }

    /** Returns class and method of the application's own first frame. */
    public String getCaller() {
        return writer.caller();
    }

    /** Returns the name of the thread that wrote last. */
    public String getThread() {
        return writer.thread();
    }

    /** Returns how many writing statements there were in this maintenance. */
    public long getCount() {
        return writer.count();
    }

    /** Returns when the last one was, in milliseconds since 1970. */
    public long getLastMillis() {
        return writer.lastMillis();
    }
}
