package io.maintenanceagent.report;

/** Lines are printed by a thread of their own, which a flush waits for, but not for long. */
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
