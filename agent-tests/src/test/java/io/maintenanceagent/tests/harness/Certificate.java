package io.maintenanceagent.tests.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A key with a self-signed certificate, in the formats of servers and JVMs.
 *
 * @param directory where its files are
 */
public record Certificate(Path directory) {

    private static final String PASSWORD = "changeit";

    private static final String ALIAS = "redis";

    /** A new one for a server (or a client) of a name, {@code ip:127.0.0.1} for instance. */
    public static Certificate of(String name) {
        Certificate certificate = new Certificate(Project.newDirectory("certificate"));
        certificate.keytool(
                "-genkeypair", "-keyalg", "EC", "-dname", "CN=test", "-ext", "SAN=" + name, "-validity", "3650");
        certificate.writePem();
        return certificate;
    }

    /** Options for a server that shows this certificate, and trusts it in clients. */
    public String[] serverOptions(int port, boolean clientsHaveToShowOne) {
        return new String[] {
            "--tls-port", "" + port,
            "--tls-cert-file", "" + pem(),
            "--tls-key-file", "" + keyPem(),
            "--tls-ca-cert-file", "" + pem(),
            "--tls-auth-clients", clientsHaveToShowOne ? "yes" : "no"
        };
    }

    /** Makes a JVM trust this certificate only. */
    public void trustedBy(JavaCommand command) {
        command.property("javax.net.ssl.trustStore", trustStore().toString())
                .property("javax.net.ssl.trustStorePassword", PASSWORD);
    }

    /** Makes a JVM use it as its client certificate. */
    public void usedBy(JavaCommand command) {
        command.property("javax.net.ssl.keyStore", keyStore().toString())
                .property("javax.net.ssl.keyStorePassword", PASSWORD);
    }

    /** Makes a JVM show it to its clients, or use it as its client certificate. */
    public String[] keyOptions() {
        return new String[] {"-Djavax.net.ssl.keyStore=" + keyStore(), "-Djavax.net.ssl.keyStorePassword=" + PASSWORD};
    }

    /** Parameters of a URI, behind others, that name both stores, and their password in a file. */
    public String parameters() {
        try {
            Path password = Files.writeString(directory.resolve("password"), PASSWORD + "\n");
            return "&keystore=" + keyStore() + "&keystore-password-file=" + password + "&truststore=" + trustStore()
                    + "&truststore-password-file=" + password;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a client in this JVM trusts this certificate by. */
    public SSLContext trusted() {
        try {
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(KeyStore.getInstance(trustStore().toFile(), PASSWORD.toCharArray()));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path keyStore() {
        return directory.resolve("keys.p12");
    }

    private Path trustStore() {
        return directory.resolve("trust.p12");
    }

    public Path pem() {
        return directory.resolve("certificate.pem");
    }

    public Path keyPem() {
        return directory.resolve("key.pem");
    }

    private void keytool(String... arguments) {
        try {
            List<String> command = new ArrayList<>();
            command.add(Jdk.running().home().resolve("bin/keytool").toString());
            command.addAll(List.of(arguments));
            command.addAll(List.of("-alias", ALIAS, "-storetype", "PKCS12", "-storepass", PASSWORD));
            command.addAll(List.of("-keystore", keyStore().toString()));
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes());
            if (process.waitFor() != 0) {
                throw new IllegalStateException(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void writePem() {
        char[] password = PASSWORD.toCharArray();
        try {
            KeyStore keys = KeyStore.getInstance(keyStore().toFile(), password);
            var certificate = keys.getCertificate(ALIAS);
            Files.writeString(pem(), pem("CERTIFICATE", certificate.getEncoded()));
            Files.writeString(
                    keyPem(), pem("PRIVATE KEY", keys.getKey(ALIAS, password).getEncoded()));
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry(ALIAS, certificate);
            try (var out = Files.newOutputStream(trustStore())) {
                trusted.store(out, password);
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String pem(String type, byte[] encoded) {
        String lines = Base64.getMimeEncoder().encodeToString(encoded);
        return "-----BEGIN " + type + "-----\n" + lines + "\n-----END " + type + "-----\n";
    }
}
