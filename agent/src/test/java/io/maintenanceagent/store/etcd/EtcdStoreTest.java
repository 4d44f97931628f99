package io.maintenanceagent.store.etcd;

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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The store against a real etcd, where there is one. */
class EtcdStoreTest extends AbstractRemoteStoreTest {

    @TempDir
    static Path directory;

    private static TestEtcd etcd;

    @BeforeAll
    static void start() throws Exception {
        etcd = new TestEtcd(directory);
    }

    @AfterAll
    static void stop() throws Exception {
        if (etcd != null) {
            etcd.close();
        }
    }

    @Override
    protected String uri() {
        return "etcd://127.0.0.1:" + etcd.port + "/";
    }

    @Override
    protected EngineProcess engine() {
        return etcd.process;
    }

    @Override
    protected void restartEmpty() throws Exception {
        etcd.restartEmpty();
    }

    @Override
    protected long expiryMillis() {
        return 20_000;
    }

    @Test
    void name_hasNoSecret() {
        StateStore store = new EtcdStoreFactory("etcds")
                .open(URI.create("etcds://me:SECRET@h1,h2:2380/a/b%20c?keystore=/k&keystore-password-env=N"));
        assertEquals("etcds://h1:2379,h2:2380/a/b%20c", store.name());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "etcd:x",
                "etcd://h",
                "etcd://h/",
                "etcd://h:0/k",
                "etcd://h,h/k",
                "etcd://SECRET@h/k",
                "etcd://:SECRET@h/k",
                "etcd://me:SECRET@h/k?password-file=f",
                "etcd://h/k?key=x",
                "etcd://h/k#f",
            })
    void open_bad_errorSaysWhatIsAllowedAndQuotesNothing(String uri) {
        String message = assertThrows(
                        IllegalArgumentException.class, () -> new EtcdStoreFactory("etcd").open(URI.create(uri)))
                .getMessage();
        assertTrue(message.startsWith("etcd://[USER[:PASSWORD]@]HOST[:PORT][,HOST[:PORT]…]/KEY, etcds://"), message);
        assertFalse(message.contains("SECRET"), message);
    }

    /** Else each change would be followed by a reading of each instance. */
    @Test
    void change_bringsItsValueAndCostsNoReading() throws Exception {
        String name = "watched";
        try (StateStore store = new EtcdStoreFactory("etcd").open(URI.create(uri() + name))) {
            assertNull(store.read());
            etcd.put(name, "0");
            awaitContent(store, "0");
            long before = etcd.readings();
            for (int i = 1; i <= 10; i++) {
                etcd.put(name, "" + i);
                store.awaitChange();
                awaitContent(store, "" + i);
            }
            assertTrue(etcd.readings() - before < 5, "but for those that come every few seconds");
            etcd.put(name, null);
            awaitContent(store, null);
        }
    }

    @Test
    void login_isNeededAndRenewed() throws Exception {
        try (TestEtcd own = new TestEtcd(Files.createDirectory(directory.resolve("login")), "--auth-token-ttl=2")) {
            own.ctl("role", "add", "switch");
            own.ctl("role", "grant-permission", "switch", "readwrite", "shop");
            own.ctl("role", "grant-permission", "switch", "--prefix=true", "readwrite", "shop/instances/");
            own.ctl("user", "add", "root:r00t");
            own.ctl("user", "grant-role", "root", "root");
            own.ctl("user", "add", "me:pass");
            own.ctl("user", "grant-role", "me", "switch");
            own.ctl("auth", "enable");
            Path secret = Files.writeString(directory.resolve("secret"), "pass\n");
            String place = "127.0.0.1:" + own.port;
            EtcdStoreFactory etcd = new EtcdStoreFactory("etcd");
            try (StateStore store = etcd.open(URI.create("etcd://me@" + place + "/shop?password-file=" + secret));
                    StateStore other = etcd.open(URI.create("etcd://me:pass@" + place + "/other"));
                    StateStore wrong = etcd.open(URI.create("etcd://me:SECRET@" + place + "/shop"));
                    StateStore nobody = etcd.open(URI.create("etcd://" + place + "/shop"))) {
                assertNull(store.read());
                assertTrue(write(store, null, "on"));
                awaitContent(store, "on");
                store.instances().report("a", "1".getBytes(), 15_000);
                assertEquals(1, store.instances().reports().size());
                // Tokens of before are not valid any more.
                own.ctl("--user=root:r00t", "user", "add", "another:pass");
                own.ctl("--user=root:r00t", "user", "delete", "another");
                assertTrue(write(store, "on", "off"));
                awaitContent(store, "off");
                store.instances().report("a", "1".getBytes(), 15_000);
                assertEquals("refuses access (etcdserver: permission denied)", failure(other));
                assertEquals(
                        "refuses the login (etcdserver: authentication failed, invalid user ID or password)",
                        failure(wrong));
                assertEquals("refuses access (etcdserver: user name is empty)", failure(nobody));
            }
        }
    }

    private static String failure(StateStore store) {
        return assertThrows(IOException.class, store::read).getMessage();
    }
}
