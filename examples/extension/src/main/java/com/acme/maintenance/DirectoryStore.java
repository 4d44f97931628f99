package com.acme.maintenance;

import io.maintenanceagent.api.StateStore;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A state that says on while a directory has a file, and who put it there. Only read, and without reports. */
final class DirectoryStore implements StateStore {

    private static final long POLL_MILLIS = 100;

    private final File directory;

    DirectoryStore(File directory) {
        this.directory = directory;
    }

    @Override
    public byte[] read() throws IOException {
        String[] names = directory.list();
        if (names == null) {
            throw new IOException("cannot be listed"); // the last known state stays
        }
        Arrays.sort(names);
        String by = String.join(", ", names).replaceAll("[^A-Za-z0-9 ,._-]", "?");
        String state = names.length == 0 ? "off" : "{\"enabled\": true, \"by\": \"" + by + "\"}";
        return state.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void awaitChange() throws InterruptedException {
        Thread.sleep(POLL_MILLIS);
    }

    @Override
    public String name() {
        return "directory:" + directory;
    }

    @Override
    public void close() {
        // nothing is open
    }
}
