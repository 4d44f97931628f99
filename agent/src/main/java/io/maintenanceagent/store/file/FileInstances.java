package io.maintenanceagent.store.file;

import io.maintenanceagent.api.InstanceRegistry;
import java.io.File;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** The instances that follow a state file; their reports lie beside it. Safe for any thread. */
public final class FileInstances implements InstanceRegistry {

    private static final int TRIES = 5;

    private final File file;
    private volatile List<String> ignoredReports = Collections.emptyList();

    /** @param file the state file, absolute */
    FileInstances(File file) {
        this.file = file;
    }

    /**
     * {@inheritDoc}
     *
     * <p>{@code false} while there is neither a state file nor a directory of instances: an application without
     * maintenance gets no files in its directory. And {@code false} where this user may not write, as in a mounted
     * ConfigMap.
     */
    @Override
    public boolean wantsReports() {
        InstanceDirectory directory;
        try {
            directory = directory();
        } catch (IOException ignored) {
            return file.isFile(); // the attempt says what is wrong
        }
        File instances = directory.path().toFile();
        return instances.isDirectory()
                ? instances.canWrite()
                : file.isFile() && instances.getParentFile().canWrite();
    }

    @Override
    public void report(String instance, byte[] report, long ttlMillis) throws IOException {
        InstanceDirectory directory = directory();
        for (int tries = 1; ; tries++) {
            try {
                directory.report(instance, report, ttlMillis);
                return;
            } catch (IOException e) {
                // A link may have been switched meanwhile, and what it led to removed (a mounted ConfigMap that
                // changes); on a busy machine more than once.
                InstanceDirectory now = directory();
                if (tries == TRIES || now.path().equals(directory.path())) {
                    throw e;
                }
                directory = now;
            }
        }
    }

    @Override
    public void withdraw(String instance) throws IOException {
        directory().withdraw(instance);
    }

    @Override
    public Map<String, byte[]> reports() throws IOException {
        List<String> notReports = new ArrayList<String>();
        try {
            return directory().list(notReports);
        } catch (NoSuchFileException ignored) {
            // there is no directory
            return Collections.emptyMap();
        } finally {
            ignoredReports = notReports;
        }
    }

    /**
     * Returns what {@link #reports} last found that is no readable report.
     *
     * @return a sentence for each
     */
    public List<String> ignoredReports() {
        return ignoredReports;
    }

    /** Anew each time: a link on the way may lead elsewhere by now. */
    private InstanceDirectory directory() throws IOException {
        return new InstanceDirectory(file);
    }
}
