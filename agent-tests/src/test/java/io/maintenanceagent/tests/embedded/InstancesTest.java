package io.maintenanceagent.tests.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.tests.harness.Await;
import io.maintenanceagent.tests.harness.Cell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A JVM that follows a state file reports beside it. */
final class InstancesTest {

    @Test
    void instance_reportsAndWithdrawsItsReportAtTheEnd() throws IOException {
        Path instances;
        try (Shop shop = Shop.open(Cell.any())) {
            instances = Path.of(shop.state().path() + ".instances");
            assertFalse(Files.exists(instances), "nobody has asked yet");
            shop.state().write("on");
            Await.until(
                    Shop.FLIP_LIMIT,
                    () -> "no report",
                    () -> reports(instances).anyMatch(report -> report.contains("\"enabled\":true")));
            List<String> reports = reports(instances).toList();
            assertEquals(1, reports.size());
            assertTrue(
                    reports.get(0).contains("\"pid\":" + shop.server().process().pid()), reports::toString);
            shop.assertSilent();
        }
        Await.until(
                Shop.FLIP_LIMIT, () -> "still listed", () -> reports(instances).count() == 0);
    }

    private static Stream<String> reports(Path instances) {
        try (Stream<Path> files = Files.list(instances)) {
            return files.filter(path -> path.toString().endsWith(".json")).map(InstancesTest::read).toList().stream();
        } catch (IOException notYet) {
            return Stream.of();
        }
    }

    private static String read(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException gone) {
            return "";
        }
    }
}
