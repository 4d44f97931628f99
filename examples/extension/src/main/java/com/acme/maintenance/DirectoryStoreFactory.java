package com.acme.maintenance;

import io.maintenanceagent.api.StateStore;
import io.maintenanceagent.api.StateStoreFactory;
import java.io.File;
import java.net.URI;

/**
 * Opens {@code store=directory:/srv/shop/closed}: there is maintenance while anybody has a file in that directory. So
 * several jobs can close an application, each for as long as it needs:
 *
 * <pre>
 * touch /srv/shop/closed/backup; …; rm /srv/shop/closed/backup
 * </pre>
 */
public final class DirectoryStoreFactory implements StateStoreFactory {

    @Override
    public String scheme() {
        return "directory";
    }

    @Override
    public StateStore open(URI uri) {
        if (uri.getPath() == null || !new File(uri.getPath()).isAbsolute()) {
            throw new IllegalArgumentException("directory:/PATH");
        }
        return new DirectoryStore(new File(uri.getPath()));
    }
}
