package io.maintenanceagent.report;

/** Waits for the thread that prints lines, which a flush waits for only half a second. */
public final class Printing {

    private Printing() {}

    /** Waits until what was flushed is printed, on a busy machine too. */
    public static void await() {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals("maintenance-agent-stderr")) {
                try {
                    thread.join(10_000);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }
}
