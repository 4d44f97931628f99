package io.maintenanceagent.store.redis;

import static io.maintenanceagent.store.redis.RedisStoreTest.failure;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.store.remote.Relay;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that is absent, refuses, is no Redis server, or has lost its data. */
@Timeout(60)
class RedisOutageTest {

    private static final String LOST = "has lost the key in a restart, or is another server now; write the key again";

    @Test
    void read_duringAnOutage_sameMessage() throws Exception {
        try (TestRedis redis = TestRedis.open();
                RedisStore store = redis.store()) {
            redis.send("SET", "m", "on");
            assertEquals("on", new String(store.read(), UTF_8));
            redis.stop();
            String first = failure(store::read);
            assertTrue(first.startsWith("cannot be reached ("), first);
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
            while (System.nanoTime() < end) {
                assertEquals(first, failure(store::read));
                Thread.sleep(10);
            }
            redis.start();
            await(store, LOST);
            redis.send("SET", "m", "off");
            assertEquals("off", new String(store.read(), UTF_8));
        }
    }

    @Test
    void read_lostKey_failsUntilItIsWrittenAgain() throws Exception {
        try (TestRedis redis = TestRedis.open();
                RedisStore store = redis.store()) {
            redis.send("SET", "m", "on");
            store.read();
            for (int restarts = 0; restarts < 2; restarts++) {
                redis.stop();
                redis.start();
                await(store, LOST);
                assertEquals(LOST, failure(store::read));
            }
            assertTrue(store.compareAndSet(null, "off".getBytes(UTF_8)));
            assertEquals("off", new String(store.read(), UTF_8));
            redis.send("DEL", "m");
            assertNull(store.read());
            redis.stop();
            redis.start();
            await(store, null);
        }
    }

    @Test
    void read_afterAFailure_doesNotConnectForAWhile() throws Exception {
        List<Socket> accepted = new CopyOnWriteArrayList<>();
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
                RedisStore store = TestRedis.store("redis://127.0.0.1:" + server.getLocalPort())) {
            Thread acceptor = new Thread(() -> {
                try {
                    while (true) {
                        Socket socket = server.accept();
                        accepted.add(socket);
                        socket.close();
                    }
                } catch (IOException closed) {
                    // the test is over
                }
            });
            acceptor.start();
            String first = failure(store::read);
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(1_500);
            while (System.nanoTime() < end) {
                assertEquals(first, failure(store::read));
                store.awaitChange();
            }
            // After at least 125, 250, 500 ms and so on.
            assertTrue(accepted.size() >= 2 && accepted.size() <= 4, accepted.size() + " connections");
        }
    }

    @Test
    void read_silentServer_timesOut() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
                RedisStore store = TestRedis.store("redis://127.0.0.1:" + silent.getLocalPort())) {
            long start = System.nanoTime();
            assertEquals("cannot be reached (no answer in time)", failure(store::read));
            assertTrue(System.nanoTime() - start < TimeUnit.SECONDS.toNanos(10));
            silent.close();
            Thread.sleep(300);
            assertEquals("cannot be reached (no answer in time)", failure(store::read), "still the same outage");
        }
    }

    @Test
    void close_whileWaiting_endsTheWait() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
            RedisStore store = TestRedis.store("redis://127.0.0.1:" + silent.getLocalPort());
            Thread closer = new Thread(store::close);
            Thread reader = new Thread(() -> {
                try {
                    store.read();
                } catch (IOException e) {
                    // what else
                }
            });
            reader.start();
            Thread.sleep(100);
            closer.start();
            closer.join(500);
            assertFalse(closer.isAlive(), "close waits for the reader");
            reader.join(20_000);
            assertFalse(reader.isAlive());
            assertEquals("is closed", failure(store::read));
        }
    }

    @Test
    void read_otherServer_errorSaysSo() throws Exception {
        try (ServerSocket web = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
                RedisStore store = TestRedis.store("redis://127.0.0.1:" + web.getLocalPort())) {
            Thread server = new Thread(() -> {
                try (Socket socket = web.accept()) {
                    socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(UTF_8));
                    socket.getInputStream().read();
                    Thread.sleep(500);
                } catch (IOException | InterruptedException e) {
                    // the test is over
                }
            });
            server.start();
            assertEquals(
                    "does not answer as a Redis server does (a reply begins with the byte 72)", failure(store::read));
            server.join();
        }
    }

    /** Errors of a server that does not read the key: none means that there is no state. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "LOADING Redis is loading the dataset in memory",
                "MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.",
                "MOVED 3999 127.0.0.1:6381",
                "ASK 3999 127.0.0.1:6381",
                "CLUSTERDOWN Hash slot not served",
                "BUSY Redis is busy running a script.",
                "OOM command not allowed when used memory > 'maxmemory'.",
                "NOPERM this user has no permissions to run the 'getrange' command"
            })
    void read_errorReply_hidesTheState(String error) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
                RedisStore store = TestRedis.store("redis://127.0.0.1:" + server.getLocalPort())) {
            Thread answering = new Thread(() -> answer(server, error));
            answering.start();
            for (int i = 0; i < 2; i++) {
                String clause = failure(store::read);
                assertTrue(clause.contains(error), clause);
            }
            store.close();
            answering.join();
        }
    }

    /** Answers each command with an error. */
    private static void answer(ServerSocket server, String error) {
        try (Socket socket = server.accept()) {
            BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.startsWith("*")) {
                    socket.getOutputStream().write(("-" + error + "\r\n").getBytes(UTF_8));
                }
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    @Test
    void read_wrongLogin_errorSaysWhy() throws Exception {
        try (TestRedis redis = TestRedis.open()) {
            redis.send("CONFIG", "SET", "requirepass", "s3cret");
            String place = "127.0.0.1:" + redis.port();
            try (RedisStore store = TestRedis.store("redis://:s3cret@" + place)) {
                assertNull(store.read());
            }
            try (RedisStore store = TestRedis.store("redis://default:s3cret@" + place)) {
                assertNull(store.read());
            }
            try (RedisStore store = TestRedis.store("redis://:wr0ng@" + place)) {
                String first = failure(store::read);
                assertEquals("refuses access (WRONGPASS invalid username-password pair or user is disabled.)", first);
                Thread.sleep(300);
                assertEquals(first, failure(store::read));
            }
            try (RedisStore store = TestRedis.store("redis://" + place)) {
                assertEquals("refuses access (NOAUTH Authentication required.)", failure(store::read));
            }
            try (RedisStore store = TestRedis.store("redis://:s3cret@" + place + "/99")) {
                assertEquals("answers \"ERR DB index is out of range\"", failure(store::read));
            }
        }
    }

    @Test
    void read_minimalRights_works() throws Exception {
        try (TestRedis redis = TestRedis.open()) {
            redis.send("ACL", "SETUSER", "reader", "on", ">p", "~m", "+getrange", "+pttl");
            redis.send("SET", "m", "on");
            try (RedisStore store = TestRedis.store("redis://reader:p@127.0.0.1:" + redis.port() + "?key=m")) {
                for (int i = 0; i < 3; i++) {
                    assertEquals("on", new String(store.read(), UTF_8));
                    store.awaitChange();
                }
                redis.send("DEL", "m");
                assertNull(store.read());
                String report = failure(() -> store.instances().report("a", new byte[0], 1_000));
                assertTrue(report.startsWith("cannot be told: the server refuses access (NOPERM "), report);
                assertTrue(failure(() -> store.compareAndSet(null, new byte[0])).startsWith("refuses access (NOPERM "));
                assertNull(store.read());
            }
        }
    }

    @Test
    void replica_isNotBelievedUntilItIsAMaster() throws Exception {
        try (TestRedis redis = TestRedis.open();
                RedisStore store = redis.store()) {
            redis.send("SET", "m", "on");
            assertEquals("on", new String(store.read(), UTF_8));
            redis.send("REPLICAOF", "127.0.0.1", "1");
            String report = failure(() -> store.instances().report("a", new byte[0], 1_000));
            assertTrue(report.startsWith("cannot be told: the server answers \"READONLY"), report);
            assertEquals(ReadingHistory.REPLICA, failure(store::read));
            assertEquals(ReadingHistory.REPLICA, failure(() -> store.compareAndSet(null, new byte[0])));
            redis.send("REPLICAOF", "NO", "ONE");
            await(store, null);
            store.instances().report("a", new byte[0], 1_000);
        }
    }

    /** Somebody writes where no replication comes from: behind a replica's back, a change is not believed. */
    @Test
    void replica_changedBehindItsBack_isNotBelieved() throws Exception {
        try (TestRedis redis = TestRedis.open();
                RedisStore store = redis.store()) {
            redis.send("SET", "m", "on");
            assertEquals("on", new String(store.read(), UTF_8));
            redis.send("REPLICAOF", "127.0.0.1", "1");
            redis.send("CONFIG", "SET", "replica-read-only", "no");
            redis.send("SET", "m", "off");
            assertEquals(ReadingHistory.REPLICA, failure(store::read));
        }
    }

    /** Servers that do not know a command quote its arguments, and the login's are a secret. */
    @Test
    void login_unknownCommand_passwordIsNotQuoted() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
                RedisStore store = TestRedis.store("redis://u:s3cret@127.0.0.1:" + server.getLocalPort())) {
            Thread answering = new Thread(
                    () -> answer(server, "ERR unknown command 'AUTH', with args beginning with: 'u' 's3cret'; s3cret"));
            answering.start();
            assertEquals("answers \"ERR unknown command 'AUTH'\"", failure(store::read));
            store.close();
            answering.join();
        }
    }

    @Test
    void login_secretThatIsGone_isNamed() throws Exception {
        try (TestRedis redis = TestRedis.open();
                RedisStore store =
                        TestRedis.store("redis://127.0.0.1:" + redis.port() + "?password-file=/nowhere/password")) {
            assertEquals("needs a secret, and the file /nowhere/password does not exist", failure(store::read));
        }
    }

    @Test
    void read_afterHalfAReply_connectsAgain() throws Exception {
        try (TestRedis redis = TestRedis.open();
                RedisClient client = client("redis://127.0.0.1:" + redis.port())) {
            RedisClient.Call<String> echo = server -> RedisConnection.text(
                    server.ask(new Command("ECHO", "again")).get(0));
            assertEquals("again", client.ask(echo));
            for (Throwable fault : List.of(new OutOfMemoryError("test"), new ClassCastException("test"))) {
                boolean[] thrown = new boolean[1];
                try {
                    client.ask(server -> {
                        server.answering().send(new Command("ECHO", "lost"), new Command("ECHO", "not read"));
                        server.answering().receive();
                        thrown[0] = true;
                        RedisOutageTest.<RuntimeException>sneak(fault);
                        return null;
                    });
                } catch (IOException | Error expected) {
                    Thread.sleep(300);
                }
                assertTrue(thrown[0]);
                assertEquals("again", client.ask(echo));
            }
        }
    }

    private static RedisClient client(String uri) {
        RedisUri parsed = RedisUri.parse(URI.create(uri));
        return new RedisClient(new Topology.Single(parsed.endpoints().get(0)), parsed.settings());
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneak(Throwable fault) throws T {
        throw (T) fault;
    }

    /** As behind a firewall that has dropped a connection: both ends are open, and no data passes. */
    @Test
    void awaitChange_silentConnection_connectsAgain() throws Exception {
        try (TestRedis redis = TestRedis.open();
                Relay relay = new Relay(redis.port());
                RedisStore store = TestRedis.store("redis://127.0.0.1:" + relay.port() + "/0?key=m")) {
            store.read();
            store.awaitChange();
            assertEquals(2, relay.connections());
            relay.freeze();
            assertEquals("cannot be reached (no answer in time)", failure(store::read));
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (relay.connections() < 4) {
                assertTrue(System.nanoTime() < end, "no new subscription");
                long start = System.nanoTime();
                store.awaitChange();
                assertTrue(System.nanoTime() - start < TimeUnit.SECONDS.toNanos(10));
                try {
                    store.read();
                } catch (IOException left) {
                    // in peace, for a while
                }
            }
            assertNull(store.read());
        }
    }

    private static void await(RedisStore store, String clause) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (true) {
            String now;
            try {
                store.read();
                now = null;
            } catch (IOException e) {
                now = e.getMessage();
            }
            if (clause == null ? now == null : clause.equals(now)) {
                return;
            }
            assertTrue(System.nanoTime() < end, "still: " + now);
            Thread.sleep(10);
        }
    }
}
