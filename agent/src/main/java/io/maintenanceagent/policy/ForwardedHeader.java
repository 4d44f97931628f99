package io.maintenanceagent.policy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Reads {@code Forwarded} (RFC 7239 section 4), all of it or nothing: a quotation mark that a client left open must not
 * swallow what a proxy wrote behind it. Stateless.
 */
final class ForwardedHeader {

    private final String text;
    private final List<String> values = new ArrayList<String>();
    private int at;

    private ForwardedHeader(String text) {
        this.text = text;
    }

    /**
     * @param lines the header's values
     * @return what stands behind each {@code for=}, in their order, {@code ""} for an element without one; {@code null}
     *     if the header is malformed
     */
    static List<String> forValues(List<String> lines) {
        ForwardedHeader header = new ForwardedHeader(String.join(",", lines));
        return header.elements() ? header.values : null;
    }

    private boolean elements() {
        do {
            Set<String> seen = new HashSet<String>();
            String forValue = "";
            do {
                skipSpace();
                String name = token().toLowerCase(Locale.ROOT);
                // Section 4: a parameter is there once in an element.
                if (name.isEmpty() || !next('=') || !seen.add(name)) {
                    return false;
                }
                String value = at < text.length() && text.charAt(at) == '"' ? quoted() : token();
                if (value == null || value.isEmpty()) {
                    return false;
                }
                if (name.equals("for")) {
                    forValue = value;
                }
                skipSpace();
            } while (next(';'));
            values.add(forValue);
        } while (next(','));
        return at == text.length();
    }

    /** A token (RFC 9110 section 5.6.2), and the colon that proxies forget to quote. */
    private String token() {
        int begin = at;
        while (at < text.length()) {
            char c = text.charAt(at);
            boolean letterOrDigit = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (!letterOrDigit && "!#$%&'*+-.^_`|~:".indexOf(c) < 0) {
                break;
            }
            at++;
        }
        return text.substring(begin, at);
    }

    private String quoted() {
        StringBuilder value = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"') {
                at++;
                return value.toString();
            }
            if (c == '\\' && ++at < text.length()) {
                c = text.charAt(at);
            }
            value.append(c);
        }
        return null;
    }

    private boolean next(char c) {
        if (at < text.length() && text.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    private void skipSpace() {
        while (next(' ') || next('\t')) {
            // as often as there is one
        }
    }
}
