package io.maintenanceagent.work;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * What is known of objects of others, by identity, until they are collected. Reading takes no lock and makes no object:
 * it is done at each statement, in a few nanoseconds. Writing locks a part of the table.
 *
 * <p>Each part is an array with linear probing, never more than half full. An entry that is over stays in its place
 * until a part is written anew, so that a reader finds what is behind it. Safe for any thread.
 *
 * @param <E> what is known of one object
 */
public final class WeakTable<E extends WeakTable.Entry> {

    private static final int PARTS = 16;
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

    private final List<Part<E>> parts = new ArrayList<Part<E>>();
    private final Part<E>[] byHash;

    /** Makes an empty one. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    public WeakTable() {
        for (int i = 0; i < PARTS; i++) {
            parts.add(new Part<E>());
        }
        byHash = parts.toArray(new Part[0]);
    }

    /** Returns what is known of an object, or {@code null}. */
    public E get(Object object) {
        int hash = spread(System.identityHashCode(object));
        return byHash[hash >>> 28].get(object, hash);
    }

    /**
     * Adds an entry unless there is one for the same object.
     *
     * @param object the object
     * @param entry an entry for it
     * @return the entry that is there now
     */
    public E putIfAbsent(Object object, E entry) {
        int hash = spread(System.identityHashCode(object));
        return byHash[hash >>> 28].putIfAbsent(object, hash, entry);
    }

    /** Removes the entry of an object, if there is one. */
    public void remove(Object object) {
        int hash = spread(System.identityHashCode(object));
        byHash[hash >>> 28].remove(object, hash);
    }

    /** Returns all entries of objects that are not collected. */
    public List<E> entries() {
        List<E> entries = new ArrayList<E>();
        for (Part<E> part : parts) {
            part.addTo(entries);
        }
        return entries;
    }

    /** Fibonacci hashing: the highest bits choose the part, the lowest the place. */
    private static int spread(int identity) {
        int hash = identity * 0x9E3779B9;
        return hash ^ hash >>> 15;
    }

    private static final class Part<E extends Entry> {
        private volatile AtomicReferenceArray<E> places = new AtomicReferenceArray<E>(FIRST_SIZE);
        private int taken; // guarded by this; places that are not null

        public E get(Object object, int hash) {
            AtomicReferenceArray<E> now = places;
            int mask = now.length() - 1;
            for (int i = hash & mask; ; i = i + 1 & mask) {
                E entry = now.get(i);
                if (entry == null) {
                    return null;
                }
                if (entry.get() == object) {
                    return entry;
                }
            }
        }

        synchronized E putIfAbsent(Object object, int hash, E entry) {
            E there = get(object, hash);
            if (there != null) {
                return there;
            }
            if ((taken + 1) * 2 > places.length()) {
                rewrite();
            }
            place(places, hash, entry);
            taken++;
            return entry;
        }

        synchronized void remove(Object object, int hash) {
            E there = get(object, hash);
            if (there != null) {
                there.clear();
            }
        }

        synchronized void addTo(List<E> entries) {
            for (int i = 0; i < places.length(); i++) {
                E entry = places.get(i);
                if (entry != null && entry.get() != null) {
                    entries.add(entry);
                }
            }
        }

        private void rewrite() {
            List<E> live = new ArrayList<E>();
            addTo(live);
            int size = FIRST_SIZE;
            while (size < (live.size() + 1) * 4) {
                size *= 2;
            }
            AtomicReferenceArray<E> fresh = new AtomicReferenceArray<E>(size);
            for (E entry : live) {
                place(fresh, spread(((Entry) entry).hash), entry);
            }
            taken = live.size();
            places = fresh;
        }

        private void place(AtomicReferenceArray<E> into, int hash, E entry) {
            int mask = into.length() - 1;
            int i = hash & mask;
            while (into.get(i) != null) {
                i = i + 1 & mask;
            }
            into.set(i, entry);
        }
    }
}
