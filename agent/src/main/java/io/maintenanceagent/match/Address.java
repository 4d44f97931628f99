package io.maintenanceagent.match;

/**
 * An IP address. An IPv4 address that is written as an IPv6 one ({@code ::ffff:10.0.0.1}, RFC 4291 section 2.5.5.2) is
 * the IPv4 address; a zone ({@code fe80::1%eth0}, RFC 4007 section 11) is left out. Never asks a name server.
 * Immutable; safe for any thread.
 */
public final class Address {

    private static final long MAPPED = 0xFFFFL << 32;
    private static final long IPV4 = 0xFFFFFFFFL;

    private final boolean v4;
    private final long high;
    private final long low;

    Address(boolean v4, long high, long low) {
        this.v4 = v4;
        this.high = high;
        this.low = low;
    }

    /**
     * Returns the address, or {@code null} if the text is none.
     *
     * @param text an address, IPv6 in brackets or not; four decimal numbers without leading zeros for IPv4, which some
     *     read as octal
     */
    public static Address parse(String text) {
        String bare = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
        if (bare.indexOf(':') < 0) {
            long ip = bare.length() == text.length() ? ipv4(bare) : -1;
            return ip < 0 ? null : new Address(true, 0, ip);
        }
        int zone = bare.indexOf('%');
        return ipv6(zone < 0 ? bare : bare.substring(0, zone));
    }

    /**
     * Returns the address, or {@code null} if the text is none.
     *
     * @param text an address, perhaps with a port as proxies write it: {@code 10.0.0.1:80}, {@code [::1]:80}
     */
    public static Address parseWithPort(String text) {
        int colon = text.lastIndexOf(':');
        boolean port = colon > 0 && (text.indexOf(':') == colon || text.charAt(colon - 1) == ']');
        if (port && !isPort(text, colon + 1)) {
            return null;
        }
        return parse(port ? text.substring(0, colon) : text);
    }

    private static boolean isPort(String text, int begin) {
        for (int i = begin; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return text.length() > begin && text.length() <= begin + 5;
    }

    private static long ipv4(String text) {
        long address = 0;
        int begin = 0;
        for (int part = 0; part < 4; part++) {
            int end = part < 3 ? text.indexOf('.', begin) : text.length();
            int length = end - begin;
            if (end < 0 || length < 1 || length > 3 || (length > 1 && text.charAt(begin) == '0')) {
                return -1;
            }
            int value = 0;
            for (int i = begin; i < end; i++) {
                char c = text.charAt(i);
                if (c < '0' || c > '9') {
                    return -1;
                }
                value = value * 10 + (c - '0');
            }
            if (value > 255) {
                return -1;
            }
            address = address << 8 | value;
            begin = end + 1;
        }
        return address;
    }

    private static Address ipv6(String text) {
        int[] groups = new int[8];
        int count = 0;
        int gap = -1;
        int at = 0;
        if (text.startsWith("::")) {
            gap = 0;
            at = 2;
        }
        while (at < text.length()) {
            int colon = text.indexOf(':', at);
            int end = colon < 0 ? text.length() : colon;
            if (colon < 0 && text.indexOf('.', at) >= 0) {
                long ip = ipv4(text.substring(at));
                if (ip < 0 || count > 6) {
                    return null;
                }
                groups[count++] = (int) (ip >> 16);
                groups[count++] = (int) (ip & 0xFFFF);
                break;
            }
            int group = hex(text, at, end);
            if (group < 0 || count == 8) {
                return null;
            }
            groups[count++] = group;
            at = end + 1;
            if (colon >= 0 && at < text.length() && text.charAt(at) == ':') {
                if (gap >= 0) {
                    return null;
                }
                gap = count;
                at++;
            } else if (colon >= 0 && at == text.length()) {
                return null;
            }
        }
        if (gap < 0 ? count != 8 : count > 7) {
            return null;
        }
        return of(groups, count, gap < 0 ? count : gap);
    }

    private static Address of(int[] groups, int count, int gap) {
        long[] halves = new long[2];
        for (int i = 0; i < 8; i++) {
            int from = i < gap ? i : i - (8 - count);
            int group = i < gap || from >= gap ? groups[from] : 0;
            halves[i / 4] = halves[i / 4] << 16 | group;
        }
        return halves[0] == 0 && (halves[1] & ~IPV4) == MAPPED
                ? new Address(true, 0, halves[1] & IPV4)
                : new Address(false, halves[0], halves[1]);
    }

    private static int hex(String text, int begin, int end) {
        if (end == begin || end - begin > 4) {
            return -1;
        }
        int value = 0;
        for (int i = begin; i < end; i++) {
            char c = text.charAt(i);
            int digit = c < 128 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                return -1;
            }
            value = value << 4 | digit;
        }
        return value;
    }

    boolean isV4() {
        return v4;
    }

    long high() {
        return high;
    }

    long low() {
        return low;
    }

    /** The first address of its network, given the network's length in bits. */
    Address first(int bits) {
        return v4
                ? new Address(true, 0, low & ~(IPV4 >>> bits))
                : new Address(false, high & ~after(bits), low & ~after(bits - 64));
    }

    /** The last address of its network, given the network's length in bits. */
    Address last(int bits) {
        return v4
                ? new Address(true, 0, low | IPV4 >>> bits)
                : new Address(false, high | after(bits), low | after(bits - 64));
    }

    /** The bits of a half that come after so many of them. */
    private static long after(int bits) {
        return bits <= 0 ? -1L : bits >= 64 ? 0 : -1L >>> bits;
    }

    static int compare(long high1, long low1, long high2, long low2) {
        int high = Long.compareUnsigned(high1, high2);
        return high != 0 ? high : Long.compareUnsigned(low1, low2);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Address
                && ((Address) other).v4 == v4
                && ((Address) other).high == high
                && ((Address) other).low == low;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(high * 31 + low);
    }

    /** Returns the address as digits; IPv6 without shortening. */
    @Override
    public String toString() {
        if (v4) {
            return (low >> 24) + "." + (low >> 16 & 255) + "." + (low >> 8 & 255) + "." + (low & 255);
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            long half = i < 4 ? high : low;
            text.append(i == 0 ? "" : ":").append(Long.toHexString(half >>> (48 - 16 * (i % 4)) & 0xFFFF));
        }
        return text.toString();
    }
}
