package io.maintenanceagent.server;

import io.maintenanceagent.entrypoint.EntryPoint;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** The adapters of the table of entry points, each loaded when its server is met. Safe for any thread. */
public final class ServerAdapters {

    private static final AtomicReferenceArray<ServerAdapter> LOADED =
            new AtomicReferenceArray<ServerAdapter>(EntryPoint.values().length);

    private ServerAdapters() {}

    /**
     * @param entryPoint a server's own
     * @return what reads requests there
     * @throws IllegalStateException if it cannot be loaded
     */
    public static ServerAdapter of(EntryPoint entryPoint) {
        ServerAdapter adapter = LOADED.get(entryPoint.ordinal());
        if (adapter == null) {
            adapter = load(entryPoint.adapter());
            LOADED.set(entryPoint.ordinal(), adapter);
        }
        return adapter;
    }

    private static ServerAdapter load(String name) {
        try {
            return (ServerAdapter) Class.forName(name).getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
