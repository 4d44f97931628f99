package io.maintenanceagent.tests.neighbours;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.tests.embedded.Shop;
import io.maintenanceagent.tests.harness.Await;
import io.maintenanceagent.tests.harness.Cell;
import io.maintenanceagent.tests.harness.FreePorts;
import io.maintenanceagent.tests.harness.Http;
import io.maintenanceagent.tests.harness.Project;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Beside Prometheus's exporter, which shows the agent's MBean as the example's configuration says. */
final class JmxExporterTest {

    private static final Path CONFIGURATION =
            Project.sources("../../examples/prometheus/maintenance-agent.yml").normalize();

    @ParameterizedTest
    @EnumSource
    void showsMaintenanceAsMetrics(Order order) {
        Path exporter = Project.serverJars("jmx-exporter").get(0);
        int port = FreePorts.one();
        Http metrics = new Http(port);
        try (Shop shop =
                order.open(Cell.any(), command -> command.agent(exporter, "127.0.0.1:" + port + ":" + CONFIGURATION))) {
            await(metrics, "maintenance_in_maintenance 0.0");
            List<String> off = lines(metrics);
            assertTrue(off.contains("# TYPE maintenance_refused_total counter"), off::toString);
            assertTrue(off.contains("# TYPE maintenance_in_flight gauge"), off::toString);
            assertTrue(off.contains("maintenance_in_flight 0.0"), off::toString);
            assertTrue(value(off, "maintenance_passed_total") > 0, off::toString);
            assertTrue(value(off, "maintenance_woven_classes") > 0, off::toString);
            assertTrue(value(off, "jvm_threads_current") > 0, off::toString);
            double refused = value(off, "maintenance_refused_total");
            assertTrue(refused > 0, off::toString);

            shop.state().write("on");
            shop.awaitRefusing();
            await(metrics, "maintenance_in_maintenance 1.0");
            List<String> on = lines(metrics);
            assertTrue(value(on, "maintenance_refused_total") > refused, on::toString);
            assertTrue(on.contains("maintenance_drained 1.0"), on::toString);
        }
    }

    private static void await(Http metrics, String line) {
        Await.until(
                Shop.FLIP_LIMIT,
                () -> line + " not in " + lines(metrics),
                () -> lines(metrics).contains(line));
    }

    private static List<String> lines(Http metrics) {
        return metrics.get("/metrics").text().lines().toList();
    }

    private static double value(List<String> lines, String metric) {
        return lines.stream()
                .filter(line -> line.startsWith(metric + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(metric.length())))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + metric + " in " + lines));
    }
}
