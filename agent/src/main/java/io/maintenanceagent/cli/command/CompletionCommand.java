package io.maintenanceagent.cli.command;

import io.maintenanceagent.cli.terminal.Console;
import io.maintenanceagent.cli.terminal.ExitCode;
import java.io.File;
import java.net.URISyntaxException;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code completion}: prints a script by which a shell completes commands and options. */
@Command(
        name = "completion",
        sortOptions = false,
        header = "Print a script by which bash and zsh complete commands and options.",
        customSynopsis = "java -jar maintenance-agent.jar completion [OPTION]...",
        description = {
            "",
            "The script also defines the command maintenance-agent, unless there is one, so",
            "that nobody has to type java -jar any more. In ~/.bashrc or ~/.zshrc:",
            "",
            "  eval \"$(java -jar /opt/maintenance-agent.jar completion)\"",
            ""
        })
public final class CompletionCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private final HelpOption help = new HelpOption();

    private final Console console;

    /** @param console what it writes to */
    public CompletionCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        CommandSpec root = spec.root();
        String command = root.name();
        console.say("command -v " + command + " >/dev/null 2>&1 || " + command + "() { java -jar " + quoted(jar())
                + " \"$@\"; }");
        console.say(AutoComplete.bash(command, root.commandLine()));
        return ExitCode.DONE;
    }

    /** Returns this jar's path, absolute, since the shell's working directory changes. */
    private static String jar() {
        try {
            return new File(CompletionCommand.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .getPath();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e); // the URI was made from a file
        }
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
