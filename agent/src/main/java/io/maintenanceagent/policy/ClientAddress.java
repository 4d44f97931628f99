package io.maintenanceagent.policy;

import io.maintenanceagent.api.RequestView;
import io.maintenanceagent.match.Address;
import io.maintenanceagent.match.HostName;
import io.maintenanceagent.match.Network;
import io.maintenanceagent.match.Networks;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds a request's client address, host and scheme behind proxies. Forwarding headers are read hop by hop, from the
 * proxy that is connected backwards, and only as long as the hop is a trusted proxy: a client may have written
 * everything further left.
 *
 * <p>A hop that does not parse ends the walk, and the address is unknown: the client is not the proxy.
 * {@code X-Forwarded-For} and {@code Forwarded} (RFC 7239) are both read. A proxy writes one of them, and a client may
 * forge the other, so where they do not agree the address is unknown. Immutable; safe for any thread.
 */
final class ClientAddress {

    private static final String HTTPS = "https";

    /** What a request snapshot has in place of the address, which is not kept (RFC 7239, section 6.2). */
    private static final String UNKNOWN = "unknown";

    private static final int MAX_HOSTS = 16;

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
        Address second = walk(hops(ForwardedHeader.elements(forwarded)), "Forwarded", explanation);
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
        // All hops are trusted proxies: the leftmost one is the client.
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
        if (protocols != null && !protocols.isEmpty()) {
            return protocols.get(protocols.size() - 1).equalsIgnoreCase(HTTPS);
        }
        List<String> forwarded = request.headers("Forwarded");
        List<Map<String, String>> elements = forwarded.isEmpty() ? null : ForwardedHeader.elements(forwarded);
        return elements != null
                && HTTPS.equalsIgnoreCase(elements.get(elements.size() - 1).get("proto"));
    }

    /**
     * The hosts that clients have asked trusted proxies for, by {@code X-Forwarded-Host} or {@code Forwarded}: one, or
     * more where they do not agree or a client may have invented some; {@code null} if that can be any, and empty if no
     * trusted proxy says anything.
     */
    List<String> hosts(RequestView request) {
        if (!trusted.isEmpty() && request.remoteAddress().equals(UNKNOWN)) {
            return null; // it may have been a proxy
        }
        if (!isTrustedProxy(request)) {
            return Collections.emptyList();
        }
        List<String> told = list(request.headers("X-Forwarded-Host"));
        List<String> forwarded = request.headers("Forwarded");
        List<Map<String, String>> elements = forwarded.isEmpty()
                ? Collections.<Map<String, String>>emptyList()
                : ForwardedHeader.elements(forwarded);
        if (told == null || elements == null) {
            return null;
        }
        Set<String> hosts = new LinkedHashSet<String>();
        for (String host : told) {
            hosts.add(HostName.normal(HostAmbiguity.withoutPort(host)));
        }
        String last = hostOf(elements);
        if (last != null) {
            hosts.add(HostName.normal(HostAmbiguity.withoutPort(last)));
        }
        for (String host : hosts) {
            if (HostAmbiguity.isMalformed(host)) {
                return null;
            }
        }
        return hosts.size() > MAX_HOSTS ? null : new ArrayList<String>(hosts);
    }

    /**
     * The host that the outermost trusted proxy was asked for: each element is that of the proxy behind the hop that it
     * names.
     */
    private String hostOf(List<Map<String, String>> elements) {
        String host = null;
        for (int i = elements.size() - 1; i >= 0; i--) {
            String of = elements.get(i).get("host");
            host = of == null ? host : of;
            String hop = elements.get(i).get("for");
            Address address = hop == null ? null : Address.parseWithPort(hop);
            if (address == null || trusted.find(address) == null) {
                break;
            }
        }
        return host;
    }

    private static List<String> hops(List<Map<String, String>> elements) {
        if (elements == null) {
            return null;
        }
        List<String> hops = new ArrayList<String>();
        for (Map<String, String> element : elements) {
            String hop = element.get("for");
            hops.add(hop == null ? "" : hop);
        }
        return hops;
    }

    /** The elements of a header that is a list; {@code null} if it is longer than {@link ForwardedHeader#MAX_CHARS}. */
    private static List<String> list(List<String> lines) {
        List<String> elements = new ArrayList<String>();
        int left = ForwardedHeader.MAX_CHARS;
        for (String line : lines) {
            left -= line.length();
            if (left < 0) {
                return null;
            }
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
