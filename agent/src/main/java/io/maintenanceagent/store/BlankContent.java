package io.maintenanceagent.store;

import io.maintenanceagent.state.StateParser;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Tells a blank content that is a write in progress from one that stays blank. Not thread-safe. */
public final class BlankContent {

    /** How long a write may take that begins by emptying a file. */
    private static final long WRITE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final LongSupplier nanoTime;
    private boolean blank;
    private long sinceNanos;

    /** Made for one store or file that is read again and again. */
    public BlankContent() {
        this(new LongSupplier() {
            @Override
            public long getAsLong() {
                return System.nanoTime();
            }
        });
    }

    BlankContent(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * Takes note of a reading.
     *
     * @param content what was read; {@code null} if there was nothing, or it could not be read
     * @return whether the content is blank, so that it decides nothing
     */
    public boolean observe(byte[] content) {
        boolean now = content != null && content.length <= StateParser.MAX_BYTES && StateParser.isBlank(content);
        if (now && !blank) {
            sinceNanos = nanoTime.getAsLong();
        }
        blank = now;
        return blank;
    }

    /** Returns whether the content has been blank for longer than a write takes. */
    public boolean stays() {
        return blank && nanoTime.getAsLong() - sinceNanos >= WRITE_NANOS;
    }
}
