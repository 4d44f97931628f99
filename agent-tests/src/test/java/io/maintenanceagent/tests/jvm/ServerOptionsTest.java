package io.maintenanceagent.tests.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.maintenanceagent.tests.embedded.Shop;
import io.maintenanceagent.tests.harness.Cell;
import io.maintenanceagent.tests.harness.JavaCommand;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Options of a server's JVM that an agent could stumble over. */
final class ServerOptionsTest {

    @ParameterizedTest
    @ValueSource(strings = {"-Xverify:all", "-Xmx64m", "-Djava.system.class.loader=OwnSystemLoader"})
    void theServerFlips(String option) {
        Cell cell = Cell.any();
        try (Shop shop = Shop.open(
                cell,
                (command, state) -> withPrograms(cell, command).option(option).agent("file=" + state))) {
            shop.assertFlips(cell);
            assertEquals(List.of(), shop.agentLines());
        }
    }

    private static JavaCommand withPrograms(Cell cell, JavaCommand command) {
        List<Path> classPath =
                new ArrayList<>(List.of(Programs.classes(), cell.server().launcherClasses()));
        classPath.addAll(cell.server().jars());
        return command.classPath(classPath);
    }
}
