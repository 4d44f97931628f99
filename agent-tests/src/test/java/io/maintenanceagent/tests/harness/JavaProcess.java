package io.maintenanceagent.tests.harness;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A forked JVM whose output is collected in the background. Closing it ends it, politely first. Thread-safe.
 *
 * @see JavaCommand#start()
 */
public final class JavaProcess implements AutoCloseable {

    private static final int GRACE_SECONDS = 5;

    private final Process process;
    private final Output stdout;
    private final Output stderr;

    JavaProcess(Process process, Path logs) {
        this.process = process;
        this.stdout = new Output(process.getInputStream(), logs.resolve("stdout.log"));
        this.stderr = new Output(process.getErrorStream(), logs.resolve("stderr.log"));
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public Output stdout() {
        return stdout;
    }

    public Output stderr() {
        return stderr;
    }

    /** Writes to its standard input. */
    public void type(String text) throws IOException {
        process.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    /** Ends its standard input. */
    public void endInput() throws IOException {
        process.getOutputStream().close();
    }

    /**
     * Waits for a line on standard output that contains the pattern.
     *
     * @throws AssertionError with all output, if none comes in time or the process ends without
     */
    public Matcher awaitStdout(String pattern, Duration limit) {
        return await(stdout, pattern, limit);
    }

    /** The same on standard error. */
    public Matcher awaitStderr(String pattern, Duration limit) {
        return await(stderr, pattern, limit);
    }

    /**
     * Waits for the process to end by itself, and for all of its output.
     *
     * @return the exit code
     * @throws AssertionError with all output, if it does not end in time
     */
    public int awaitExit(Duration limit) {
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("Still running after " + limit + this);
            }
            stdout.awaitEnd();
            stderr.awaitEnd();
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Asks the process to end, kills it if it does not within seconds, and waits for its output. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor(GRACE_SECONDS, TimeUnit.SECONDS);
            }
            process.getOutputStream().close();
            stdout.awaitEnd();
            stderr.awaitEnd();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            // Nobody reads its input any more.
        }
    }

    /** All output so far, for messages. */
    @Override
    public String toString() {
        return "\n--- stdout\n" + stdout + "\n--- stderr\n" + stderr + "\n---";
    }

    private Matcher await(Output output, String regex, Duration limit) {
        Matcher[] found = new Matcher[1];
        Pattern pattern = Pattern.compile(regex);
        boolean seen = Await.within(limit, () -> {
            // Before looking, so that what a process wrote just before its end is not missed.
            boolean ended = !process.isAlive();
            if (ended) {
                awaitExit(limit);
            }
            found[0] = output.lines().stream()
                    .map(pattern::matcher)
                    .filter(Matcher::find)
                    .findFirst()
                    .orElse(null);
            return found[0] != null || ended;
        });
        if (!seen || found[0] == null) {
            throw new AssertionError("No \"" + regex + "\" within " + limit + this);
        }
        return found[0];
    }
}
