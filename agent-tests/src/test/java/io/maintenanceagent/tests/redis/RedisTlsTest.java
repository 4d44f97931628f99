package io.maintenanceagent.tests.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.tests.harness.Certificate;
import io.maintenanceagent.tests.harness.JavaCommand;
import io.maintenanceagent.tests.harness.JavaProcess;
import io.maintenanceagent.tests.harness.Jdk;
import io.maintenanceagent.tests.harness.Project;
import io.maintenanceagent.tests.harness.Sources;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code rediss://}: encrypted, and only with a server that the JVM trusts and whose host name matches. */
final class RedisTlsTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private static Certificate certificate;
    private static Redis redis;
    private static int tlsPort;
    private static Path programs;

    @BeforeAll
    static void start() {
        certificate = Certificate.of("ip:127.0.0.1");
        tlsPort = Redis.freePort();
        redis = Redis.running(certificate.serverOptions(tlsPort, false));
        redis.send("SET", "state", "on");
        programs = Project.newDirectory("stores");
        new Sources(Project.sources("stores"))
                .compile(8, List.of("ReadStore.java"), text -> text, List.of(Project.agentJar()), programs);
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    @Test
    void tls_store_isFollowed() {
        try (RedisShop shop = RedisShop.open(uri(tlsPort), certificate::trustedBy)) {
            shop.awaitRefusing();
            for (int i = 0; i < 3; i++) {
                redis.send("SET", "state", "off");
                shop.awaitServing();
                redis.send("SET", "state", "on");
                shop.awaitRefusing();
            }
            assertEquals(List.of(), shop.lines());
        }
    }

    static List<Jdk> jdks() {
        return Jdk.runningAndNewest();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void tls_trustStoreOfTheJvm_isUsed(Jdk jdk) {
        assertEquals("on", read(jdk, tlsPort, certificate, null));
        String refused = read(jdk, tlsPort, null, null);
        assertTrue(refused.startsWith("cannot be reached (") && refused.contains("certification path"), refused);
    }

    @Test
    void tls_wrongHostName_fails() {
        Certificate other = Certificate.of("ip:127.0.0.2");
        int port = Redis.freePort();
        try (Redis stranger = Redis.running(other.serverOptions(port, false))) {
            stranger.send("SET", "state", "on");
            String refused = read(Jdk.running(), port, other, null);
            assertTrue(refused.startsWith("cannot be reached (") && refused.contains("127.0.0.1"), refused);
        }
    }

    @Test
    void tls_clientCertificate_isSent() {
        int port = Redis.freePort();
        try (Redis strict = Redis.running(certificate.serverOptions(port, true))) {
            strict.send("SET", "state", "off");
            assertEquals("off", read(Jdk.running(), port, certificate, certificate));
            String refused = read(Jdk.running(), port, certificate, null);
            assertTrue(refused.startsWith("cannot be reached ("), refused);
        }
    }

    @Test
    void tls_storesOfTheUri_areUsed() {
        int port = Redis.freePort();
        try (Redis strict = Redis.running(certificate.serverOptions(port, true))) {
            strict.send("SET", "state", "off");
            assertEquals("off", read(Jdk.running(), uri(port) + certificate.parameters(), null, null));
            String refused = read(
                    Jdk.running(), uri(port) + certificate.parameters().replace("keys.p12", "none.p12"), null, null);
            assertTrue(refused.startsWith("cannot be reached (") && refused.contains("none.p12"), refused);
        }
    }

    @Test
    void tls_onOneSideOnly_fails() {
        String plainServer = read(Jdk.running(), redis.port(), certificate, null);
        assertTrue(plainServer.startsWith("cannot be reached ("), plainServer);
        try (AgentStore store = AgentStore.open("redis://127.0.0.1:" + tlsPort)) {
            IOException plainClient = assertThrows(IOException.class, store::read);
            assertTrue(plainClient.getMessage().startsWith("cannot be reached ("), plainClient.getMessage());
        }
    }

    private static String uri(int port) {
        return "rediss://127.0.0.1:" + port + "/0?key=state";
    }

    /** Returns what a JVM with these certificates reads, or its error. */
    private static String read(Jdk jdk, int port, Certificate trusted, Certificate own) {
        return read(jdk, uri(port), trusted, own);
    }

    private static String read(Jdk jdk, String uri, Certificate trusted, Certificate own) {
        JavaCommand command = new JavaCommand(jdk, "read-store")
                .classPath(List.of(Project.agentJar(), programs))
                .main("ReadStore", uri);
        if (trusted != null) {
            trusted.trustedBy(command);
        }
        if (own != null) {
            own.usedBy(command);
        }
        try (JavaProcess process = command.start()) {
            String said = process.awaitStdout("^READ (.*)$", LIMIT).group(1);
            assertEquals(0, process.awaitExit(LIMIT));
            assertEquals(List.of(), process.stderr().lines());
            return said;
        }
    }
}
