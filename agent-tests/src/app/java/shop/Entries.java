package shop;

import java.util.concurrent.atomic.AtomicInteger;

/** How often the application's own code was entered by a request. */
public final class Entries {

    private static final AtomicInteger COUNT = new AtomicInteger();

    private Entries() {}

    public static void count() {
        COUNT.incrementAndGet();
    }

    static int soFar() {
        return COUNT.get();
    }
}
