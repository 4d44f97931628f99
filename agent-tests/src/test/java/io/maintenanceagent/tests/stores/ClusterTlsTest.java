package io.maintenanceagent.tests.stores;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.tests.cli.Cli;
import io.maintenanceagent.tests.harness.Certificate;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * {@code etcds://} and {@code consuls://}: encrypted, with servers that are trusted, and with a certificate of one's
 * own.
 */
final class ClusterTlsTest {

    private static Certificate certificate;

    @BeforeAll
    static void certify() {
        certificate = Certificate.of("ip:127.0.0.1");
    }

    @Test
    void etcd_followsAndTellsWithACertificate() {
        try (Etcd etcd = Etcd.withTls(certificate)) {
            follows(etcd);
        }
    }

    @Test
    void consul_followsAndTellsWithACertificate() {
        try (Consul consul = Consul.withTls(certificate)) {
            follows(consul);
        }
    }

    private static void follows(Engine engine) {
        String plain = engine.uri("shop");
        String store = plain + "?" + certificate.parameters().substring(1);
        Cli cli = new Cli();
        try (StoreShop shop = StoreShop.open(store, engine.directory)) {
            shop.awaitServing();
            StoreShop.done(cli, "on", "--store", store, "--wait=60s");
            assertTrue(shop.refuses(), "waited for");
            StoreShop.done(cli, "off", "--store", store, "--wait=60s");
            assertTrue(!shop.refuses(), "waited for");
            // A busy machine may be slow at the start.
            assertEquals(
                    List.of(),
                    shop.lines().stream()
                            .filter(line -> line.contains("cannot be reached"))
                            .toList());
        }
        String trusted = store.replaceAll("keystore=[^&]*&keystore-password-file=[^&]*&", "");
        cli.run("status", "--store", trusted).failed(1, plain + " cannot be reached (");
        cli.run("status", "--store", plain).failed(1, plain + " cannot be reached (TLS: ");
        String other = plain + "?" + Certificate.of("ip:127.0.0.2").parameters().substring(1);
        cli.run("status", "--store", other).failed(1, plain + " cannot be reached (TLS: ");
        String unencrypted = plain.replace("etcds:", "etcd:").replace("consuls:", "consul:");
        cli.run("status", "--store", unencrypted).failed(1, unencrypted);
    }
}
