package io.maintenanceagent.store.redis;

import java.util.HashMap;
import java.util.Map;

/**
 * What a server tells of its run, its role and its data's history ({@code INFO server} and {@code INFO replication}).
 * Immutable.
 *
 * <p>A history has an id, which changes when a replica is promoted; the new master then names the old id, and up to
 * which offset it has that history.
 */
final class ReplicationInfo {

    /** Of a server that tells nothing of itself to this user. */
    static final ReplicationInfo UNKNOWN = new ReplicationInfo("");

    private static final String NO_ID = "0000000000000000000000000000000000000000";

    private final Map<String, String> fields = new HashMap<String, String>();

    /** @param info the replies, one behind the other */
    ReplicationInfo(String info) {
        for (String line : info.split("\r?\n")) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                fields.put(line.substring(0, colon), line.substring(colon + 1).trim());
            }
        }
    }

    /** Returns the id of the server's run, which changes at a restart, or {@code null} if it is not known. */
    String run() {
        return fields.get("run_id");
    }

    boolean isReplica() {
        return "slave".equals(fields.get("role"));
    }

    /** Returns how many replicas are connected. */
    long replicas() {
        return number("connected_slaves", 0);
    }

    /** Returns the id of the history, or {@code null} if it is not known. */
    String history() {
        return id("master_replid");
    }

    /** Returns the id of the history that this one goes on from, or {@code null} if there is none. */
    String earlierHistory() {
        return id("master_replid2");
    }

    /** Returns how much has been written so far, in bytes. */
    long offset() {
        return number("master_repl_offset", 0);
    }

    /** Returns whether this history has all that the earlier one had up to an offset. */
    boolean reaches(long offset) {
        return offset < number("second_repl_offset", -1);
    }

    private String id(String field) {
        String id = fields.get(field);
        return NO_ID.equals(id) ? null : id;
    }

    private long number(String field, long otherwise) {
        try {
            return Long.parseLong(fields.get(field));
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }
}
