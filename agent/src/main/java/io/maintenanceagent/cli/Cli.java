package io.maintenanceagent.cli;

import io.maintenanceagent.report.ErrorReporter;
import java.io.PrintStream;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line: all commands, and what they have in common when something goes wrong. */
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
            "      closes the doors, and opens them again in half an hour at the latest",
            "  java -jar maintenance-agent.jar status",
            "      tells whether it is closed, by whom and why, and what each JVM does",
            "  java -jar maintenance-agent.jar off --wait",
            "      opens the doors, and waits until every JVM has",
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

    static final int DONE = 0;
    static final int FAILED = 1;
    static final int MISUSED = 2;
    static final int IN_MAINTENANCE = 3;

    @CommandLine.Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    private boolean help;

    @CommandLine.Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version and exit.")
    private boolean version;

    private Cli() {}

    /**
     * Runs a command. Prints, and may start a process and wait for it; for {@code main} alone.
     *
     * @param arguments the command and its options
     * @return the exit code
     */
    public static int run(String[] arguments) {
        Terminal terminal = Terminal.standardOutput();
        CommandLine cli = new CommandLine(new Cli());
        add(
                cli,
                new OnCommand(),
                new OffCommand(),
                new StatusCommand(),
                new RunCommand(),
                new ExplainCommand(),
                new CheckCommand(),
                new ListCommand(),
                new AttachCommand(),
                new DetachCommand());
        cli.getSubcommands().get("run").setStopAtPositional(true); // what follows is COMMAND's
        cli.setExpandAtFiles(false); // a message may begin with an @
        cli.setUsageHelpWidth(80);
        cli.setColorScheme(CommandLine.Help.defaultColorScheme(terminal.hasColours() ? Ansi.ON : Ansi.OFF));
        cli.setParameterExceptionHandler((e, given) -> misused(e));
        cli.setExecutionExceptionHandler((e, command, parsed) -> failed(e, command));
        cli.setExecutionStrategy(Cli::execute);
        return cli.execute(arguments);
    }

    private static void add(CommandLine cli, Object... commands) {
        for (Object command : commands) {
            cli.addSubcommand(command);
        }
    }

    private static int execute(CommandLine.ParseResult parsed) {
        boolean helpOnly = parsed.isUsageHelpRequested() || parsed.isVersionHelpRequested();
        if (!parsed.hasSubcommand() && !helpOnly) {
            parsed.commandSpec().commandLine().usage(System.out);
            return DONE;
        }
        return new CommandLine.RunLast().execute(parsed);
    }

    private static int misused(ParameterException e) {
        String line = e.getMessage();
        if (e instanceof UnmatchedArgumentException) {
            UnmatchedArgumentException unmatched = (UnmatchedArgumentException) e;
            List<String> suggestions = unmatched.getSuggestions();
            line = "\"" + unmatched.getUnmatched().get(0) + "\" is not known here"
                    + (suggestions.isEmpty() ? "" : "; perhaps " + suggestions.get(0) + " is meant");
        }
        return misused(line, e.getCommandLine());
    }

    private static int misused(String line, CommandLine command) {
        complain(line + "; see: " + command.getCommandSpec().qualifiedName() + " --help");
        return MISUSED;
    }

    private static int failed(Exception e, CommandLine command) {
        if (e instanceof UsageException) {
            return misused(e.getMessage(), command);
        }
        complain(e instanceof CommandFailedException ? e.getMessage() : "failed unexpectedly: " + e);
        return FAILED;
    }

    /** Says what is wrong, on standard error, in one line that no quoted text can break. */
    static void complain(String line) {
        tell(System.err, line);
    }

    static void tell(PrintStream out, String line) {
        out.println(ErrorReporter.PREFIX + Terminal.clean(line));
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
