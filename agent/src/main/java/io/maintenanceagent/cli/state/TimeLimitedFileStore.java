package io.maintenanceagent.cli.state;

import io.maintenanceagent.api.InstanceRegistry;
import io.maintenanceagent.api.StateStore;
import io.maintenanceagent.cli.terminal.Console;
import io.maintenanceagent.store.file.FileStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A state file with time limits: what hangs (a network share, a named pipe that replaces the file) times out, and files
 * among the instance reports that are none are reported once. Safe for any thread.
 */
public final class TimeLimitedFileStore implements StateStore {

    private static final long LIMIT_SECONDS = 15;

    private final FileStore store;
    private final Console console;
    private final InstanceRegistry instances = new Instances();
    private final Set<String> told = new HashSet<String>();

    /**
     * @param store the file
     * @param console where warnings are printed
     */
    public TimeLimitedFileStore(FileStore store, Console console) {
        this.store = store;
        this.console = console;
    }

    /**
     * @param change the operation on the file
     * @throws IOException the operation's, or that it has timed out
     */
    private static <T> T inTime(Callable<T> change) throws IOException {
        FutureTask<T> task = new FutureTask<T>(change);
        Thread thread = new Thread(task, "maintenance-agent-file");
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IOException("does not answer within " + LIMIT_SECONDS + " s; is it on a share that hangs?", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException) {
                throw (IOException) e.getCause();
            }
            throw new IOException("could not be used (" + e.getCause() + ")", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("was not used: interrupted", e);
        }
    }

    /** See {@link FileStore#checkWritable}. */
    public void checkWritable() throws IOException {
        inTime(() -> {
            store.checkWritable();
            return null;
        });
    }

    /** Returns warnings, a line each. */
    public List<String> warnings() {
        List<String> warnings = new ArrayList<String>();
        try {
            for (String link : inTime(store::linkedDirectories)) {
                warnings.add(store.name() + ": " + link
                        + " is a link; when it is made to lead elsewhere, as by a deployment,"
                        + " maintenance ends with it; a state file belongs in a directory that stays");
            }
        } catch (IOException ignored) {
            // when it is read
        }
        return warnings;
    }

    @Override
    public byte[] read() throws IOException {
        return inTime(store::read);
    }

    @Override
    public void awaitChange() throws InterruptedException {
        store.awaitChange();
    }

    @Override
    public boolean compareAndSet(byte[] expected, byte[] content) throws IOException {
        return inTime(() -> store.compareAndSet(expected, content));
    }

    @Override
    public InstanceRegistry instances() {
        return instances;
    }

    @Override
    public String name() {
        return store.name();
    }

    @Override
    public void close() {
        store.close();
    }

    private final class Instances implements InstanceRegistry {
        @Override
        public void report(String instance, byte[] report, long ttlMillis) throws IOException {
            inTime(() -> {
                store.instances().report(instance, report, ttlMillis);
                return null;
            });
        }

        @Override
        public void withdraw(String instance) throws IOException {
            inTime(() -> {
                store.instances().withdraw(instance);
                return null;
            });
        }

        @Override
        public Map<String, byte[]> reports() throws IOException {
            Map<String, byte[]> reports = inTime(() -> store.instances().reports());
            for (String line : store.instances().ignoredReports()) {
                if (told.add(line)) {
                    console.complain(line);
                }
            }
            return reports;
        }
    }
}
