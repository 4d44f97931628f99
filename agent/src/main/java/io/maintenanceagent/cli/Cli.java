package io.maintenanceagent.cli;

import io.maintenanceagent.cli.command.AttachCommand;
import io.maintenanceagent.cli.command.CheckCommand;
import io.maintenanceagent.cli.command.CompletionCommand;
import io.maintenanceagent.cli.command.Converters;
import io.maintenanceagent.cli.command.DetachCommand;
import io.maintenanceagent.cli.command.ExplainCommand;
import io.maintenanceagent.cli.command.HelpOption;
import io.maintenanceagent.cli.command.ListCommand;
import io.maintenanceagent.cli.command.OffCommand;
import io.maintenanceagent.cli.command.OnCommand;
import io.maintenanceagent.cli.command.RunCommand;
import io.maintenanceagent.cli.command.StatusCommand;
import io.maintenanceagent.cli.terminal.CommandFailedException;
import io.maintenanceagent.cli.terminal.Console;
import io.maintenanceagent.cli.terminal.ExitCode;
import io.maintenanceagent.cli.terminal.RawArguments;
import io.maintenanceagent.cli.terminal.UsageException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.StringJoiner;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.MutuallyExclusiveArgsException;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line: all commands, and their common error handling. */
@Command(
        name = "maintenance-agent",
        customSynopsis = "java -jar maintenance-agent.jar COMMAND [OPTION]...",
        description = {
            "",
            "Puts Java web applications into maintenance, and takes them back, while they",
            "run. They are started with -javaagent:maintenance-agent.jar and follow one",
            "switch: a file, or a key in Redis. Requests are answered 503 while it is on.",
            ""
        },
        commandListHeading = "%nCommands:%n",
        footerHeading = "%nThe first three, in the directory where the application runs:%n%n",
        footer = {
            "  java -jar maintenance-agent.jar on --for 30m --message \"Back soon\"",
            "      begins maintenance, which ends by itself in half an hour at the latest",
            "  java -jar maintenance-agent.jar status",
            "      tells the state, who wrote it and why, and what each JVM does",
            "  java -jar maintenance-agent.jar off --wait",
            "      ends maintenance, and waits until every JVM serves again",
            "",
            "And the one for scripts, which puts back what was there, whatever happens:",
            "",
            "  java -jar maintenance-agent.jar run -- ./migrate-database.sh",
            "",
            "Which switch: --file F, else --store redis://host:6379/0?key=NAME, else what",
            "MAINTENANCE_STORE or MAINTENANCE_FILE says, else ./maintenance.mode.",
            "",
            "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 in maintenance (status",
            "--exit-code), and COMMAND's own from run. COMMAND --help tells more."
        },
        versionProvider = Cli.Version.class)
public final class Cli {

    @Mixin
    private final HelpOption help = new HelpOption();

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version and exit.")
    private boolean version;

    private final Console console;

    Cli(Console console) {
        this.console = console;
    }

    /**
     * Runs a command. Prints, and may start a process and wait for it; for {@code main} alone.
     *
     * @param arguments the command and its options
     * @return the exit code
     */
    public static int run(String[] arguments) {
        Console console = Console.ofProcess();
        try {
            return run(RawArguments.ofProcess().restore(arguments), console);
        } catch (UsageException e) {
            console.complain(e.getMessage());
            return ExitCode.USAGE_ERROR;
        }
    }

    /**
     * Runs a command.
     *
     * @param arguments the command and its options
     * @param console what it writes to
     * @return the exit code
     */
    static int run(String[] arguments, Console console) {
        int code = new Cli(console).commandLine().execute(arguments);
        IOException failure = console.out().failure();
        if (failure != null && code != ExitCode.USAGE_ERROR) {
            console.complain("standard output cannot be written (" + failure.getMessage() + ")");
            return ExitCode.FAILED;
        }
        return code;
    }

    /** All commands, with their options. */
    CommandLine commandLine() {
        CommandLine cli = new CommandLine(this);
        add(
                cli,
                new OnCommand(console),
                new OffCommand(console),
                new StatusCommand(console),
                new RunCommand(console),
                new ExplainCommand(console),
                new CheckCommand(console),
                new ListCommand(console),
                new AttachCommand(console),
                new DetachCommand(console),
                new CompletionCommand(console));
        Converters.register(cli);
        cli.getSubcommands().get("run").setStopAtPositional(true); // what follows is COMMAND's
        cli.setExpandAtFiles(false); // a message may begin with an @
        cli.setUsageHelpWidth(80);
        cli.setColorScheme(CommandLine.Help.defaultColorScheme(console.out().hasColours() ? Ansi.ON : Ansi.OFF));
        cli.setOut(new PrintWriter(console.out().stream(), true));
        cli.setErr(new PrintWriter(console.err().stream(), true));
        cli.setParameterExceptionHandler((e, given) -> usageError(e));
        cli.setExecutionExceptionHandler((e, command, parsed) -> failed(e, command));
        cli.setExecutionStrategy(Cli::execute);
        return cli;
    }

    private static void add(CommandLine cli, Object... commands) {
        for (Object command : commands) {
            cli.addSubcommand(command);
        }
    }

    private static int execute(CommandLine.ParseResult parsed) {
        boolean helpOnly = parsed.isUsageHelpRequested() || parsed.isVersionHelpRequested();
        if (!parsed.hasSubcommand() && !helpOnly) {
            CommandLine cli = parsed.commandSpec().commandLine();
            cli.usage(cli.getOut());
            return ExitCode.DONE;
        }
        return new CommandLine.RunLast().execute(parsed);
    }

    private int usageError(ParameterException e) {
        String line = e.getMessage();
        if (e instanceof UnmatchedArgumentException) {
            UnmatchedArgumentException unmatched = (UnmatchedArgumentException) e;
            List<String> suggestions = unmatched.getSuggestions();
            line = "\"" + unmatched.getUnmatched().get(0) + "\" is not known here"
                    + (suggestions.isEmpty() ? "" : "; perhaps " + suggestions.get(0) + " is meant");
        } else if (e instanceof MutuallyExclusiveArgsException) {
            line = exclusive(e.getCommandLine().getCommandSpec(), line);
        }
        return usageError(line, e.getCommandLine());
    }

    /** Removes the values, since one may contain a password. */
    private static String exclusive(CommandSpec command, String message) {
        for (ArgGroupSpec group : command.argGroups()) {
            StringJoiner names = new StringJoiner(" and ");
            boolean meant = true;
            for (OptionSpec option : group.options()) {
                names.add(option.longestName());
                meant &= message.contains(option.longestName());
            }
            if (meant) {
                return names + " exclude each other; give one of them";
            }
        }
        return "options exclude each other";
    }

    private int usageError(String line, CommandLine command) {
        console.complain(line + "; see: " + command.getCommandSpec().qualifiedName() + " --help");
        return ExitCode.USAGE_ERROR;
    }

    private int failed(Exception e, CommandLine command) {
        if (e instanceof UsageException) {
            return usageError(e.getMessage(), command);
        }
        console.complain(e instanceof CommandFailedException ? e.getMessage() : "failed unexpectedly: " + e);
        return ExitCode.FAILED;
    }

    /** Reads the version from the jar. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Cli.class.getPackage().getImplementationVersion();
            return new String[] {"Maintenance Agent " + (version == null ? "(unknown version)" : version)};
        }
    }
}
