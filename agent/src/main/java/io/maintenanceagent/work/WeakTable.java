package io.maintenanceagent.work;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;

/**
 * What is known of objects of others, by identity, until they are collected. Reading takes no lock and makes no object:
 * it is done at each statement, in a few nanoseconds. Writing locks a part of the table.
 *
 * <p>Each part is an array with linear probing, never more than half full. An entry that is over stays in its place
 * until a part is written anew, so that a reader finds what is behind it. Safe for any thread: who finds an object has
 * got it from the thread that added it, or by way of it, so that the entry's place can be read as any memory is.
 *
 * @param <E> what is known of one object
 */
public final class WeakTable<E extends WeakTable.Entry> {

    private static final int PART_BITS = 4;
    private static final int PARTS = 1 << PART_BITS;
    private static final int FIRST_SIZE = 64;

    /** What is known of one object; it must not refer to it, but for this. */
    public abstract static class Entry extends WeakReference<Object> {
        private final int hash;

        /** @param object what it is about */
        protected Entry(Object object) {
            super(object);
            hash = System.identityHashCode(object);
        }
    }

    private final Part[] parts = new Part[PARTS];

    /** Makes an empty one. */
    public WeakTable() {
        for (int i = 0; i < PARTS; i++) {
            parts[i] = new Part();
        }
    }

    /** Returns what is known of an object, or {@code null}. */
    @SuppressWarnings("unchecked")
    public E get(Object object) {
        int hash = System.identityHashCode(object);
        return (E) parts[hash & PARTS - 1].get(object, hash);
    }

    /**
     * Adds an entry unless there is one for the same object.
     *
     * @param object the object
     * @param entry an entry for it
     * @return the entry that is there now
     */
    @SuppressWarnings("unchecked")
    public E putIfAbsent(Object object, E entry) {
        int hash = System.identityHashCode(object);
        return (E) parts[hash & PARTS - 1].putIfAbsent(object, hash, entry);
    }

    /** Removes the entry of an object, if there is one. */
    public void remove(Object object) {
        int hash = System.identityHashCode(object);
        parts[hash & PARTS - 1].remove(object, hash);
    }

    /** Returns all entries of objects that are not collected. */
    @SuppressWarnings("unchecked")
    public List<E> entries() {
        List<Entry> entries = new ArrayList<Entry>();
        for (Part part : parts) {
            part.addTo(entries);
        }
        return (List<E>) entries;
    }

    /** The lowest bits of a hash choose the part, the next ones the place: HotSpot makes them at random. */
    private static final class Part {
        private volatile Entry[] places = new Entry[FIRST_SIZE];
        private int taken; // guarded by this; places that are not null

        Entry get(Object object, int hash) {
            Entry[] now = places;
            int mask = now.length - 1;
            for (int i = hash >>> PART_BITS & mask; ; i = i + 1 & mask) {
                Entry entry = now[i];
                if (entry == null) {
                    return null;
                }
                if (entry.get() == object) {
                    return entry;
                }
            }
        }

        synchronized Entry putIfAbsent(Object object, int hash, Entry entry) {
            Entry there = get(object, hash);
            if (there != null) {
                return there;
            }
            if ((taken + 1) * 2 > places.length) {
                rewrite();
            }
            place(places, entry);
            taken++;
            return entry;
        }

        synchronized void remove(Object object, int hash) {
            Entry there = get(object, hash);
            if (there != null) {
                there.clear();
            }
        }

        synchronized void addTo(List<Entry> entries) {
            for (Entry entry : places) {
                if (entry != null && entry.get() != null) {
                    entries.add(entry);
                }
            }
        }

        private void rewrite() {
            List<Entry> live = new ArrayList<Entry>();
            addTo(live);
            int size = FIRST_SIZE;
            while (size < (live.size() + 1) * 4) {
                size *= 2;
            }
            Entry[] fresh = new Entry[size];
            for (Entry entry : live) {
                place(fresh, entry);
            }
            taken = live.size();
            places = fresh;
        }

        private static void place(Entry[] into, Entry entry) {
            int mask = into.length - 1;
            int i = entry.hash >>> PART_BITS & mask;
            while (into[i] != null) {
                i = i + 1 & mask;
            }
            into[i] = entry;
        }
    }
}
