package io.maintenanceagent.store.url;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.maintenanceagent.api.StateStore;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store over TLS, to a server that wants to know its clients. */
class UrlTlsTest {

    private static final String PASSWORD = "changeit";

    @TempDir
    static Path directory;

    private static HttpsServer server;

    /** A key store with one key, whose certificate is for 127.0.0.1, or for somebody else. */
    private static Path keys(String name, String address) throws Exception {
        Path file = directory.resolve(name);
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        name,
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "san=" + address,
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes());
        assertEquals(0, keytool.waitFor(), said);
        return file;
    }

    private static KeyStore load(Path file) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    private static SSLContext context(Path own, Path trusted) throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(load(own), PASSWORD.toCharArray());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        KeyStore certificates = KeyStore.getInstance("PKCS12");
        certificates.load(null, null);
        String alias = load(trusted).aliases().nextElement();
        certificates.setCertificateEntry(alias, load(trusted).getCertificate(alias));
        trust.init(certificates);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static HttpsServer server(SSLContext context) throws IOException {
        HttpsServer started = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        started.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters needed = context.getDefaultSSLParameters();
                needed.setNeedClientAuth(true);
                parameters.setSSLParameters(needed);
            }
        });
        started.createContext("/state", exchange -> {
            byte[] on = "on".getBytes();
            exchange.sendResponseHeaders(200, on.length);
            exchange.getResponseBody().write(on);
            exchange.close();
        });
        started.start();
        return started;
    }

    @BeforeAll
    static void start() throws Exception {
        Path client = keys("client", "dns:client");
        server = server(context(keys("server", "ip:127.0.0.1"), client));
        Path trusted = directory.resolve("trusted");
        KeyStore certificates = KeyStore.getInstance("PKCS12");
        certificates.load(null, null);
        certificates.setCertificateEntry(
                "server", load(directory.resolve("server")).getCertificate("server"));
        try (var out = Files.newOutputStream(trusted)) {
            certificates.store(out, PASSWORD.toCharArray());
        }
        Files.writeString(directory.resolve("password"), PASSWORD);
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.stop(0);
        }
    }

    private static StateStore open(String host, String... parameters) {
        String fragment = String.join("&", List.of(parameters));
        return new UrlStoreFactory("https")
                .open(URI.create("https://" + host + ":" + server.getAddress().getPort() + "/state"
                        + (fragment.isEmpty() ? "" : "#" + fragment)));
    }

    private static String trust() {
        return "truststore=" + directory.resolve("trusted") + "&truststore-password-file="
                + directory.resolve("password");
    }

    private static String own() {
        return "keystore=" + directory.resolve("client") + "&keystore-password-file=" + directory.resolve("password");
    }

    @Test
    void read_bothKnowEachOther_isRead() throws Exception {
        try (StateStore store = open("127.0.0.1", trust(), own())) {
            assertEquals("on", new String(store.read()));
        }
    }

    private static void assertRefused(StateStore store, String words) {
        try (store) {
            String message = assertThrows(IOException.class, store::read).getMessage();
            assertTrue(message.startsWith("cannot be reached (") && message.contains(words), message);
        }
    }

    @Test
    void read_unknownServer_isRefused() {
        assertRefused(open("127.0.0.1", own()), "TLS: ");
    }

    @Test
    void read_serverOfAnotherName_isRefused() {
        assertRefused(open("localhost", trust(), own()), "TLS: ");
    }

    @Test
    void read_unknownClient_isRefused() {
        assertRefused(open("127.0.0.1", trust()), "");
    }

    @Test
    void read_noSuchKeyStore_isNamed() {
        assertRefused(open("127.0.0.1", "truststore=/nowhere/trusted"), "/nowhere/trusted");
    }
}
