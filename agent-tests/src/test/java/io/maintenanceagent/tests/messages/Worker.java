package io.maintenanceagent.tests.messages;

import io.maintenanceagent.tests.harness.Await;
import io.maintenanceagent.tests.harness.JavaCommand;
import io.maintenanceagent.tests.harness.JavaProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A program of {@code src/messages}, which does what it is told line by line. Close it. For one thread. */
final class Worker implements AutoCloseable {

    static final Duration LIMIT = Duration.ofSeconds(60);

    private static final String DONE = "DONE ";

    private final JavaProcess process;
    private int told;

    private Worker(JavaProcess process) {
        this.process = process;
    }

    /** Starts one. */
    static Worker start(JavaCommand command) {
        return new Worker(command.start());
    }

    /** Waits for a line. */
    Worker await(String pattern) {
        process.awaitStdout(pattern, LIMIT);
        return this;
    }

    /** The number behind {@code READY port=}, once it is there. */
    int port() {
        return Integer.parseInt(
                process.awaitStdout("^READY port=(\\d+)$", LIMIT).group(1));
    }

    /** Tells it something, waits until it is done, and returns what it answers. */
    String tell(String command) {
        try {
            process.type(command + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("it has ended: " + process, e);
        }
        told++;
        Await.until(
                LIMIT, () -> "not done: " + command + process, () -> lines(DONE).size() >= told);
        return lines(DONE).get(told - 1);
    }

    /** What follows a word on each of its lines that begins with it. */
    List<String> lines(String word) {
        return process.stdout().lines(line -> line.startsWith(word)).stream()
                .map(line -> line.substring(word.length()))
                .toList();
    }

    /** The messages that it has handled, in order. */
    List<String> handled() {
        return lines("HANDLED ");
    }

    /** The messages that it has handled that contain a text. */
    List<String> handled(String text) {
        List<String> some = new ArrayList<>(handled());
        some.removeIf(message -> !message.contains(text));
        return some;
    }

    /** Waits until it has handled so many messages. */
    void awaitHandled(int count) {
        Await.until(
                LIMIT,
                () -> handled() + " of " + count + process,
                () -> handled().size() >= count);
    }

    /** What the agent has said. */
    List<String> agentLines() {
        return process.stderr().lines(line -> line.startsWith("maintenance-agent"));
    }

    /** Waits for its end. */
    int awaitExit() {
        return process.awaitExit(LIMIT);
    }

    @Override
    public String toString() {
        return process.toString();
    }

    @Override
    public void close() {
        process.close();
    }
}
