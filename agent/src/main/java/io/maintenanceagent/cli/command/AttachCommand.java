package io.maintenanceagent.cli.command;

import io.maintenanceagent.attach.ActiveAgent;
import io.maintenanceagent.attach.AttachException;
import io.maintenanceagent.attach.AttachTarget;
import io.maintenanceagent.attach.Jvm;
import io.maintenanceagent.attach.LoadResult;
import io.maintenanceagent.cli.terminal.CommandFailedException;
import io.maintenanceagent.cli.terminal.Console;
import io.maintenanceagent.cli.terminal.UsageException;
import io.maintenanceagent.config.Settings;
import io.maintenanceagent.instance.InstanceIdentity;
import io.maintenanceagent.report.ErrorReporter;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code attach}: puts the agent into a running JVM. */
@Command(
        name = "attach",
        sortOptions = false,
        header = "Put the agent into a JVM that is running.",
        customSynopsis = "java -jar maintenance-agent.jar attach [OPTION]... PID|--all [OPTIONS]",
        description = {
            "",
            "OPTIONS are the agent's, as behind -javaagent: key=value,key=value. A relative",
            "path in them begins at the JVM's working directory, not at this one. Requests",
            "that are running finish. A JVM that has the agent keeps it and its settings.",
            ""
        },
        footer = {
            "",
            "  attach 4711 file=/srv/shop/maintenance.mode",
            "",
            "It takes the JVM's own user, or root, and inside its container. Since Java 21",
            "the JVM prints a warning about it, which says nothing of what the agent does."
        })
public final class AttachCommand implements Callable<Integer> {

    @Option(names = "--all", order = 1, description = "Into every JVM here that this user may attach to.")
    private boolean all;

    @Mixin
    private final HelpOption help = new HelpOption();

    private final Console console;

    @Parameters(hidden = true)
    private List<String> arguments = new ArrayList<String>();

    private String options;

    /** @param console what it writes to */
    public AttachCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        int first = all ? 0 : 1;
        if (arguments.size() < first || arguments.size() > first + 1) {
            throw new UsageException("allowed: attach PID [OPTIONS], or attach --all [OPTIONS]");
        }
        Long pid = all ? null : JvmOperation.pid(arguments.get(0));
        if (!all && pid == null) {
            throw new UsageException("\"" + arguments.get(0) + "\" is no process id; list shows them");
        }
        options = arguments.size() > first ? arguments.get(first) : "";
        check(options);
        JvmOperation operation = new JvmOperation(console, this::attach);
        return all ? operation.all() : operation.one(pid);
    }

    /** Checks the options here, so that errors do not go to an application's standard error. */
    private static void check(String options) throws UsageException {
        ErrorReporter errors = new ErrorReporter(new PrintStream(new ByteArrayOutputStream()));
        Settings.read(options, name -> null, Collections.emptyMap(), errors);
        if (errors.count() > 0) {
            throw new UsageException(
                    errors.last().replace(" and is ignored", "").replace(" is ignored", ""));
        }
    }

    private void attach(JvmOperation operation, AttachTarget target, Jvm jvm)
            throws AttachException, CommandFailedException {
        LoadResult answer = operation.load(target, jvm, options);
        switch (answer.outcome()) {
            case ATTACHED:
                operation.tell(jvm, "has the agent now" + how(answer.agent()), "it " + answer.text());
                break;
            case ACTIVE:
                operation.tell(jvm, "has the agent already" + how(answer.agent()), "it " + answer.text());
                break;
            case OPTIONS_NOT_TAKEN:
                throw new CommandFailedException("has the agent already, which " + answer.text()
                        + "; to change that: detach " + jvm.pid() + ", then attach " + jvm.pid() + " OPTIONS");
            default:
                throw new CommandFailedException("does not take the agent: " + answer.text());
        }
        tellVersion(operation, jvm, answer.agent());
    }

    private static String how(ActiveAgent agent) {
        if (agent == null) {
            return "";
        }
        String woven = agent.woven() == 0
                ? "no servlet or filter is loaded yet"
                : agent.woven() == 1 ? "1 class is woven" : agent.woven() + " classes are woven";
        return ": version " + agent.version() + ", " + woven + ", maintenance is " + agent.state();
    }

    private static void tellVersion(JvmOperation operation, Jvm jvm, ActiveAgent agent) {
        if (agent != null && !agent.version().equals(InstanceIdentity.agentVersion())) {
            String own = InstanceIdentity.agentVersion();
            operation.tell(jvm, "keeps version " + agent.version() + " until it is started again", "this is " + own);
        }
    }
}
