package io.maintenanceagent.tests.soak;

import io.maintenanceagent.tests.embedded.Shop;
import io.maintenanceagent.tests.harness.Cell;
import io.maintenanceagent.tests.harness.Http;
import io.maintenanceagent.tests.harness.StateFile;
import io.maintenanceagent.tests.servers.MatrixCell;
import io.maintenanceagent.tests.servers.RunningServer;

/**
 * A running server with the agent and the test application. Close it.
 *
 * @param name the server and its JDK
 * @param http its clients' way in
 * @param state what the agent watches
 * @param mixesParameters whether an asynchronous request may see the parameters of another one
 * @param end ends it
 */
record Soaked(String name, Http http, StateFile state, boolean mixesParameters, Runnable end) implements AutoCloseable {

    static Soaked embedded(Cell cell) {
        Shop shop = Shop.open(cell);
        return new Soaked(cell.toString(), shop.server().http(), shop.state(), false, shop::close);
    }

    static Soaked distribution(MatrixCell cell) {
        RunningServer server = RunningServer.start(cell, true);
        // Open Liberty does, without the agent as well.
        boolean mixes = cell.row().id().startsWith("liberty");
        return new Soaked(cell.toString(), server.http(), server.state(), mixes, server::close);
    }

    @Override
    public void close() {
        end.run();
    }
}
