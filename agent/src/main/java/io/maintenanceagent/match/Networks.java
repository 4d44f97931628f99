package io.maintenanceagent.match;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * Tells which of many networks an address is in, by a binary search: networks lie side by side or within each other, so
 * the outermost ones are sorted intervals. Immutable; safe for any thread.
 */
public final class Networks {

    /** No network. */
    public static final Networks NONE = new Networks(Collections.<Network>emptyList());

    private final List<Network> v4;
    private final List<Network> v6;

    /** @param networks the networks, in any order */
    public Networks(Collection<Network> networks) {
        v4 = outermost(networks, true);
        v6 = outermost(networks, false);
    }

    private static List<Network> outermost(Collection<Network> networks, boolean v4) {
        List<Network> sorted = new ArrayList<Network>();
        for (Network network : networks) {
            if (network.first().isV4() == v4) {
                sorted.add(network);
            }
        }
        Collections.sort(sorted, new LargerFirst());
        List<Network> outermost = new ArrayList<Network>();
        for (Network network : sorted) {
            if (outermost.isEmpty() || !outermost.get(outermost.size() - 1).contains(network.first())) {
                outermost.add(network);
            }
        }
        return outermost;
    }

    /** Returns whether there is no network. */
    public boolean isEmpty() {
        return v4.isEmpty() && v6.isEmpty();
    }

    /**
     * Returns a network that an address is in, or {@code null} if there is none.
     *
     * @param address an address, or {@code null} for an unknown one
     */
    public Network find(Address address) {
        if (address == null) {
            return null;
        }
        List<Network> sorted = address.isV4() ? v4 : v6;
        int low = 0;
        int high = sorted.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (compare(sorted.get(middle).first(), address) <= 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high >= 0 && sorted.get(high).contains(address) ? sorted.get(high) : null;
    }

    private static int compare(Address a, Address b) {
        return Address.compare(a.high(), a.low(), b.high(), b.low());
    }

    /** By where they begin; the larger first where two begin together. No lambda: made while the application starts. */
    private static final class LargerFirst implements Comparator<Network> {
        @Override
        public int compare(Network a, Network b) {
            int begin = Networks.compare(a.first(), b.first());
            return begin != 0 ? begin : Networks.compare(b.last(), a.last());
        }
    }
}
