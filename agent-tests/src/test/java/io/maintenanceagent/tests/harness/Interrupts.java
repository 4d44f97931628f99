package io.maintenanceagent.tests.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/**
 * What a process needs so that it can be interrupted. A shell has its background jobs ignore SIGINT, all that they
 * start inherits that, and neither a JVM nor a shell can take it back for itself.
 */
public final class Interrupts {

    private static final int SIGINT = 2;
    private static final Pattern IGNORED = Pattern.compile("(?m)^SigIgn:\\s*([0-9a-f]+)$");

    private Interrupts() {}

    /**
     * A command that runs another one with SIGINT as usual, or nothing where it is. The test is skipped if there is
     * none.
     */
    public static List<String> asUsual() {
        if (!areIgnored()) {
            return List.of();
        }
        List<String> env = List.of("env", "--default-signal=INT");
        Assumptions.assumeTrue(works(env), "SIGINT is ignored here, and env(1) cannot change that");
        return env;
    }

    private static boolean areIgnored() {
        try {
            Matcher ignored = IGNORED.matcher(Files.readString(Path.of("/proc/self/status")));
            return ignored.find() && (Long.parseUnsignedLong(ignored.group(1), 16) >> (SIGINT - 1) & 1) == 1;
        } catch (IOException notLinux) {
            return false;
        }
    }

    private static boolean works(List<String> env) {
        try {
            return new ProcessBuilder(env.get(0), env.get(1), "true").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
