package io.maintenanceagent.store.url;

import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** How long a response may be used without asking again (RFC 9111 section 4.2). Pure. */
final class Freshness {

    /** A flip has to be seen some day, whatever a server says. */
    private static final long LONGEST_SECONDS = 300;

    private Freshness() {}

    /**
     * Returns how long a response stays fresh, in nanoseconds, five minutes at the most.
     *
     * @param cacheControl the header {@code Cache-Control}, or {@code null}
     * @param age the header {@code Age}, or {@code null}
     */
    static long nanos(String cacheControl, String age) {
        long seconds = 0;
        for (String directive : cacheControl == null ? new String[0] : cacheControl.split(",")) {
            String word = directive.trim().toLowerCase(Locale.ROOT);
            if (word.equals("no-cache") || word.startsWith("no-cache=") || word.equals("no-store")) {
                return 0;
            }
            if (word.startsWith("max-age=")) {
                seconds = number(word.substring("max-age=".length()).replace("\"", ""));
            }
        }
        long left = seconds - (age == null ? 0 : number(age.trim()));
        return TimeUnit.SECONDS.toNanos(Math.max(0, Math.min(left, LONGEST_SECONDS)));
    }

    private static long number(String digits) {
        return digits.matches("[0-9]{1,9}") ? Long.parseLong(digits) : 0;
    }
}
