package io.maintenanceagent.store.redis;

import io.maintenanceagent.store.remote.Endpoint;
import java.util.ArrayList;
import java.util.List;

/**
 * What the sentinels said when they were asked once. The master is the one of the highest epoch, if most of the
 * sentinels that are listed have answered: then at least one of them took part in the last fail-over. Pure.
 */
final class SentinelAnswers {

    private final String name;
    private final int listed;
    private final List<Endpoint> masters = new ArrayList<Endpoint>();
    private final List<Long> epochs = new ArrayList<Long>();
    private int strangers;
    private String failure;

    /**
     * @param name the name that the sentinels know the master by
     * @param listed how many sentinels there are
     */
    SentinelAnswers(String name, int listed) {
        this.name = name;
        this.listed = listed;
    }

    /**
     * A sentinel knows the master.
     *
     * @param master the master
     * @param epoch the epoch of the fail-over that made it one
     */
    void master(Endpoint master, long epoch) {
        masters.add(master);
        epochs.add(epoch);
    }

    /** A sentinel does not know the name. */
    void unknown() {
        strangers++;
    }

    /**
     * A sentinel did not answer.
     *
     * @param why which one and why, a clause
     */
    void failed(String why) {
        failure = failure == null ? why : failure;
    }

    /** Returns whether most of the sentinels know the master. */
    boolean isMajority() {
        return 2 * masters.size() > listed;
    }

    /** Returns the epoch of {@link #master}. */
    long epoch() {
        return epochs.get(newest());
    }

    /**
     * Returns the master.
     *
     * @throws RedisProblem if too few sentinels know it
     */
    Endpoint master() throws RedisProblem {
        if (isMajority()) {
            return masters.get(newest());
        }
        if (2 * strangers > listed) {
            throw new RedisProblem("has no master of the name \"" + name
                    + "\", say the sentinels; allowed: the name behind \"sentinel monitor\" in their configuration");
        }
        throw new RedisProblem("cannot confirm the master: it takes answers of most of the " + listed
                + " sentinels, and one of them " + (failure == null ? "does not know it" : failure));
    }

    private int newest() {
        int newest = 0;
        for (int i = 1; i < masters.size(); i++) {
            if (epochs.get(i) > epochs.get(newest)) {
                newest = i;
            }
        }
        return newest;
    }
}
