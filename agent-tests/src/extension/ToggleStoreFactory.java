package toggle;

import io.maintenanceagent.api.StateStore;
import io.maintenanceagent.api.StateStoreFactory;
import java.io.File;
import java.net.URI;
import java.util.concurrent.locks.LockSupport;

/** The smallest store there can be: maintenance while a file exists. It hangs while there is another one beside it. */
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
            while (new File(file + ".hang").exists()) {
                LockSupport.parkNanos(10_000_000);
            }
            return new byte[] {(byte) (file.exists() ? '1' : '0')};
        }

        @Override
        public void awaitChange() throws InterruptedException {
            Thread.sleep(50);
        }

        @Override
        public String name() {
            return file.getPath();
        }

        @Override
        public void close() {}
    }
}
