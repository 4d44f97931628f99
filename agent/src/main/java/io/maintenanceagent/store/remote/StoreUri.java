package io.maintenanceagent.store.remote;

import java.io.UnsupportedEncodingException;
import java.net.URI;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The parts of a store's URI: {@code SCHEME://[[USER]:PASSWORD@]HOST[:PORT][,HOST[:PORT]…][/PATH][?NAME=VALUE&…]}, with
 * {@code %XX} for special characters. Immutable.
 *
 * <p>Parts are taken apart here: {@link URI} knows no list of hosts, and no host name with an underscore, which names
 * of containers have. Errors say which part is wrong and quote nothing of it, since a slip of the pen may have put a
 * password there.
 */
public final class StoreUri {

    /** The names of the parameters that {@link #secret} takes for a password, and {@link #tls}. */
    public static final String[] LOGIN_AND_TLS = {
        "password-file",
        "password-env",
        "keystore",
        "keystore-password-file",
        "keystore-password-env",
        "truststore",
        "truststore-password-file",
        "truststore-password-env"
    };

    private static final int MAX_PORT = 65_535;
    private static final String HOST = "[\\p{L}\\p{N}._-]+|\\[[\\p{XDigit}:.]+]";

    private final String scheme;
    private final String user;
    private final String password;
    private final List<Endpoint> endpoints;
    private final String path;
    private final String rawPath;
    private final Map<String, String> parameters = new LinkedHashMap<String, String>();

    /**
     * Takes a URI apart.
     *
     * @param uri an absolute URI
     * @param defaultPort the port of a host that has none
     * @param allowed the names of the parameters that it may have
     * @throws IllegalArgumentException if it cannot be taken apart; the message is a clause that names the part
     */
    public StoreUri(URI uri, int defaultPort, String... allowed) {
        this.scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        String authority = uri.getRawAuthority();
        check(authority != null, "there is no host");
        check(uri.getRawFragment() == null, "there is a fragment; # is written as %23");
        int at = authority.lastIndexOf('@');
        String login = at < 0 ? null : authority.substring(0, at);
        int colon = login == null ? -1 : login.indexOf(':');
        this.user = login == null || colon == 0 ? null : decode(colon < 0 ? login : login.substring(0, colon));
        this.password = colon < 0 ? null : decode(login.substring(colon + 1));
        List<Endpoint> hosts = new ArrayList<Endpoint>();
        for (String place : authority.substring(at + 1).split(",", -1)) {
            Endpoint endpoint = endpoint(place, defaultPort);
            check(!hosts.contains(endpoint), "a host is there twice");
            hosts.add(endpoint);
        }
        this.endpoints = Collections.unmodifiableList(hosts);
        this.rawPath = uri.getRawPath().isEmpty() ? "" : uri.getRawPath().substring(1);
        this.path = decode(rawPath);
        parse(uri.getRawQuery(), Arrays.asList(allowed));
    }

    /** Returns the scheme, in lower case. */
    public String scheme() {
        return scheme;
    }

    /** Returns the user to log in as, or {@code null} for none. */
    public String user() {
        return user;
    }

    /** Returns the password that stands in the URI itself, or {@code null}. */
    public String password() {
        return password;
    }

    /** Returns the hosts, one at least, none of them twice. */
    public List<Endpoint> endpoints() {
        return endpoints;
    }

    /** Returns the hosts and ports, joined by commas. */
    public String hosts() {
        StringBuilder hosts = new StringBuilder();
        for (Endpoint endpoint : endpoints) {
            hosts.append(hosts.length() == 0 ? "" : ",").append(endpoint);
        }
        return hosts.toString();
    }

    /** Returns the path without its first slash, decoded; empty if there is none. */
    public String path() {
        return path;
    }

    /** Returns the path without its first slash, with {@code %XX} as it was written; empty if there is none. */
    public String rawPath() {
        return rawPath;
    }

    /**
     * Returns a parameter's value, decoded and never empty, or {@code null} if it is not there.
     *
     * @param name a parameter's name
     */
    public String parameter(String name) {
        String raw = parameters.get(name);
        return raw == null ? null : decode(raw);
    }

    /**
     * Returns a parameter's value as it stands in the URI, or {@code null} if it is not there.
     *
     * @param name a parameter's name
     */
    public String rawParameter(String name) {
        return parameters.get(name);
    }

    /**
     * Returns the secret that up to two parameters name, {@code NAME-file} and {@code NAME-env}, or one that stands in
     * the URI itself; {@code null} if there is none.
     *
     * @param name a name like {@code password}
     * @param inUri the secret that stands in the URI, or {@code null}
     * @throws IllegalArgumentException if there is more than one
     */
    public Secret secret(String name, String inUri) {
        String file = parameter(name + "-file");
        String variable = parameter(name + "-env");
        int given = (inUri == null ? 0 : 1) + (file == null ? 0 : 1) + (variable == null ? 0 : 1);
        check(given <= 1, "there is more than one " + name);
        if (given == 0) {
            return null;
        }
        return file != null ? Secret.file(file) : variable != null ? Secret.variable(variable) : Secret.of(inUri);
    }

    /**
     * Returns the key store and the trust store that parameters name: {@code keystore} and {@code truststore}, each
     * with {@code -password-file} or {@code -password-env}.
     *
     * @throws IllegalArgumentException if there is a password without a store, or more than one
     */
    public Tls tls() {
        Secret keyPassword = secret("keystore-password", null);
        Secret trustPassword = secret("truststore-password", null);
        String keys = parameter("keystore");
        String trusted = parameter("truststore");
        check(keys != null || keyPassword == null, "there is a password of a keystore, and no keystore");
        check(trusted != null || trustPassword == null, "there is a password of a truststore, and no truststore");
        return new Tls(keys, keyPassword, trusted, trustPassword);
    }

    private void parse(String query, List<String> allowed) {
        if (query == null) {
            return;
        }
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            check(allowed.contains(name), "there is an unknown parameter; allowed: " + String.join(", ", allowed));
            check(equals >= 0 && equals < pair.length() - 1, "the parameter " + name + " has no value");
            check(!parameters.containsKey(name), "the parameter " + name + " is there twice");
            String value = pair.substring(equals + 1);
            decode(value);
            parameters.put(name, value);
        }
    }

    private static Endpoint endpoint(String place, int defaultPort) {
        int colon = place.lastIndexOf(':');
        boolean hasPort = colon > place.lastIndexOf(']');
        String host = hasPort ? place.substring(0, colon) : place;
        check(host.matches(HOST), "a host is no name and no address");
        boolean bracketed = host.startsWith("[");
        int port = hasPort ? number(place.substring(colon + 1), "a port is no number from 1 to 65535") : defaultPort;
        check(port > 0 && port <= MAX_PORT, "a port is no number from 1 to 65535");
        return new Endpoint(bracketed ? host.substring(1, host.length() - 1) : host, port);
    }

    /**
     * Returns a number of up to nine digits.
     *
     * @param digits what should be one
     * @param otherwise the message if it is none
     */
    public static int number(String digits, String otherwise) {
        check(digits.matches("[0-9]{1,9}"), otherwise);
        return Integer.parseInt(digits);
    }

    /**
     * Checks a part of a URI.
     *
     * @param allowed whether it is as it should be
     * @param otherwise the message if it is not
     * @throws IllegalArgumentException if it is not
     */
    public static void check(boolean allowed, String otherwise) {
        if (!allowed) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    private static String decode(String raw) {
        try {
            String decoded = URLDecoder.decode(raw.replace("+", "%2B"), "UTF-8");
            check(decoded.indexOf('\uFFFD') < 0, "a part has a %XX that is not UTF-8");
            return decoded;
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException(e);
        }
    }
}
