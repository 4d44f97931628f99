package io.maintenanceagent.audit;

/** What of one kind of work maintenance had to wait for when it began. Immutable. */
public final class Blocking {

    private final String kind;
    private final int count;
    private final String oldest;
    private final long seconds;

    /**
     * @param kind {@code requests}, or a kind of work that is no request
     * @param count how many units were in flight that would not begin any more
     * @param oldest what the oldest of them is known by; {@code null} if there is none
     * @param seconds how long that one had been running, in seconds
     */
    public Blocking(String kind, int count, String oldest, long seconds) {
        this.kind = kind;
        this.count = count;
        this.oldest = oldest;
        this.seconds = seconds;
    }

    String kind() {
        return kind;
    }

    int count() {
        return count;
    }

    String oldest() {
        return oldest;
    }

    long seconds() {
        return seconds;
    }
}
