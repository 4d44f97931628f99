package io.maintenanceagent.policy;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells whether a server and whoever sits behind it (a framework that routes by the raw URI, a front end) must read a
 * request's path in one and the same way. Where they need not, the path gives no right to pass. Stateless; pure.
 */
final class UriAmbiguity {

    private UriAmbiguity() {}

    /**
     * Compares what was sent with what the container made of it. They have to be the same but for percent-encoding,
     * {@code ;parameters} behind the last segment (old applications carry their session there) and a welcome file.
     *
     * @param raw the request URI as it was sent
     * @param path the path that the container routes by
     * @return what is doubtful, or {@code null} if nothing is
     */
    static String doubt(String raw, String path) {
        String oddity = oddity(path);
        if (oddity != null) {
            return oddity;
        }
        if (raw.equals(path) && raw.indexOf('%') < 0) {
            return null;
        }
        String decoded = decode(withoutLastParameters(raw));
        if (decoded == null) {
            return "the request URI is not percent-encoded UTF-8";
        }
        oddity = oddity(decoded);
        if (oddity != null) {
            return oddity;
        }
        if (hasEncodedSlash(raw)) {
            return "the request URI has an encoded slash";
        }
        boolean same = decoded.equals(path) || decoded.endsWith("/") && path.startsWith(decoded);
        return same ? null : "the request URI is not the path that the container routes by";
    }

    /**
     * @param host the host that the client asked for
     * @return what is doubtful, or {@code null} if nothing is
     */
    static String doubtfulHost(String host) {
        if (host.isEmpty()) {
            return "the host is empty";
        }
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            boolean fine =
                    c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "-._:[]%".indexOf(c) >= 0;
            if (!fine && c < 128) {
                return "the host is not one";
            }
        }
        return null;
    }

    /**
     * Another way to read a path, with nothing resolved: Undertow takes {@code /a/../b} to the servlet that is mapped
     * to {@code /a/*}. Used to find what must be refused, never what may pass.
     *
     * @param raw the request URI as it was sent
     * @return the path
     */
    static String literal(String raw) {
        String decoded = decode(raw.replaceAll(";[^/]*", ""));
        return decoded == null ? raw : decoded;
    }

    /**
     * Another way to read a path, with everything resolved that anybody might resolve: what {@code /a/..;/b//c} is to
     * the most generous reader. Used to find what must be refused, never what may pass.
     *
     * @param raw the request URI as it was sent
     * @return the path
     */
    static String generous(String raw) {
        String text = raw;
        for (int round = 0; round < 3 && text.indexOf('%') >= 0; round++) {
            String decoded = decode(text);
            if (decoded == null || decoded.equals(text)) {
                break;
            }
            text = decoded;
        }
        List<String> segments = new ArrayList<String>();
        String[] parts = text.replace('\\', '/').split("/", -1);
        for (int i = 0; i < parts.length; i++) {
            int semicolon = parts[i].indexOf(';');
            String name = semicolon < 0 ? parts[i] : parts[i].substring(0, semicolon);
            boolean last = i == parts.length - 1;
            if (name.equals("..")) {
                if (!segments.isEmpty()) {
                    segments.remove(segments.size() - 1);
                }
            } else if (!name.isEmpty() && !name.equals(".")) {
                segments.add(name);
            }
            if (last && (name.isEmpty() || name.equals(".") || name.equals(".."))) {
                segments.add("");
            }
        }
        return "/" + String.join("/", segments);
    }

    private static String oddity(String path) {
        if (!path.startsWith("/")) {
            return "the path does not begin with a slash";
        }
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c < ' ' || c >= 0x7F && c < 0xA0 || c == '\uFFFD') {
                return "the path has a control or replacement character";
            }
            if (c == '\\') {
                return "the path has a backslash";
            }
            if (c == ';') {
                return "the path has a parameter within";
            }
            if (c == '%' && isHex(path, i + 1) && isHex(path, i + 2)) {
                return "the path is encoded twice";
            }
            if (c == '/' && endsDots(path, i + 1)) {
                return "the path has an empty or a dot segment";
            }
        }
        return null;
    }

    /** Whether a segment is empty without being the last, or consists of dots. */
    private static boolean endsDots(String path, int begin) {
        int end = begin;
        while (end < path.length() && path.charAt(end) == '.') {
            end++;
        }
        boolean last = end == path.length();
        boolean only = last || path.charAt(end) == '/';
        return only && (end > begin || !last);
    }

    private static String withoutLastParameters(String raw) {
        int slash = raw.lastIndexOf('/');
        int semicolon = raw.indexOf(';', slash + 1);
        return semicolon < 0 ? raw : raw.substring(0, semicolon);
    }

    private static boolean hasEncodedSlash(String raw) {
        for (int i = raw.indexOf('%'); i >= 0; i = raw.indexOf('%', i + 1)) {
            if (raw.regionMatches(true, i, "%2f", 0, 3) || raw.regionMatches(true, i, "%5c", 0, 3)) {
                return true;
            }
        }
        return false;
    }

    /** Percent-decoded as UTF-8, strictly; {@code null} if it is not. */
    static String decode(String raw) {
        if (raw.indexOf('%') < 0) {
            return raw;
        }
        try {
            ByteBuffer in = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(raw));
            ByteBuffer out = ByteBuffer.allocate(in.remaining());
            while (in.hasRemaining()) {
                byte b = in.get();
                if (b == '%') {
                    if (in.remaining() < 2) {
                        return null;
                    }
                    int high = Character.digit(in.get(), 16);
                    int low = Character.digit(in.get(), 16);
                    if (high < 0 || low < 0) {
                        return null;
                    }
                    b = (byte) (high << 4 | low);
                }
                out.put(b);
            }
            out.limit(out.position());
            out.position(0);
            return StandardCharsets.UTF_8.newDecoder().decode(out).toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private static boolean isHex(String text, int at) {
        return at < text.length() && text.charAt(at) < 128 && Character.digit(text.charAt(at), 16) >= 0;
    }
}
