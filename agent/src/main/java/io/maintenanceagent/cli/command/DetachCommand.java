package io.maintenanceagent.cli.command;

import io.maintenanceagent.attach.AttachException;
import io.maintenanceagent.attach.AttachTarget;
import io.maintenanceagent.attach.Jvm;
import io.maintenanceagent.attach.LoadResult;
import io.maintenanceagent.cli.terminal.CommandFailedException;
import io.maintenanceagent.cli.terminal.Console;
import io.maintenanceagent.cli.terminal.UsageException;
import io.maintenanceagent.instance.AgentProperties;
import io.maintenanceagent.instance.AgentProperties.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code detach}: takes the agent out of a running JVM. */
@Command(
        name = "detach",
        sortOptions = false,
        header = "Take the agent out of a JVM that is running.",
        customSynopsis = "java -jar maintenance-agent.jar detach [OPTION]... PID|--all",
        description = {
            "",
            "Requests are served again, whatever the state says, and classes are as they",
            "were. However it came, with the JVM or later, attach brings the agent back.",
            ""
        })
public final class DetachCommand implements Callable<Integer> {

    @Option(names = "--all", order = 1, description = "Out of every JVM here that this user may attach to.")
    private boolean all;

    @Mixin
    private final HelpOption help = new HelpOption();

    private final Console console;

    @Parameters(hidden = true)
    private List<String> arguments = new ArrayList<String>();

    /** @param console what it writes to */
    public DetachCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        if (arguments.size() != (all ? 0 : 1)) {
            throw new UsageException("allowed: detach PID, or detach --all");
        }
        Long pid = all ? null : JvmOperation.pid(arguments.get(0));
        if (!all && pid == null) {
            throw new UsageException("\"" + arguments.get(0) + "\" is no process id; list shows them");
        }
        JvmOperation operation = new JvmOperation(console, this::detach);
        return all ? operation.all() : operation.one(pid);
    }

    private void detach(JvmOperation operation, AttachTarget target, Jvm jvm)
            throws AttachException, CommandFailedException {
        if (jvm.agent() == null) {
            // Asking the JVM would load the agent.
            if (!all) {
                throw new CommandFailedException("has no agent");
            }
            return;
        }
        LoadResult answer = operation.load(target, jvm, AgentProperties.DETACH);
        if (answer.outcome() != Outcome.DETACHED) {
            throw new CommandFailedException("keeps the agent: " + answer.text());
        }
        operation.tell(jvm, "has no agent any more", answer.text());
    }
}
