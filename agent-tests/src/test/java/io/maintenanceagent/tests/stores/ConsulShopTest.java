package io.maintenanceagent.tests.stores;

import org.junit.jupiter.api.Test;

/** A server that follows a key of Consul. */
final class ConsulShopTest {

    @Test
    void server_followsTheKeyThroughALossOfData() throws Exception {
        try (Consul consul = Consul.running()) {
            ClusterScenario.run(consul);
        }
    }
}
