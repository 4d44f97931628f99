package io.maintenanceagent.tests.harness;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Kills what a test class has started and not ended, as a test that fails may: after each class, and when the test run
 * itself is ended. JUnit finds it by itself.
 *
 * <p>A process whose parent has gone is no descendant any more. The build gives the tests an environment variable that
 * their processes inherit, and by which they are found.
 */
public final class LeftoverProcesses implements BeforeAllCallback, AfterAllCallback {

    /** The environment variable; its value is this build's directory. */
    public static final String VARIABLE = "TESTS_STARTED_BY";

    private static final String MARK = System.getenv(VARIABLE);
    private static final Path PROC = Path.of("/proc");

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(LeftoverProcesses::kill));
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        // What an earlier run left, if that was killed.
        end(context);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        end(context);
    }

    private static void end(ExtensionContext context) {
        Class<?> tests = context.getRequiredTestClass();
        if (tests.getEnclosingClass() == null) {
            for (String left : kill()) {
                System.err.println(tests.getSimpleName() + ": killed what was left running: " + left);
            }
        }
    }

    static List<String> kill() {
        Set<ProcessHandle> left = new LinkedHashSet<>(ProcessHandle.current()
                .descendants()
                .filter(ProcessHandle::isAlive)
                .toList());
        left.addAll(marked());
        left.removeAll(ancestors());
        left.forEach(ProcessHandle::destroyForcibly);
        for (ProcessHandle process : left) {
            try {
                process.onExit().get(5, TimeUnit.SECONDS);
            } catch (Exception ignored) {
                // Nothing more can be done to it.
            }
        }
        return left.stream()
                .map(process ->
                        process.pid() + " " + process.info().commandLine().orElse(""))
                .toList();
    }

    /** This process, and what waits for it: the build's shell has the variable, too. */
    private static Set<ProcessHandle> ancestors() {
        Set<ProcessHandle> ancestors = new LinkedHashSet<>();
        for (ProcessHandle next = ProcessHandle.current();
                next != null;
                next = next.parent().orElse(null)) {
            ancestors.add(next);
        }
        return ancestors;
    }

    private static List<ProcessHandle> marked() {
        if (MARK == null || !Files.isDirectory(PROC)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(PROC)) {
            return files.filter(file -> file.getFileName().toString().matches("\\d+"))
                    .filter(LeftoverProcesses::isMarked)
                    .flatMap(file ->
                            ProcessHandle.of(Long.parseLong(file.getFileName().toString())).stream())
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static boolean isMarked(Path process) {
        try {
            String environment =
                    new String(Files.readAllBytes(process.resolve("environ")), StandardCharsets.ISO_8859_1);
            return ("\0" + environment + "\0").contains("\0" + VARIABLE + "=" + MARK + "\0");
        } catch (IOException ignored) {
            return false; // it has ended, or is another user's
        }
    }
}
