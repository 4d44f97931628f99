package io.maintenanceagent.tests.neighbours.apm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.maintenanceagent.tests.embedded.Shop;
import io.maintenanceagent.tests.harness.Await;
import io.maintenanceagent.tests.harness.Cell;
import io.maintenanceagent.tests.harness.Project;
import io.maintenanceagent.tests.harness.Request;
import io.maintenanceagent.tests.neighbours.Order;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Beside Elastic's agent, with the part of its server that takes in what is measured. Refused requests are seen by an
 * agent that is named after ours.
 */
final class ElasticApmTest {

    @ParameterizedTest
    @MethodSource("io.maintenanceagent.tests.neighbours.Order#onAllJdks")
    void everyRequestThatIsServedHasItsTransaction(Order order, Cell cell) throws Exception {
        Path elastic = Project.serverJars("elastic-apm").get(0);
        try (ApmServer server = new ApmServer();
                Shop shop = order.open(
                        cell,
                        command -> command.agent(elastic, null)
                                .property("elastic.apm.service_name", "shop")
                                .property("elastic.apm.server_url", server.url())
                                .property("elastic.apm.api_request_time", "1s")
                                .property("elastic.apm.central_config", "false")
                                .property("elastic.apm.log_level", "INFO"))) {
            awaitTransaction(server, shop, "/shop/greeting?served", 200);
            shop.state().write("on");
            shop.awaitRefusing();
            if (order == Order.BEFORE) {
                // Woven later, its code stands around ours, and sees what ours refuses.
                awaitTransaction(server, shop, "/shop/greeting?refused", 503);
            }
            List<String> troubles = shop.server().process().stdout().lines(line -> line.contains(" ERROR "));
            assertEquals(List.of(), troubles);
        }
    }

    private static void awaitTransaction(ApmServer server, Shop shop, String target, int status) {
        shop.send(Request.get(target));
        String query = target.substring(target.indexOf('?') + 1);
        Await.until(
                Shop.FLIP_LIMIT,
                () -> "no transaction of " + target,
                () -> server.events().stream()
                        .anyMatch(event -> event.startsWith("{\"transaction\":")
                                && event.contains("\"search\":\"" + query + "\"")
                                && event.contains("\"status_code\":" + status)));
    }
}
