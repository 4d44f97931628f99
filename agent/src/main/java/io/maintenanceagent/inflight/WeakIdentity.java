package io.maintenanceagent.inflight;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;

/** A weak reference as a map's key, equal to others of the same object, by identity. */
final class WeakIdentity extends WeakReference<Object> {

    private final int hash;

    WeakIdentity(Object object) {
        this(object, null);
    }

    /** @param collected gets it once the object is collected; {@code null} for none */
    WeakIdentity(Object object, ReferenceQueue<Object> collected) {
        super(object, collected);
        hash = System.identityHashCode(object);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public boolean equals(Object other) {
        if (this == other) {
            return true;
        }
        Object mine = get();
        return mine != null && other instanceof WeakIdentity && ((WeakIdentity) other).get() == mine;
    }
}
