package io.maintenanceagent.tests.embedded;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.maintenanceagent.tests.harness.Cell;
import io.maintenanceagent.tests.harness.Jdk;
import io.maintenanceagent.tests.harness.ServerProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The application without the agent, which other tests compare with. */
final class ApplicationTest {

    @Test
    void jdks_found_areTwo() {
        assumeFalse(
                Jdk.others().isEmpty(),
                () -> "No other JDK beside " + Jdk.running().home()
                        + ": all tests run on this one alone; set -Dtest.jdks");
    }

    @ParameterizedTest
    @MethodSource("io.maintenanceagent.tests.harness.Cell#inTurn")
    void application_withoutTheAgent_answersAsExpected(Cell cell) {
        try (ServerProcess server = ServerProcess.start(cell, command -> {})) {
            for (Visit visit : Visit.all(cell.server())) {
                visit.assertServed(server.http().send(visit.request()));
            }
        }
    }
}
