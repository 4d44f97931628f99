package io.maintenanceagent.inflight;

import java.lang.ref.WeakReference;

/** An object as the key of a map that does not keep it: equal to those of the same object, as long as that is there. */
final class WeakIdentity extends WeakReference<Object> {

    private final int hash;

    WeakIdentity(Object object) {
        super(object);
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
