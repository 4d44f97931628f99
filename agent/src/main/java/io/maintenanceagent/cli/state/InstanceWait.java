package io.maintenanceagent.cli.state;

import io.maintenanceagent.cli.terminal.CommandFailedException;
import io.maintenanceagent.cli.terminal.Times;
import io.maintenanceagent.state.State;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Waits until every instance that reports to a store enforces what was written there, and, if that is maintenance now,
 * is drained. Where maintenance begins later, it is enough that all have taken the state. For one thread.
 */
public final class InstanceWait {

    private static final long POLL_MILLIS = 200;

    /** Reports come every five seconds and expire after fifteen: if there is none by then, there are no instances. */
    private static final Duration NO_INSTANCES = Duration.ofSeconds(15);

    /** How long to wait for further instances, where the first has just reported. */
    private static final Duration SETTLED = Duration.ofSeconds(3);

    private final StateSwitch store;
    private final State target;
    private final Duration limit;
    private final boolean knew;
    private final WaitDisplay view;

    /**
     * @param store where instances report
     * @param target what was written there
     * @param limit how long to wait at the most
     * @param knew whether instances were listed before it was written
     * @param view shows the instances that are waited for
     */
    public InstanceWait(StateSwitch store, State target, Duration limit, boolean knew, WaitDisplay view) {
        this.store = store;
        this.target = target;
        this.limit = limit;
        this.knew = knew;
        this.view = view;
    }

    /** Whether instances are listed, so that a missing one is noticed later. */
    public static boolean knowsInstances(StateSwitch store) {
        try {
            return !store.instances().isEmpty();
        } catch (CommandFailedException ignored) {
            // the wait reports it
            return false;
        }
    }

    /**
     * Waits, and returns all instances.
     *
     * @throws CommandFailedException if there are none, or the wait times out; the message names the instances that
     *     block
     */
    public List<InstanceProgress> await() throws CommandFailedException, InterruptedException {
        long start = System.nanoTime();
        List<InstanceProgress> instances = new ArrayList<InstanceProgress>();
        while (true) {
            String unreachable = null;
            StoreContent held = null;
            try {
                instances = InstanceProgress.all(store, target, true);
                held = store.readOnce();
            } catch (CommandFailedException e) {
                if (e.getCause() instanceof FileSystemException) {
                    throw failed(e.getMessage()); // a share that is away for a moment makes other exceptions
                }
                unreachable = e.getMessage();
            }
            Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
            view.show(instances, elapsed, limit);
            if (held != null) {
                checkThatItStands(held);
                if (areDone(instances) && (knew || elapsed.compareTo(SETTLED) >= 0)) {
                    view.end();
                    return instances;
                }
                checkThatItCanEnd(instances, elapsed);
            }
            if (elapsed.compareTo(limit) >= 0) {
                throw tooLate(instances, unreachable);
            }
            Thread.sleep(Math.max(1, Math.min(POLL_MILLIS, limit.minus(elapsed).toMillis())));
        }
    }

    private static boolean areDone(List<InstanceProgress> instances) {
        return !instances.isEmpty() && blocking(instances).isEmpty();
    }

    private static List<InstanceProgress> blocking(List<InstanceProgress> instances) {
        List<InstanceProgress> blocking = new ArrayList<InstanceProgress>();
        for (InstanceProgress instance : instances) {
            if (instance.step() != InstanceProgress.Step.DONE) {
                blocking.add(instance);
            }
        }
        return blocking;
    }

    private void checkThatItStands(StoreContent held) throws CommandFailedException {
        if (held.problem() == null && !target.equals(held.state())) {
            throw failed("the state was changed meanwhile by " + held.author() + "; see status");
        }
    }

    private void checkThatItCanEnd(List<InstanceProgress> instances, Duration elapsed) throws CommandFailedException {
        if (instances.isEmpty() && elapsed.compareTo(NO_INSTANCES) >= 0) {
            throw noInstances();
        }
        boolean hopeless = !blocking(instances).isEmpty();
        String advice = "";
        for (InstanceProgress instance : blocking(instances)) {
            boolean never = instance.step() == InstanceProgress.Step.NEVER;
            hopeless &= never || instance.step() == InstanceProgress.Step.UNENFORCED;
            advice = never ? "; take that setting away there and start it again" : advice;
        }
        if (hopeless) {
            throw failed(names(blocking(instances)) + advice);
        }
    }

    private CommandFailedException tooLate(List<InstanceProgress> instances, String unreachable) {
        if (unreachable != null) {
            return failed("not known within " + Times.span(limit) + ", since " + unreachable);
        }
        if (instances.isEmpty()) {
            return noInstances();
        }
        List<InstanceProgress> blocking = blocking(instances);
        return blocking.isEmpty() // further instances may report
                ? failed("not sure within " + Times.span(limit)
                        + " that all instances have reported; give --wait more time")
                : failed("not within " + Times.span(limit) + ": " + names(blocking)
                        + "; see status, or give --wait more time");
    }

    private CommandFailedException noInstances() {
        return failed(StateDescription.noInstances(store.name()));
    }

    private CommandFailedException failed(String line) {
        view.end();
        return new CommandFailedException(line);
    }

    private static String names(List<InstanceProgress> blocking) {
        StringBuilder names = new StringBuilder();
        for (InstanceProgress instance : blocking.subList(0, Math.min(3, blocking.size()))) {
            names.append(names.length() == 0 ? "" : "; ").append(instance.full());
        }
        return blocking.size() > 3 ? names + "; and " + (blocking.size() - 3) + " more" : names.toString();
    }
}
