package io.maintenanceagent.tests.neighbours.apm;

import io.maintenanceagent.tests.embedded.Shop;
import io.maintenanceagent.tests.harness.Cell;
import io.maintenanceagent.tests.harness.Project;
import io.maintenanceagent.tests.harness.Request;
import io.maintenanceagent.tests.neighbours.Order;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Beside OpenTelemetry's agent, whose spans come from where the server begins, and so tell of refused requests too. */
final class OpenTelemetryTest {

    private static final String SPAN = "LoggingSpanExporter - 'GET[^']*' .* SERVER ";

    @ParameterizedTest
    @MethodSource("io.maintenanceagent.tests.neighbours.Order#onAllJdks")
    void everyRequestHasItsSpan(Order order, Cell cell) {
        Path telemetry = Project.serverJars("opentelemetry").get(0);
        try (Shop shop = order.open(
                cell,
                command -> command.agent(telemetry, null)
                        .property("otel.service.name", "shop")
                        .property("otel.traces.exporter", "logging")
                        .property("otel.metrics.exporter", "none")
                        .property("otel.logs.exporter", "none"))) {
            awaitSpan(shop, "/shop/greeting?served", 200);
            shop.state().write("on");
            shop.awaitRefusing();
            awaitSpan(shop, "/shop/greeting?refused", 503);
        }
    }

    /** The attributes of a span come in any order. */
    private static void awaitSpan(Shop shop, String target, int status) {
        shop.send(Request.get(target));
        String query = target.substring(target.indexOf('?') + 1);
        shop.server()
                .process()
                .awaitStderr(
                        SPAN + "(?=.*url\\.path=/shop/greeting)(?=.*url\\.query=" + query
                                + ")(?=.*http\\.response\\.status_code=" + status + ")",
                        Shop.FLIP_LIMIT);
    }
}
