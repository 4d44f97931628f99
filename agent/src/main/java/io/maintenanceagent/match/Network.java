package io.maintenanceagent.match;

/** An IP address or a network of them in CIDR notation (RFC 4632, RFC 4291). Immutable; safe for any thread. */
public final class Network {

    private final String source;
    private final Address first;
    private final Address last;

    private Network(String source, Address address, int bits) {
        this.source = source;
        this.first = address.first(bits);
        this.last = address.last(bits);
    }

    /**
     * Returns the network.
     *
     * @param source {@code 10.0.0.0/8}, {@code fd00::/8}, {@code ::1}; a network of mapped IPv4 addresses is the IPv4
     *     network
     * @throws IllegalArgumentException if it is none; the message quotes it and says what is allowed
     */
    public static Network parse(String source) {
        int slash = source.indexOf('/');
        String text = slash < 0 ? source : source.substring(0, slash);
        Address address = text.indexOf('%') >= 0 || text.startsWith("[") ? null : Address.parse(text);
        if (address == null) {
            throw bad(source, "is not an address or a network");
        }
        // A mapped address is written with 128 bits, and is one of 32.
        int written = text.indexOf(':') >= 0 ? 128 : 32;
        int bits = slash < 0 ? written : bits(source, source.substring(slash + 1), written);
        if (address.isV4() && written == 128) {
            bits -= 96;
            if (bits < 0) {
                throw bad(source, "is neither IPv4 nor IPv6 alone");
            }
        }
        Network network = new Network(source, address, bits);
        if (!network.first.equals(address)) {
            throw bad(source, "has bits behind its length; perhaps " + network.first + "/" + bits + " is meant");
        }
        return network;
    }

    private static int bits(String source, String text, int max) {
        if (text.length() >= 1 && text.length() <= 3) {
            int bits = 0;
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                bits = c < '0' || c > '9' ? max + 1000 : bits * 10 + (c - '0');
            }
            if (bits <= max) {
                return bits;
            }
        }
        throw bad(source, "is not a network; its length is from 0 to " + max);
    }

    private static IllegalArgumentException bad(String source, String why) {
        return new IllegalArgumentException(
                "\"" + source + "\" " + why + "; allowed: like 192.0.2.1, 10.0.0.0/8, ::1 or fd00::/8, without zone");
    }

    Address first() {
        return first;
    }

    Address last() {
        return last;
    }

    /**
     * Returns whether an address is in this network; an IPv4 address never is in an IPv6 network.
     *
     * @param address an address
     */
    public boolean contains(Address address) {
        return address.isV4() == first.isV4()
                && Address.compare(first.high(), first.low(), address.high(), address.low()) <= 0
                && Address.compare(address.high(), address.low(), last.high(), last.low()) <= 0;
    }

    /** Returns the network's text, as it was given. */
    @Override
    public String toString() {
        return source;
    }
}
