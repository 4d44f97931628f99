package io.maintenanceagent.tests.stores;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.tests.cli.Cli;
import io.maintenanceagent.tests.harness.Await;
import io.maintenanceagent.tests.harness.Management;
import io.maintenanceagent.tests.redis.AgentStore;
import io.maintenanceagent.tests.redis.Redis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A password that a store's URI brings, by the environment: nothing that the agent or the command line shows has it.
 * Not reports, lines on standard error, {@code status}, {@code list}, JMX, the audit file, nor the list of processes.
 */
final class CredentialsTest {

    private static final String SECRET = "5ec2e7ed-0000-4000-8000-00000000cafe";
    private static final String WRONG = "5ec2e7ed-0000-4000-8000-0000000bad00";

    private final List<String> shown = new ArrayList<>();

    @Test
    void redis_passwordIsShownNowhere() throws Exception {
        try (Redis redis = Redis.running()) {
            redis.send("ACL", "SETUSER", "shop", "on", ">" + SECRET, "~*", "&*", "+@all");
            String uri = redis.uri("state").replace("//", "//shop:" + SECRET + "@");
            check(uri, true, redis::kill);
        }
    }

    @Test
    void etcd_passwordIsShownNowhere() throws Exception {
        try (Etcd etcd = Etcd.running()) {
            etcd.ask("POST", "/v3/auth/user/add", "{\"name\":\"root\",\"password\":\"" + SECRET + "\"}");
            etcd.ask("POST", "/v3/auth/role/add", "{\"name\":\"root\"}");
            etcd.ask("POST", "/v3/auth/user/grant", "{\"user\":\"root\",\"role\":\"root\"}");
            assertTrue(etcd.ask("POST", "/v3/auth/enable", "{}").startsWith("200 "));
            check(etcd.uri("shop").replace("//", "//root:" + SECRET + "@"), true, etcd::kill);
        }
    }

    @Test
    void consul_tokenIsShownNowhere() throws Exception {
        try (Consul consul = Consul.running(
                "acl { enabled = true default_policy = \"deny\" tokens { master = \"" + SECRET + "\" } }")) {
            check(consul.uri("shop").replace("//", "//:" + SECRET + "@"), true, consul::kill);
        }
    }

    @Test
    void url_passwordIsShownNowhere() throws Exception {
        try (Nginx nginx = Nginx.running()) {
            Files.writeString(nginx.directory.resolve("users"), "me:{PLAIN}" + SECRET + "\n");
            Files.writeString(nginx.file("private/state"), "off");
            String uri = nginx.uri("private/state").replace("//", "//me:" + SECRET + "@");
            check(uri, false, nginx::kill);
        }
    }

    private void check(String uri, boolean reports, Runnable killStore) throws IOException {
        Cli cli = new Cli().with("MAINTENANCE_STORE", uri);
        Path audit = Files.createTempFile("audit", ".log");
        try (StoreShop shop = StoreShop.openByEnvironment(uri, audit)) {
            shop.awaitServing();
            show(cli.run("status"));
            if (reports) {
                show(StoreShop.done(cli, "on", "--message", "Back at nine", "--wait=60s"));
                assertTrue(shop.refuses(), "waited for");
                show(StoreShop.done(cli, "off"));
                try (AgentStore store = AgentStore.open(uri)) {
                    assertEquals(1, store.instances().size());
                    shown.addAll(store.instances().values());
                }
            }
            show(cli.run("status", "--json"));
            show(cli.run("list"));
            Cli stranger = new Cli().with("MAINTENANCE_STORE", uri.replace(SECRET, WRONG));
            Cli.Outcome refused = stranger.run("status");
            show(refused.failed(1, "refuses"));
            show(stranger.run("on"));
            killStore.run();
            shop.awaitLine("cannot be reached (");
            show(cli.run("status"));
            try (Management management = Management.of(shop.server())) {
                Await.until(
                        StoreShop.LIMIT,
                        () -> "no error",
                        () -> String.valueOf(management.get("LastError")).contains("cannot be reached"));
                shown.addAll(management.all());
            }
            shown.addAll(shop.lines());
            shown.add(shop.server().process().toString());
            shown.add(Files.readString(audit));
            shown.add(Files.readString(Path.of("/proc/" + shop.pid() + "/cmdline")));
            assertFalse(shown.toString().contains(SECRET), shown::toString);
            assertFalse(shown.toString().contains(WRONG), shown::toString);
        } finally {
            Files.delete(audit);
        }
    }

    private void show(Cli.Outcome outcome) {
        shown.addAll(outcome.out());
        shown.addAll(outcome.err());
    }
}
