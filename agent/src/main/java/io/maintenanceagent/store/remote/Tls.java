package io.maintenanceagent.store.remote;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * TLS with key and trust stores of a store's own, else with the JVM's: its trust store, and its key store
 * ({@code javax.net.ssl.keyStore}) for servers that want to know their clients. Whoever connects verifies the host
 * name.
 *
 * <p>Does not use the JVM's default context: the first use would fix it before the application may set it up. A new
 * context for each connection also sees renewed certificates. Immutable; safe for any thread.
 */
public final class Tls {

    private final String keys;
    private final Secret keyPassword;
    private final String trusted;
    private final Secret trustPassword;

    /**
     * @param keys the file of the key store; {@code null} for the JVM's, if it has one
     * @param keyPassword the password of the key store and its keys, or {@code null}
     * @param trusted the file of the trust store; {@code null} for the JVM's
     * @param trustPassword the password of the trust store, or {@code null}
     */
    public Tls(String keys, Secret keyPassword, String trusted, Secret trustPassword) {
        this.keys = keys;
        this.keyPassword = keyPassword;
        this.trusted = trusted;
        this.trustPassword = trustPassword;
    }

    /** Returns whether there is a key or trust store of the store's own. */
    public boolean isGiven() {
        return keys != null || trusted != null;
    }

    /**
     * Returns a factory with the keys and certificates that the files have now.
     *
     * @throws IOException if they cannot be used; the message names the file
     */
    public SSLSocketFactory socketFactory() throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keyManagers(), trustManagers(), null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException e) {
            throw new SSLException("TLS cannot be set up: " + e.getMessage(), e);
        }
    }

    private KeyManager[] keyManagers() throws IOException {
        String file = keys;
        char[] password = keyPassword == null ? new char[0] : keyPassword.read().toCharArray();
        String type = KeyStore.getDefaultType();
        if (file == null) {
            file = System.getProperty("javax.net.ssl.keyStore", "");
            password = System.getProperty("javax.net.ssl.keyStorePassword", "").toCharArray();
            type = System.getProperty("javax.net.ssl.keyStoreType", type);
            if (file.isEmpty() || file.equals("NONE")) {
                return null;
            }
        }
        try {
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(load(file, type, password), password);
            return factory.getKeyManagers();
        } catch (GeneralSecurityException | IOException e) {
            throw new SSLException("the keystore " + file + " cannot be used: " + e.getMessage(), e);
        }
    }

    private TrustManager[] trustManagers() throws IOException {
        if (trusted == null) {
            return null;
        }
        char[] password =
                trustPassword == null ? new char[0] : trustPassword.read().toCharArray();
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(load(trusted, KeyStore.getDefaultType(), password));
            return factory.getTrustManagers();
        } catch (GeneralSecurityException | IOException e) {
            throw new SSLException("the truststore " + trusted + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static KeyStore load(String file, String type, char[] password)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(type);
        try (InputStream in = new FileInputStream(file)) {
            store.load(in, password.length == 0 ? null : password);
        }
        return store;
    }
}
