package io.maintenanceagent.cli.command;

import io.maintenanceagent.cli.state.StateSwitch;
import io.maintenanceagent.cli.state.StoreContent;
import io.maintenanceagent.cli.terminal.CommandFailedException;
import io.maintenanceagent.cli.terminal.UsageException;
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
 * Maintenance for as long as a command runs: keeps the store's content, and puts it back, unless another writer has
 * replaced the state. With a lease, the state expires if it is not renewed. Safe for any thread.
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
     * @param options the state to write
     * @param announcedEnd the end that was asked for, or {@code null}
     * @param lease how long the state lasts without being renewed; {@code null} for no lease
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
            // A state without an end does not get one from a lease.
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
     * Replaces what was written last. A write whose reply was lost may take effect later, and counts as ours.
     *
     * @return whether it was replaced; {@code false} if another writer has replaced the state
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
            attempts.remove(content); // this write has failed
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
     * Renews the lease. Fails while the state is another writer's; another run within this one puts ours back.
     *
     * @throws CommandFailedException if the store cannot be written, or the state is another writer's
     */
    synchronized void renew() throws CommandFailedException, UsageException {
        if (isLeased() && !replace(StateSwitch.bytes(state(Duration.ZERO)))) {
            throw new CommandFailedException(
                    "the state was changed meanwhile by " + store.readOnce().author() + ", and is left to them");
        }
    }

    /**
     * Puts back the content that was there before, byte for byte. Retries for a while, since a store may be unreachable
     * for a moment.
     *
     * @return what was done, in a clause
     */
    synchronized String restore() throws CommandFailedException {
        return end(before.content(), "what was there before is there again: " + described(before));
    }

    /**
     * Removes the lease, so that maintenance stays on until the end that was asked for, if any.
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

    /** When the state expires, or {@code null}. */
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
