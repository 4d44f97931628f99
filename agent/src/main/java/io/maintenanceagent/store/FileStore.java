package io.maintenanceagent.store;

import io.maintenanceagent.api.StateStore;
import java.io.File;
import java.io.IOException;
import java.util.Map;

/**
 * A state in a file, and beside it, in a directory of the same name with {@code .instances} behind, the JVMs that follow
 * it.
 */
public final class FileStore implements StateStore {

    private static final long POLL_MILLIS = 50;

    private final File file;
    private final StateFile reader;
    private final File instances;

    /** @param file the file; need not exist, nor its directory */
    public FileStore(File file) {
        this.file = file.getAbsoluteFile();
        this.reader = new StateFile(this.file);
        this.instances = new File(this.file.getPath() + ".instances");
    }

    @Override
    public byte[] read() throws IOException {
        return reader.read();
    }

    @Override
    public long pollMillis() {
        return POLL_MILLIS;
    }

    /**
     * {@inheritDoc}
     *
     * <p>Safe against other writers that come this way, in this process or another. Somebody who edits the file by hand
     * takes no lock; what is written here replaces the file as a whole, so nothing is half overwritten.
     */
    @Override
    public boolean compareAndSet(byte[] expected, byte[] content) throws IOException {
        return new StateFileWriter(file).compareAndSet(expected, content);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Nobody does while there is neither a state file nor a directory of instances: an application that never heard of
     * maintenance gets no files in its directory.
     */
    @Override
    public boolean wantsReports() {
        return instances.isDirectory() || file.isFile();
    }

    @Override
    public void report(String instance, byte[] report, long ttlMillis) throws IOException {
        new InstanceDirectory(instances).report(instance, report, ttlMillis);
    }

    @Override
    public Map<String, byte[]> instances() throws IOException {
        return new InstanceDirectory(instances).list();
    }

    /** @return the file's absolute path */
    @Override
    public String name() {
        return file.getPath();
    }

    @Override
    public void close() {}
}
