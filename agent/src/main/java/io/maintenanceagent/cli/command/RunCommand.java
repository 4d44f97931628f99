package io.maintenanceagent.cli.command;

import io.maintenanceagent.api.StateStore;
import io.maintenanceagent.cli.state.InstanceProgress;
import io.maintenanceagent.cli.state.InstanceWait;
import io.maintenanceagent.cli.state.StateSwitch;
import io.maintenanceagent.cli.state.WaitDisplay;
import io.maintenanceagent.cli.state.WorkReport;
import io.maintenanceagent.cli.terminal.Console;
import io.maintenanceagent.cli.terminal.RawArguments;
import io.maintenanceagent.cli.terminal.UsageException;
import io.maintenanceagent.report.ErrorReporter;
import io.maintenanceagent.state.State;
import java.nio.charset.Charset;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code run}: maintenance for as long as a command takes. */
@Command(
        name = "run",
        sortOptions = false,
        header = "Run a command within a maintenance, and put back what was there.",
        customSynopsis = "java -jar maintenance-agent.jar run [OPTION]... -- COMMAND [ARGUMENT]...",
        description = {
            "",
            "Maintenance on; wait until every instance is drained; run COMMAND; put back the",
            "state that was there, byte for byte, whether COMMAND succeeds, fails or is",
            "interrupted. A state that somebody else has written meanwhile is left to them.",
            "COMMAND has standard input, output and error for itself but for a few lines",
            "on standard error, gets SIGINT and SIGTERM, and its exit code is handed back.",
            ""
        },
        footer = {
            "",
            "  run -m \"Back at noon\" --for 30m -- ./migrate-database.sh",
            "  run --keep-on-failure --wait=5m -- sh -c 'stop-jobs && upgrade'",
            "",
            "What if run itself is killed? Its state has an end, some minutes away, that run",
            "moves while COMMAND lives, so maintenance ends by itself. With --for or --until",
            "the end is the one that was given, and is moved only if COMMAND takes longer."
        })
public final class RunCommand implements Callable<Integer> {

    private static final String DEFAULT_LEASE = "5m";

    private final Console console;

    @Mixin
    private final StateOptions what;

    @Option(
            names = "--wait",
            paramLabel = "D",
            arity = "0..1",
            defaultValue = WaitOption.DEFAULT,
            fallbackValue = WaitOption.DEFAULT,
            order = 20,
            description = "How long to wait for instances at the most, then give up without running COMMAND (default:"
                    + " ${DEFAULT-VALUE}).")
    private Duration wait;

    @Option(names = "--no-wait", order = 21, description = "Run COMMAND at once, whoever is still busy.")
    private boolean noWait;

    @Option(names = "--keep-on-failure", order = 22, description = "Leave maintenance on if COMMAND fails.")
    private boolean keepOnFailure;

    @Option(
            names = "--if-lost",
            paramLabel = "off|on",
            order = 23,
            description = "What if run is killed: maintenance ends by itself (off), or stays on (default: off; on with"
                    + " --keep-on-failure).")
    private IfLost ifLost;

    /** What happens to maintenance if this process is killed. */
    private enum IfLost {
        off,
        on
    }

    @Option(
            names = "--lease",
            paramLabel = "D",
            defaultValue = DEFAULT_LEASE,
            order = 24,
            description =
                    "How long after that it ends (default: ${DEFAULT-VALUE}). Clients are told to try again by then.")
    private Duration lease;

    @Option(
            names = "--kill-after",
            paramLabel = "D",
            defaultValue = "30s",
            order = 25,
            description = "How long COMMAND may take to end after a signal (default: ${DEFAULT-VALUE}).")
    private Duration killAfter;

    @Mixin
    private final StoreOptions where;

    @Parameters(paramLabel = "COMMAND", arity = "1..*", hidden = true)
    private List<String> command;

    /** @param console what it writes to */
    public RunCommand(Console console) {
        this.console = console;
        this.what = new StateOptions(console);
        this.where = new StoreOptions(console);
    }

    @Override
    public Integer call() throws Exception {
        checkEncodable(command);
        Instant now = Instant.now();
        State wanted = what.state(now);
        if (wanted.from() != null && wanted.from().isAfter(now)) {
            throw new UsageException("--from lies in the future, and run begins now; start run then, or use on --from");
        }
        Duration renewed = lease(wanted);
        try (StateStore opened = where.openToWrite()) {
            StateSwitch store = new StateSwitch(opened);
            if (!noWait) {
                store.checkListsInstances("give --no-wait");
            }
            boolean knew = !noWait && InstanceWait.knowsInstances(store);
            LeasedMaintenance leased = new LeasedMaintenance(store, what, wanted.until(), renewed);
            CommandExecution.Drain drain = state -> {
                complainOfRisk(store);
                if (!noWait) {
                    WaitDisplay view = WaitDisplay.on(console.err(), ErrorReporter.PREFIX);
                    List<InstanceProgress> drained = new InstanceWait(store, state, wait, knew, view).await();
                    String unguarded = WorkReport.unguarded(drained);
                    if (unguarded != null) {
                        console.complain(unguarded);
                    }
                }
            };
            int code = new CommandExecution(console, leased, command, keepOnFailure, killAfter)
                    .run(drain, noWait ? Duration.ZERO : wait, renewed == null ? null : renewed.dividedBy(3));
            complainOfRisk(store);
            return code;
        }
    }

    private void complainOfRisk(StateSwitch store) {
        if (store.lastWriteRisk() != null) {
            console.complain(store.lastWriteRisk());
        }
    }

    /** Checks the locale's encoding: a JVM writes a question mark for a character that it lacks. */
    private static void checkEncodable(List<String> command) throws UsageException {
        Charset charset = RawArguments.ofJvm();
        for (String argument : command) {
            if (!charset.newEncoder().canEncode(argument)) {
                throw new UsageException("COMMAND's argument \"" + argument + "\" cannot be passed on, since Java takes"
                        + " this locale for " + charset + "; set LC_ALL=C.UTF-8");
            }
        }
    }

    /** How long the state lasts without being renewed, or {@code null} for as long as it says. */
    private Duration lease(State wanted) throws UsageException {
        if (ifLost == IfLost.on && wanted.until() != null) {
            throw new UsageException(
                    "--if-lost on and an end (--for, --until) exclude each other; what has an end does not stay on");
        }
        boolean stays = ifLost == null ? keepOnFailure : ifLost == IfLost.on;
        return stays ? null : lease;
    }
}
