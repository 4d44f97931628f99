package io.maintenanceagent.policy;

import io.maintenanceagent.api.RequestView;
import io.maintenanceagent.match.Address;
import io.maintenanceagent.match.Network;
import io.maintenanceagent.match.Networks;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells where a request comes from. What a proxy says about it is believed hop by hop, from the one that is connected
 * to us backwards, and only as long as the hop is a trusted proxy: everything further left may be the client's
 * invention.
 *
 * <p>A word that does not parse ends the walk, and the address is unknown: whoever stands behind it is not the proxy.
 * {@code X-Forwarded-For} and {@code Forwarded} (RFC 7239) are both walked. A proxy writes one of them, and whoever
 * sends the other wants to be somebody else, so where they do not agree the address is unknown. Immutable; safe for any
 * thread.
 */
final class ClientAddress {

    private static final String HTTPS = "https";

    private final Networks trusted;

    /** @param trusted the proxies that are believed */
    ClientAddress(Networks trusted) {
        this.trusted = trusted;
    }

    /** The client's address, or {@code null} if it cannot be known. */
    Address of(RequestView request, Explanation explanation) {
        Address peer = Address.parse(request.remoteAddress());
        Network proxy = trusted.find(peer);
        if (proxy == null) {
            say(explanation, "address " + shown(peer) + ", that of the connection");
            return peer;
        }
        say(explanation, "connection from " + peer + ", a trusted proxy (" + proxy + ")");
        List<String> forwardedFor = request.headers("X-Forwarded-For");
        List<String> forwarded = request.headers("Forwarded");
        if (forwardedFor.isEmpty() && forwarded.isEmpty()) {
            say(explanation, "address " + peer + ", since the proxy names no other");
            return peer;
        }
        Address first = forwardedFor.isEmpty() ? null : walk(list(forwardedFor), "X-Forwarded-For", explanation);
        if (forwarded.isEmpty()) {
            return first;
        }
        Address second = walk(ForwardedHeader.forValues(forwarded), "Forwarded", explanation);
        if (!forwardedFor.isEmpty() && (first == null || !first.equals(second))) {
            say(explanation, "address unknown, since X-Forwarded-For and Forwarded do not agree");
            return null;
        }
        return second;
    }

    /** @param hops as the proxies wrote them, ours last; {@code null} if they cannot be read */
    private Address walk(List<String> hops, String header, Explanation explanation) {
        Address hop = null;
        for (int i = hops == null ? -1 : hops.size() - 1; i >= 0; i--) {
            hop = Address.parseWithPort(hops.get(i));
            if (hop == null) {
                say(explanation, header + " has a hop that is no address");
                break;
            }
            Network proxy = trusted.find(hop);
            if (proxy == null) {
                say(explanation, "address " + hop + ", from " + header);
                return hop;
            }
            say(explanation, "hop " + hop + ", a trusted proxy (" + proxy + "), from " + header);
        }
        // All of them are proxies of ours: the leftmost one asks by itself.
        say(explanation, "address " + shown(hop) + ", from " + header);
        return hop;
    }

    /** Whether a trusted proxy is connected to us. */
    boolean isTrustedProxy(RequestView request) {
        return !trusted.isEmpty() && trusted.find(Address.parse(request.remoteAddress())) != null;
    }

    /** Whether the trusted proxy that is connected to us says that its client came over TLS. */
    boolean saysSecure(RequestView request) {
        if (!isTrustedProxy(request)) {
            return false;
        }
        List<String> protocols = list(request.headers("X-Forwarded-Proto"));
        return !protocols.isEmpty() && protocols.get(protocols.size() - 1).equalsIgnoreCase(HTTPS);
    }

    private static List<String> list(List<String> lines) {
        List<String> elements = new ArrayList<String>();
        for (String line : lines) {
            for (String element : line.split(",", -1)) {
                elements.add(element.trim());
            }
        }
        return elements;
    }

    private static String shown(Address address) {
        return address == null ? "unknown" : address.toString();
    }

    private static void say(Explanation explanation, String step) {
        if (explanation != null) {
            explanation.add(step);
        }
    }
}
