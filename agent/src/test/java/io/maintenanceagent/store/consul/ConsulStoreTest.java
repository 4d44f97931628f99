package io.maintenanceagent.store.consul;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.api.StateStore;
import io.maintenanceagent.store.remote.AbstractRemoteStoreTest;
import io.maintenanceagent.store.remote.EngineProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The store against a real Consul, which takes half a minute. */
@EnabledIfSystemProperty(named = "stores", matches = "true", disabledReason = "slow; -Pstores runs it")
class ConsulStoreTest extends AbstractRemoteStoreTest {

    private static final String ROOT = "11111111-2222-3333-4444-555555555555";
    private static final String OWN = "11111111-2222-3333-4444-666666666666";

    @TempDir
    static Path directory;

    private static TestConsul consul;

    @BeforeAll
    static void start() throws Exception {
        consul = new TestConsul(directory, "{\"session_ttl_min\":\"2s\"}");
    }

    @AfterAll
    static void stop() throws Exception {
        if (consul != null) {
            consul.close();
        }
    }

    @Override
    protected String uri() {
        return "consul://127.0.0.1:" + consul.port + "/";
    }

    @Override
    protected EngineProcess engine() {
        return consul.process;
    }

    @Override
    protected void restartEmpty() throws Exception {
        consul.restartEmpty();
    }

    @Override
    protected long expiryMillis() {
        return 30_000;
    }

    @Test
    void token_isNeeded() throws Exception {
        String configuration =
                "{\"acl\":{\"enabled\":true,\"default_policy\":\"deny\",\"tokens\":{\"master\":\"" + ROOT + "\"}}}";
        try (TestConsul own = new TestConsul(Files.createDirectory(directory.resolve("acl")), configuration)) {
            String rules = "key_prefix \\\"shop\\\" { policy = \\\"write\\\" } session_prefix \\\"\\\" { policy ="
                    + " \\\"write\\\" }";
            String policy = "{\"Name\":\"switch\",\"Rules\":\"" + rules + "\"}";
            while (own.ask("PUT", "/v1/acl/policy", ROOT, policy) != 200) {
                Thread.sleep(100); // until there is the first token
            }
            assertEquals(
                    200,
                    own.ask(
                            "PUT",
                            "/v1/acl/token",
                            ROOT,
                            "{\"SecretID\":\"" + OWN + "\",\"Policies\":[{\"Name\":\"switch\"}]}"));
            Path secret = Files.writeString(directory.resolve("secret"), OWN + "\n");
            String place = "127.0.0.1:" + own.port;
            ConsulStoreFactory consul = new ConsulStoreFactory("consul");
            try (StateStore store = consul.open(URI.create("consul://" + place + "/shop?password-file=" + secret));
                    StateStore inUri = consul.open(URI.create("consul://:" + OWN + "@" + place + "/shop"));
                    StateStore other = consul.open(URI.create("consul://:" + OWN + "@" + place + "/other"));
                    StateStore nobody = consul.open(URI.create("consul://" + place + "/shop"))) {
                assertNull(store.read());
                assertTrue(write(store, null, "on"));
                awaitContent(store, "on");
                assertEquals("on", text(inUri.read()));
                store.instances().report("a", "1".getBytes(), 15_000);
                assertEquals(1, store.instances().reports().size());
                store.instances().withdraw("a");
                for (StateStore refused : new StateStore[] {other, nobody}) {
                    String message =
                            assertThrows(IOException.class, refused::read).getMessage();
                    assertEquals("refuses access (Permission denied)", message);
                    assertFalse(refused.name().contains(OWN));
                }
            }
        }
    }
}
