package io.maintenanceagent.intercept;

/**
 * Remembers, by thread, that an entry of a request that was let in has just ended: a container that shows an error page
 * afterwards does so on the same thread, as another outermost entry. An error page that nothing was let in before is
 * the container's answer to a request that nobody has decided ({@code WEB-INF}, a login that failed).
 *
 * <p>Only while something may be refused, so that it costs nothing else. Where maintenance began between the end and
 * the error page nothing is remembered: for a moment, error pages pass. Safe for any thread.
 */
final class AdmittedThreads {

    /** From the end of a servlet to its error page, at the most, in milliseconds. */
    private static final long MOMENT = 20;

    private final ThreadLocal<Boolean> ended = new ThreadLocal<Boolean>();

    /** An entry of a request that was let in has ended on this thread. */
    void entryEnds() {
        ended.set(Boolean.TRUE);
    }

    /** A request is on this thread of which nothing was let in yet. */
    void requestBegins() {
        ended.remove();
    }

    /**
     * @param sinceMillis since when this maintenance is enforced, in milliseconds since 1970
     * @param epochMillis now, likewise
     * @return whether an error page on this thread may belong to a request that was let in; to be asked once
     */
    boolean mayShowErrorPage(long sinceMillis, long epochMillis) {
        boolean admitted = ended.get() != null;
        ended.remove();
        return admitted || epochMillis >= sinceMillis && epochMillis - sinceMillis < MOMENT;
    }
}
