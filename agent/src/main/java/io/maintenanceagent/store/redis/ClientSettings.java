package io.maintenanceagent.store.redis;

import io.maintenanceagent.store.remote.Tls;
import java.io.IOException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocketFactory;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** A connection's settings, as the client library asks for them. */
@SuppressWarnings("deprecation") // SslOptions, which is to be used instead, needs a logging library.
final class ClientSettings implements JedisClientConfig {

    /** How long a connection may take to come about, in milliseconds. */
    private static final int CONNECT_MILLIS = 1_000;

    private final RedisAddress address;
    private final int answerMillis;

    /**
     * @param address the server
     * @param answerMillis how long the server may be silent when it is to say something, in milliseconds
     */
    ClientSettings(RedisAddress address, int answerMillis) {
        this.address = address;
        this.answerMillis = answerMillis;
    }

    @Override
    public int getConnectionTimeoutMillis() {
        return CONNECT_MILLIS;
    }

    @Override
    public int getSocketTimeoutMillis() {
        return answerMillis;
    }

    @Override
    public String getUser() {
        return address.user();
    }

    @Override
    public String getPassword() {
        return address.password();
    }

    @Override
    public int getDatabase() {
        return address.database();
    }

    @Override
    public boolean isSsl() {
        return address.tls();
    }

    @Override
    public SSLSocketFactory getSslSocketFactory() {
        try {
            return address.tls() ? new Tls(null, null, null, null).socketFactory() : null;
        } catch (IOException e) {
            throw new JedisConnectionException(e);
        }
    }

    @Override
    public SSLParameters getSslParameters() {
        SSLParameters parameters = new SSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        return parameters;
    }

    @Override
    public ClientSetInfoConfig getClientSetInfoConfig() {
        return ClientSetInfoConfig.DISABLED;
    }
}
