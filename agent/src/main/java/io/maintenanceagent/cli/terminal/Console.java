package io.maintenanceagent.cli.terminal;

import io.maintenanceagent.report.ErrorReporter;
import java.io.FileDescriptor;
import java.util.Map;

/** The output streams and the environment variables of a command. Safe for any thread. */
public final class Console {

    private final Terminal out;
    private final Terminal err;
    private final Map<String, String> environment;

    /**
     * @param out standard output
     * @param err standard error
     * @param environment the environment variables
     */
    public Console(Terminal out, Terminal err, Map<String, String> environment) {
        this.out = out;
        this.err = err;
        this.environment = environment;
    }

    /** This process's own. */
    public static Console ofProcess() {
        Map<String, String> environment = System.getenv();
        return new Console(
                Terminal.of(FileDescriptor.out, 1, environment),
                Terminal.of(FileDescriptor.err, 2, environment),
                environment);
    }

    public Terminal out() {
        return out;
    }

    public Terminal err() {
        return err;
    }

    public Map<String, String> environment() {
        return environment;
    }

    /** Writes a line to standard output, unchanged. */
    public void say(String line) {
        out.println(line);
    }

    /** Writes an error to standard error, in one line that no quoted text can break. */
    public void complain(String line) {
        err.println(ErrorReporter.PREFIX + Terminal.clean(line));
    }

    /** Returns a reporter of errors to standard error; the caller flushes it. */
    public ErrorReporter errors() {
        return new ErrorReporter(err.stream());
    }
}
