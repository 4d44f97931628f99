package io.maintenanceagent.tests.servers;

import io.maintenanceagent.tests.harness.Jdk;

/**
 * A cell of the matrix.
 *
 * @param row the server
 * @param jdk the JDK under it
 * @param newest whether it is the newest one for this server
 */
public record MatrixCell(Matrix.Row row, Jdk jdk, boolean newest) {

    boolean has(Trait trait) {
        return row.traits().contains(trait);
    }

    Distribution distribution() {
        return Distribution.of(row.id());
    }

    /** The server with its version. */
    String server() {
        return row.name().formatted(distribution().version());
    }

    @Override
    public String toString() {
        return server() + " on " + jdk;
    }
}
