package io.maintenanceagent.tests.stores;

import org.junit.jupiter.api.Test;

/** A server that follows a key of etcd, where {@code stores.sh} has brought it. */
final class EtcdShopTest {

    @Test
    void server_followsTheKeyThroughALossOfData() throws Exception {
        try (Etcd etcd = Etcd.running()) {
            ClusterScenario.run(etcd);
        }
    }
}
