package io.maintenanceagent.boot;

import io.maintenanceagent.api.StateStore;
import io.maintenanceagent.api.StateStoreFactory;
import io.maintenanceagent.config.Settings;
import io.maintenanceagent.extension.Extensions;
import io.maintenanceagent.intercept.Enforcement;
import io.maintenanceagent.report.ErrorReporter;
import io.maintenanceagent.state.EffectiveState;
import io.maintenanceagent.state.State;
import io.maintenanceagent.store.StateStores;
import io.maintenanceagent.store.StateWatcher;
import io.maintenanceagent.store.file.FileStore;
import java.util.Iterator;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * What the thread {@value #THREAD} does: it opens the store, follows it, and has every new state enforced. It waits for
 * the store and for nothing else. A fault does not end it: it begins anew.
 */
final class AgentLoop implements Runnable, HangDetector.Watched {

    private static final String THREAD = "maintenance-agent";

    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final long WITHDRAW_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** What the store has for its end if others, whose reports hang, have used up the time: it is closed after them. */
    private static final long OWN_MILLIS = 200;

    private final Settings settings;
    private final Extensions extensions;
    private final Enforcement enforcement;
    private final PolicyWatch policy;
    private final AgentThreads threads;
    private final StatusReporting reporting;
    private final ErrorReporter errors;

    private volatile Thread thread; // null until it was started
    private volatile boolean stopped;
    private volatile Enforcer enforcer; // null for a moment
    private volatile StateWatcher watcher;
    private volatile long polls;

    /** The store that is open; whoever takes it out closes it. */
    private final AtomicReference<StateStore> open = new AtomicReference<StateStore>();

    /** The reports of this instance are withdrawn, so that the store may be closed. */
    private final CountDownLatch mayClose = new CountDownLatch(1);

    private volatile Thread closer; // null until the store is closed by another thread

    /**
     * @param settings where the store is
     * @param extensions may bring it
     * @param enforcement enforces
     * @param policy what has to be there before the first state
     * @param threads are started, and told of changes
     * @param reporting tells of the store
     * @param errors where a store is reported that cannot be followed
     */
    AgentLoop(
            Settings settings,
            Extensions extensions,
            Enforcement enforcement,
            PolicyWatch policy,
            AgentThreads threads,
            StatusReporting reporting,
            ErrorReporter errors) {
        this.settings = settings;
        this.extensions = extensions;
        this.enforcement = enforcement;
        this.policy = policy;
        this.threads = threads;
        this.reporting = reporting;
        this.errors = errors;
    }

    /** Starts the thread. An error says that it cannot be started. */
    void start() {
        Thread next = new Thread(this, THREAD);
        next.setDaemon(true);
        next.setContextClassLoader(AgentLoop.class.getClassLoader());
        next.start();
        thread = next;
    }

    /** Starts the thread again if it has died. For the reporter's thread. */
    void keepAlive() {
        Thread running = thread;
        if (!stopped && running != null && !running.isAlive()) {
            errors.report("agent thread", "the thread that follows the state has died; it is started again");
            start();
        }
    }

    /**
     * Has the thread end, after the reading that it is at, which has no effect any more. The store stays open until
     * {@link #closeStore}, since the report of this instance has to be withdrawn.
     */
    void stop() {
        stopped = true;
        StateWatcher following = watcher;
        if (following != null) {
            following.close();
        }
        Thread waiting = thread;
        if (waiting != null) {
            waiting.interrupt();
        }
    }

    /** Closes the store, which ends a reading that is under way. On a thread of its own, since a store may hang. */
    void closeStore() {
        mayClose.countDown();
        Thread closing = new Thread(THREAD + "-close") {
            @Override
            public void run() {
                closeOnce();
            }
        };
        closing.setDaemon(true);
        closing.start();
        closer = closing;
    }

    private void closeOnce() {
        StateStore closing = open.getAndSet(null);
        if (closing != null) {
            try {
                closing.close();
            } catch (Throwable e) {
                errors.report("close", settings.source() + " could not be closed (" + e + ")");
            }
        }
    }

    /**
     * Waits until the thread has ended and the store is closed.
     *
     * @param deadlineNanos until when, as {@link System#nanoTime} tells time
     * @return whether they are
     */
    boolean awaitEnd(long deadlineNanos) {
        boolean ended = true;
        for (Thread ending : new Thread[] {closer, thread}) {
            try {
                ending.join(Math.max(OWN_MILLIS, TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime())));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            ended &= !ending.isAlive();
        }
        return ended;
    }

    /** Enforces what holds without a store, if no state is known yet. For any thread. */
    void fallBack() {
        Enforcer deciding = enforcer;
        if (deciding != null && !stopped) {
            deciding.fallBack();
        }
    }

    /** Whether requests are decided although the store has never answered. For any thread. */
    boolean isFallenBack() {
        Enforcer deciding = enforcer;
        return deciding != null && deciding.isFallenBack();
    }

    @Override
    public long job() {
        return stopped ? IDLE : polls;
    }

    @Override
    public String name() {
        return THREAD;
    }

    @Override
    public String hangs() {
        return settings.source() + " has not answered for ten seconds; " + whatHolds();
    }

    /** @return what to say where somebody is let in, or refused, although the store has not answered yet */
    String unanswered() {
        return settings.source() + " has not answered yet; " + whatHolds();
    }

    /** While no state is known from the store, {@link #fallBack} has seen to it that one holds. */
    private String whatHolds() {
        EffectiveState enforced = enforcement.enforced();
        return enforced == null || enforced.source() == EffectiveState.Source.STORE
                ? "the last known state stays"
                : enforced.clause(settings.env(), System.currentTimeMillis());
    }

    @Override
    public void run() {
        while (!stopped) {
            try {
                follow();
            } catch (Throwable fault) {
                if (!stopped) {
                    fallBack();
                    errors.report(
                            "agent",
                            "the state cannot be followed (" + fault + "), which is tried again; " + whatHolds());
                    errors.print();
                    LockSupport.parkNanos(RETRY_NANOS);
                }
            }
        }
        errors.print();
    }

    private void follow() {
        threads.start();
        if (enforcer == null) {
            enforcer = new Enforcer(settings, enforcement, policy, threads, errors);
        }
        if (settings.enable() != null) {
            enforcer.stored(null); // whatever the store says, if it ever does
        }
        StateStore store = open();
        open.set(store);
        try {
            reporting.reportTo(store);
            watcher = new StateWatcher(store, enforcer.otherwise(), new WhileFollowing(store), errors);
            if (!stopped) {
                watcher.run();
            }
        } finally {
            if (stopped) {
                awaitWithdrawal();
            }
            closeOnce();
        }
    }

    private void awaitWithdrawal() {
        long end = System.nanoTime() + WITHDRAW_NANOS;
        for (long left = WITHDRAW_NANOS; left > 0 && mayClose.getCount() > 0; left = end - System.nanoTime()) {
            try {
                mayClose.await(left, TimeUnit.NANOSECONDS);
            } catch (InterruptedException ignored) {
                // by stop, which ended the wait for a change, perhaps after it
            }
        }
    }

    private StateStore open() {
        if (settings.store() != null) {
            try {
                StateStore store = new StateStores(new StoreExtensions()).open(settings.store());
                if (store != null && store.name() != null) {
                    return store;
                }
                throw new IllegalArgumentException("a store with a name; the extension gave none");
            } catch (Throwable e) {
                errors.report(
                        "setting store",
                        "setting \"store\" has the bad value \"" + settings.storeName() + "\" and is ignored; allowed: "
                                + e.getMessage());
            }
        }
        return new FileStore(settings.file());
    }

    /** A store may give its answer after the agent has left, or has come back and follows another one. */
    private final class WhileFollowing implements StateWatcher.Listener {
        private final StateStore store;

        WhileFollowing(StateStore store) {
            this.store = store;
        }

        @Override
        public void stored(State stored) {
            if (!stopped) {
                enforcer.stored(stored);
            }
        }

        @Override
        public void polled(boolean reachable) {
            polls++; // of this thread alone
            if (!stopped) {
                reporting.polled(reachable);
                threads.storeRead();
                if (store instanceof FileStore) {
                    ((FileStore) store).awaitAlso(policy.files());
                    String notice = ((FileStore) store).takeNotice();
                    if (notice != null) {
                        String subject = "notice " + store.name();
                        errors.resolve(subject); // it has happened again
                        errors.report(subject, store.name() + " " + notice);
                    }
                }
            }
        }
    }

    /** Found when a scheme is asked for that is not the agent's own. */
    private final class StoreExtensions implements Iterable<StateStoreFactory> {
        @Override
        public Iterator<StateStoreFactory> iterator() {
            return extensions.load(StateStoreFactory.class).iterator();
        }
    }
}
