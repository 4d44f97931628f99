package io.maintenanceagent.cli.command;

import io.maintenanceagent.attach.AttachException;
import io.maintenanceagent.attach.AttachTarget;
import io.maintenanceagent.attach.Jvm;
import io.maintenanceagent.attach.LoadResult;
import io.maintenanceagent.cli.state.StateChange;
import io.maintenanceagent.cli.terminal.CommandFailedException;
import io.maintenanceagent.cli.terminal.Console;
import io.maintenanceagent.cli.terminal.UsageException;
import io.maintenanceagent.instance.AgentProperties;
import io.maintenanceagent.instance.AgentProperties.Outcome;
import io.maintenanceagent.state.State;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code off}: writes the state off. */
@Command(
        name = "off",
        sortOptions = false,
        header = "Take the applications back.",
        customSynopsis = "java -jar maintenance-agent.jar off [OPTION]...",
        description = {
            "",
            "Writes an explicit off, which takes precedence over the environment variable.",
            "A JVM whose own setting enable says otherwise, and rules that force",
            "maintenance on, stay; so does one in which a temporary override is active:",
            "--override ends that.",
            ""
        })
public final class OffCommand implements Callable<Integer> {

    private final Console console;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--override",
            paramLabel = "PID",
            order = 15,
            description = "End the temporary override (API, JMX) in a JVM on this machine instead; write no state.")
    private Long override;

    @Option(
            names = "--ramp",
            paramLabel = "D",
            order = 1,
            description = "Let everybody in evenly within it, like 2m, and be off then, instead of at once.")
    private Duration ramp;

    @Mixin
    private final AuthorOptions author;

    @Mixin
    private final WaitOption wait = new WaitOption();

    @Mixin
    private final ForceOption force = new ForceOption();

    @Mixin
    private final JsonOption json = new JsonOption();

    @Mixin
    private final StoreOptions where;

    /** @param console what it writes to */
    public OffCommand(Console console) {
        this.console = console;
        this.author = new AuthorOptions(console);
        this.where = new StoreOptions(console);
    }

    @Override
    public Integer call() throws Exception {
        if (override != null) {
            return endOverride(override);
        }
        State off = new State.Builder(false).by(author.by(), author.reason()).build();
        StateChange change = ramp == null ? StateChange.to(off) : StateChange.ramp(off, ramp, Instant.now());
        return new ChangeCommand(console, where, change, wait.limit(), force.isGiven(), json.isWanted()).make();
    }

    private int endOverride(long pid) throws UsageException, CommandFailedException {
        if (pid <= 0) {
            throw new UsageException("--override is \"" + pid + "\", which is no process id; list shows them");
        }
        if (spec.commandLine().getParseResult().matchedOptions().size() > 1) {
            throw new UsageException("--override writes no state, and excludes the other options");
        }
        return new JvmOperation(console, OffCommand::endOverride).one(pid);
    }

    private static void endOverride(JvmOperation operation, AttachTarget target, Jvm jvm)
            throws AttachException, CommandFailedException {
        if (jvm.agent() == null) {
            // Asking the JVM would load the agent.
            throw new CommandFailedException("has no agent");
        }
        LoadResult result = operation.load(target, jvm, AgentProperties.END_OVERRIDE);
        if (result.outcome() == Outcome.ACTIVE) {
            throw new CommandFailedException("has agent " + jvm.agent().version()
                    + ", which is too old to be told; end it where it was begun, or with off by JMX");
        }
        if (result.outcome() != Outcome.OVERRIDE_ENDED) {
            throw new CommandFailedException("keeps its temporary override: " + result.text());
        }
        operation.tell(jvm, result.text(), "");
    }
}
