package toggle;

import io.maintenanceagent.api.StateStore;
import io.maintenanceagent.api.StateStoreFactory;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.util.Collections;
import java.util.Map;

/** The smallest store there can be: maintenance while a file exists. */
public final class ToggleStoreFactory implements StateStoreFactory {

    @Override
    public String scheme() {
        return "toggle";
    }

    @Override
    public StateStore open(URI uri) {
        return new ToggleStore(new File(uri.getPath()));
    }

    private static final class ToggleStore implements StateStore {
        private final File file;

        ToggleStore(File file) {
            this.file = file;
        }

        @Override
        public byte[] read() {
            return new byte[] {(byte) (file.exists() ? '1' : '0')};
        }

        @Override
        public void awaitChange() throws InterruptedException {
            Thread.sleep(50);
        }

        @Override
        public boolean compareAndSet(byte[] expected, byte[] content) throws IOException {
            throw new IOException("is only read");
        }

        @Override
        public boolean wantsReports() {
            return false;
        }

        @Override
        public void report(String instance, byte[] report, long ttlMillis) {}

        @Override
        public void withdraw(String instance) {}

        @Override
        public Map<String, byte[]> instances() {
            return Collections.emptyMap();
        }

        @Override
        public String name() {
            return file.getPath();
        }

        @Override
        public void close() {}
    }
}
