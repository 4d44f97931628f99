package io.maintenanceagent.cli.terminal;

/** What commands exit with, but for {@code run}, whose command says. */
public final class ExitCode {

    public static final int DONE = 0;
    public static final int FAILED = 1;
    public static final int USAGE_ERROR = 2;
    public static final int IN_MAINTENANCE = 3;

    private ExitCode() {}
}
