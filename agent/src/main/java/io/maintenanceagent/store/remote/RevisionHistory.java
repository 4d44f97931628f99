package io.maintenanceagent.store.remote;

/**
 * Tells a key that was deleted from a key that was lost with a cluster's data.
 *
 * <p>A cluster counts its changes. One that counts less than was seen before, or is another one, has begun anew: a key
 * that was there and is not any more was lost, until it is written again. A cluster that has caught up with the count
 * while nobody looked cannot be told from the one before.
 *
 * <p>Not thread-safe.
 */
public final class RevisionHistory {

    private boolean seen;
    private boolean lost;
    private String seenIn;
    private long newest;

    /**
     * The key is there.
     *
     * @param cluster the cluster's id, or {@code null} if it has none
     * @param revision how many changes it counts
     */
    public void present(String cluster, long revision) {
        seen = true;
        lost = false;
        seenIn = cluster;
        newest = revision;
    }

    /**
     * The key is not there.
     *
     * @param cluster the cluster's id, or {@code null} if it has none
     * @param revision how many changes it counts
     * @return whether the key was lost, so that its absence decides nothing
     */
    public boolean isLost(String cluster, long revision) {
        boolean other = seenIn != null && cluster != null && !seenIn.equals(cluster);
        if (seen && (other || revision < newest)) {
            lost = true;
        } else if (!lost) {
            seen = false;
            newest = Math.max(newest, revision);
        }
        return lost;
    }
}
