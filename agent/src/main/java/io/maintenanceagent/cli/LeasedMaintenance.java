package io.maintenanceagent.cli;

import io.maintenanceagent.state.State;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A maintenance for as long as something takes: what was there before is kept, and put back, unless somebody else has
 * written meanwhile. With a lease, the state ends by itself if it is not renewed. Safe for any thread.
 */
final class LeasedMaintenance {

    private static final long RESTORE_NANOS = TimeUnit.SECONDS.toNanos(15);
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final StateSwitch store;
    private final StateOptions options;
    private final Instant announcedEnd;
    private final Duration lease;

    private final List<byte[]> attempts = new ArrayList<byte[]>();
    private StoreContent before;
    private StoreContent written;
    private boolean leased;
    private boolean ended;

    /**
     * @param store where the state is
     * @param options what maintenance is wanted
     * @param announcedEnd when it is said to end, or {@code null}
     * @param lease how long the state lasts without being renewed; {@code null} for as long as nobody changes it
     */
    LeasedMaintenance(StateSwitch store, StateOptions options, Instant announcedEnd, Duration lease) {
        this.store = store;
        this.options = options;
        this.announcedEnd = announcedEnd;
        this.lease = lease;
    }

    /**
     * Turns maintenance on.
     *
     * @param slack how much longer than the lease it is to last, since it is not renewed at first
     * @return the state that holds now
     */
    synchronized State begin(Duration slack) throws CommandFailedException, UsageException {
        byte[] content;
        do {
            before = store.read();
            if (before.problem() != null) {
                throw new CommandFailedException(store.name() + " " + before.problem()
                        + "; nobody could put that back, so write a state with on or off first");
            }
            State there = before.state();
            // What would not have ended by itself is not made to end by a lease.
            leased = lease != null && !(there != null && there.enabled() && there.until() == null);
            content = StateSwitch.bytes(state(slack));
        } while (!store.replace(before, content));
        written = StoreContent.of(content);
        return written.state();
    }

    /** With a beginning, so that it stays the same maintenance when its end moves; see {@link State#window}. */
    private State state(Duration slack) throws UsageException {
        Instant now = Instant.now();
        Instant begin = written == null
                ? now.truncatedTo(ChronoUnit.SECONDS)
                : written.state().from();
        Instant end = announcedEnd;
        if (leased) {
            Instant leaseEnd =
                    now.plus(lease).plus(slack).truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
            end = end == null || end.isBefore(leaseEnd) ? leaseEnd : end;
        }
        return options.state(begin, end);
    }

    /**
     * Replaces what was written last. A writing whose answer was lost may come through later, and is ours as well.
     *
     * @return whether it was done; {@code false} if somebody else has written
     */
    private boolean replace(byte[] content) throws CommandFailedException {
        attempts.add(content);
        boolean done = store.replace(written, content);
        if (!done) {
            StoreContent now = store.readOnce();
            done = Arrays.equals(now.content(), content) || isOurs(now) && store.replace(now, content);
        }
        if (done) {
            written = StoreContent.of(content);
            attempts.clear();
        } else {
            attempts.remove(content); // this one will not come through
        }
        return done;
    }

    private boolean isOurs(StoreContent held) {
        for (byte[] attempt : attempts) {
            if (Arrays.equals(held.content(), attempt)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the state has to be renewed. */
    synchronized boolean isLeased() {
        return leased && !ended;
    }

    /**
     * Has the state last longer. Fails while somebody else's is there; another run within this one puts ours back.
     *
     * @throws CommandFailedException if the store cannot be written, or somebody else has written
     */
    synchronized void renew() throws CommandFailedException, UsageException {
        if (isLeased() && !replace(StateSwitch.bytes(state(Duration.ZERO)))) {
            throw new CommandFailedException(
                    "the state was changed meanwhile by " + store.readOnce().author() + ", and is left to them");
        }
    }

    /**
     * Puts back what was there before, byte for byte. Tries for a while: a store may be away for a moment.
     *
     * @return what was done, in a clause
     */
    synchronized String restore() throws CommandFailedException {
        return end(before.content(), "what was there before is there again: " + described(before));
    }

    /**
     * Takes away what would end the maintenance by itself, but for an end that was asked for.
     *
     * @return what was done, in a clause
     */
    synchronized String keep() throws CommandFailedException, UsageException {
        State stays = options.state(written.state().from(), announcedEnd);
        byte[] content = StateSwitch.bytes(stays);
        String done = "maintenance stays on, as --keep-on-failure says; end it with off";
        return leased ? end(content, done) : done;
    }

    private String end(byte[] content, String done) throws CommandFailedException {
        ended = true;
        long start = System.nanoTime();
        while (true) {
            try {
                return replace(content)
                        ? done
                        : "the state was changed meanwhile by "
                                + store.readOnce().author() + ", and is left as it is";
            } catch (CommandFailedException e) {
                if (System.nanoTime() - start > RESTORE_NANOS) {
                    throw e;
                }
            }
            LockSupport.parkNanos(RETRY_NANOS);
        }
    }

    /** When the state ends if nobody does anything more, or {@code null}. */
    synchronized Instant end() {
        return written == null ? null : written.state().until();
    }

    private static String described(StoreContent held) {
        if (held.content() == null) {
            return "nothing";
        }
        return held.state().wordAt(System.currentTimeMillis());
    }
}
