package io.maintenanceagent.cli.command;

import io.maintenanceagent.attach.AttachException;
import io.maintenanceagent.attach.AttachTarget;
import io.maintenanceagent.attach.Jvm;
import io.maintenanceagent.attach.Jvms;
import io.maintenanceagent.attach.LoadResult;
import io.maintenanceagent.cli.terminal.CommandFailedException;
import io.maintenanceagent.cli.terminal.Console;
import io.maintenanceagent.cli.terminal.ExitCode;
import io.maintenanceagent.cli.terminal.Terminal;
import java.io.File;
import java.util.ArrayList;
import java.util.List;

/** Does something in one JVM, or in all that this user may attach to, and prints each result. Used once. */
final class JvmOperation {

    /** What to do in a JVM. */
    interface Action {

        /** Acts on a JVM, and prints the result by the operation; throws a failure. */
        void run(JvmOperation operation, AttachTarget target, Jvm jvm) throws AttachException, CommandFailedException;
    }

    private final Console console;
    private final Action action;
    private boolean failed;

    JvmOperation(Console console, Action action) {
        this.console = console;
        this.action = action;
    }

    /** Parses a process id; {@code null} if the text is none. */
    static Long pid(String text) {
        return text.matches("[1-9]\\d{0,17}") ? Long.valueOf(text) : null;
    }

    int one(long pid) throws CommandFailedException {
        AttachTarget target;
        Jvm jvm;
        try {
            target = new AttachTarget(pid);
            jvm = target.ask();
        } catch (AttachException e) {
            throw new CommandFailedException(pid + " " + clause(e), e);
        }
        visit(target, jvm);
        return code();
    }

    int all() throws CommandFailedException {
        List<Jvm> jvms = new ArrayList<Jvm>();
        try {
            jvms.addAll(Jvms.all());
        } catch (AttachException e) {
            throw new CommandFailedException(clause(e), e);
        }
        if (jvms.isEmpty()) {
            throw new CommandFailedException("no other JVM is running here");
        }
        int others = 0;
        for (Jvm jvm : jvms) {
            if (jvm.problem() == null) {
                visit(jvm);
            } else if (jvm.user().equals(System.getProperty("user.name"))) {
                complain(jvm, jvm.problem());
            } else {
                others++;
            }
        }
        if (others > 0) {
            console.say((others == 1 ? "1 JVM" : others + " JVMs") + " of other users left alone; list shows why");
        }
        return code();
    }

    private int code() {
        return failed ? ExitCode.FAILED : ExitCode.DONE;
    }

    private void visit(Jvm jvm) {
        try {
            visit(new AttachTarget(jvm.pid()), jvm);
        } catch (AttachException ignored) {
            tell(jvm, "has ended meanwhile", "");
        }
    }

    private void visit(AttachTarget target, Jvm jvm) {
        try {
            action.run(this, target, jvm);
        } catch (AttachException e) {
            complain(jvm, clause(e));
        } catch (CommandFailedException e) {
            complain(jvm, e.getMessage());
        }
    }

    private void complain(Jvm jvm, String why) {
        failed = true;
        console.complain(name(jvm) + why);
    }

    private static String clause(AttachException e) {
        return e.getMessage() + (e.workaround() == null ? "" : "; " + e.workaround());
    }

    /** The beginning of a line about a JVM. */
    private static String name(Jvm jvm) {
        String runs = jvm.runs().endsWith(".jar") ? new File(jvm.runs()).getName() : jvm.runs();
        return jvm.pid() + " (" + Terminal.clean(runs) + ") ";
    }

    /** Loads the agent, after a note about the warning that the JVM prints. */
    LoadResult load(AttachTarget target, Jvm jvm, String argument) throws AttachException {
        if (target.warns(jvm)) {
            tell(
                    jvm,
                    "prints a warning about it, as Java does since 21 unless -XX:+EnableDynamicAgentLoading is set",
                    "");
        }
        return target.load(argument);
    }

    /** Prints a line about a JVM to standard output. */
    void tell(Jvm jvm, String what, String more) {
        console.say(name(jvm) + Terminal.clean(what + (more.isEmpty() ? "" : "; " + more)));
    }
}
