package io.maintenanceagent.cli.command;

import io.maintenanceagent.cli.state.StateDescription;
import io.maintenanceagent.cli.terminal.CommandFailedException;
import io.maintenanceagent.cli.terminal.Console;
import io.maintenanceagent.cli.terminal.ExitCode;
import io.maintenanceagent.cli.terminal.Terminal;
import io.maintenanceagent.cli.terminal.Times;
import io.maintenanceagent.cli.terminal.UsageException;
import io.maintenanceagent.state.State;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs a command during maintenance, with this process's own standard streams, and ends maintenance when the command or
 * this process ends. Used once.
 *
 * <p>A signal is seen as the end of this JVM, in a shutdown hook, while the main thread still waits. The first of the
 * two to finish ends maintenance.
 */
final class CommandExecution {

    private static final int NOT_RUN = -1;

    private static final long RETRY_MILLIS = 500;

    /** A terminal signals the whole process group; a command that gets a second signal may abort its cleanup. */
    private static final String INTERRUPT_THREAD = "SIGINT handler";

    private final Console console;
    private final LeasedMaintenance leased;
    private final List<String> command;
    private final boolean keepOnFailure;
    private final Duration killAfter;
    private final Object lock = new Object();

    // Guarded by the lock.
    private boolean begun;
    private boolean ending;
    private boolean over;
    private boolean stuck;
    private Process child;

    /**
     * @param console where messages are printed
     * @param leased the maintenance
     * @param command the program and its arguments
     * @param keepOnFailure whether maintenance stays on if the command fails
     * @param killAfter how long the command may take to end after a signal
     */
    CommandExecution(
            Console console,
            LeasedMaintenance leased,
            List<String> command,
            boolean keepOnFailure,
            Duration killAfter) {
        this.console = console;
        this.leased = leased;
        this.command = command;
        this.keepOnFailure = keepOnFailure;
        this.killAfter = killAfter;
    }

    /** Waits until the command may run. */
    interface Drain {
        void await(State state) throws CommandFailedException, InterruptedException;
    }

    /**
     * Returns the command's exit code.
     *
     * @param drain called before the command is run
     * @param slack how long that may take
     * @param renewal how often a lease is renewed, or {@code null}
     */
    int run(Drain drain, Duration slack, Duration renewal)
            throws CommandFailedException, UsageException, InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(this::interrupted, "maintenance-agent-end"));
        int code = NOT_RUN;
        try {
            State state = begin(slack);
            say(StateDescription.of(state, Instant.now())
                    + (leased.isLeased() ? ", which moves while COMMAND runs" : ""));
            drain.await(state);
            Process running = start();
            if (renewal != null) {
                renewInBackground(renewal);
            }
            code = running.waitFor();
        } catch (CommandFailedException e) {
            finish(NOT_RUN);
            stopIfEnding();
            throw new CommandFailedException(e.getMessage() + " (COMMAND was not run)", e);
        } finally {
            finish(code);
        }
        synchronized (lock) {
            return stuck && code == 0 ? ExitCode.FAILED : code;
        }
    }

    private State begin(Duration slack) throws CommandFailedException, UsageException, InterruptedException {
        State state = null;
        synchronized (lock) {
            if (!ending) {
                state = leased.begin(slack);
                begun = true;
            }
        }
        stopIfEnding();
        return state;
    }

    /** Blocks while the shutdown hook ends this JVM. Not called with the lock held, which the hook needs. */
    private void stopIfEnding() throws InterruptedException {
        boolean stop;
        synchronized (lock) {
            stop = ending;
        }
        if (stop) {
            Thread.sleep(Long.MAX_VALUE);
        }
    }

    private Process start() throws CommandFailedException, InterruptedException {
        synchronized (lock) {
            try {
                child = ending ? null : new ProcessBuilder(command).inheritIO().start();
            } catch (IOException e) {
                throw new CommandFailedException("\"" + command.get(0) + "\" cannot be started: " + e.getMessage(), e);
            }
        }
        if (child == null) {
            stopIfEnding();
        }
        return child;
    }

    private void renewInBackground(Duration every) {
        Thread renewer = new Thread(() -> renew(every), "maintenance-agent-lease");
        renewer.setDaemon(true);
        renewer.start();
    }

    private void renew(Duration every) {
        String said = null;
        try {
            while (leased.isLeased()) {
                // When another run within this one ends, our state may be back, and about to expire.
                Thread.sleep(said == null ? every.toMillis() : Math.min(every.toMillis(), RETRY_MILLIS));
                synchronized (lock) {
                    if (over) {
                        return;
                    }
                }
                try {
                    leased.renew();
                    said = null;
                } catch (CommandFailedException e) {
                    if (!e.getMessage().equals(said)) {
                        console.complain(e.getMessage());
                    }
                    said = e.getMessage();
                }
            }
        } catch (InterruptedException | UsageException ignored) {
            // no thread interrupts it, and the options are valid
        }
    }

    /** The shutdown hook; does nothing if the main thread has finished. */
    private void interrupted() {
        Process running;
        synchronized (lock) {
            if (over) {
                return;
            }
            ending = true;
            running = child;
        }
        int code = running == null ? NOT_RUN : end(running);
        finish(code);
        if (code != NOT_RUN) {
            Runtime.getRuntime().halt(code);
        }
    }

    private int end(Process running) {
        try {
            if (!isToldByTheTerminal()) {
                running.destroy(); // SIGTERM
            }
            if (!running.waitFor(killAfter.toMillis(), TimeUnit.MILLISECONDS)) {
                console.complain(
                        "COMMAND has not ended within " + Times.span(killAfter) + " after the signal; it is killed");
                running.destroyForcibly();
            }
            return running.waitFor();
        } catch (InterruptedException e) {
            return ExitCode.FAILED;
        }
    }

    private static boolean isToldByTheTerminal() {
        if (!Terminal.isInteractive()) {
            return false;
        }
        // The JVM names the thread that ends it by the signal.
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals(INTERRUPT_THREAD)) {
                return true;
            }
        }
        return false;
    }

    /** @param code the command's exit code, or {@link #NOT_RUN} */
    private void finish(int code) {
        synchronized (lock) {
            if (over) {
                return;
            }
            over = true;
            if (!begun) {
                return;
            }
            try {
                if (keepOnFailure && code != 0 && code != NOT_RUN) {
                    say("COMMAND ended with " + code + "; " + leased.keep());
                } else {
                    say((code == NOT_RUN ? "" : "COMMAND ended with " + code + "; ") + leased.restore());
                }
            } catch (CommandFailedException | UsageException e) {
                stuck = true;
                console.complain("the state that was there before could not be put back: " + e.getMessage()
                        + (leased.end() == null
                                ? "; MAINTENANCE STAYS ON until somebody writes the state"
                                : "; maintenance ends " + Times.shown(leased.end(), Instant.now())));
            }
        }
    }

    private void say(String line) {
        console.complain(line); // standard output is the command's
    }
}
