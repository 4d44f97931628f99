package io.maintenanceagent.tests.servers;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A process and all that it has started: a server's script often stays, with the JVM as its child. */
final class ProcessTree {

    private static final Duration GRACE = Duration.ofSeconds(15);

    private final ProcessHandle root;
    private final Set<ProcessHandle> seen = Collections.synchronizedSet(new LinkedHashSet<>());
    private final Thread atExit = new Thread(() -> look().forEach(ProcessHandle::destroyForcibly));

    ProcessTree(Process process) {
        this.root = process.toHandle();
        // For a test run that is interrupted.
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    boolean isAlive() {
        return root.isAlive();
    }

    /** The process id of the server's JVM: what a script, or a JVM that is there for that, has started last. */
    long jvm() {
        return look().stream()
                .filter(process -> process.info().command().orElse("").endsWith("/java"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("There is no JVM any more"))
                .pid();
    }

    /** Kills all of them, and returns when none is left. */
    void kill() {
        List<ProcessHandle> all = look();
        all.forEach(ProcessHandle::destroyForcibly);
        ended(all);
    }

    /** Asks all of them to end, youngest first, kills what does not, and returns when none is left. */
    void end() {
        List<ProcessHandle> all = look();
        all.forEach(ProcessHandle::destroy);
        if (!ended(all)) {
            all = look();
            all.forEach(ProcessHandle::destroyForcibly);
            ended(all);
        }
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The JVM is ending already.
        }
    }

    /** Remembers what was seen: whoever loses its parent is no descendant of ours any more. */
    private List<ProcessHandle> look() {
        seen.add(root);
        root.descendants().forEach(seen::add);
        synchronized (seen) {
            List<ProcessHandle> all = new ArrayList<>(seen);
            Collections.reverse(all);
            return all;
        }
    }

    private static boolean ended(List<ProcessHandle> all) {
        CompletableFuture<?>[] exits = all.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(exits).get(GRACE.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }
}
