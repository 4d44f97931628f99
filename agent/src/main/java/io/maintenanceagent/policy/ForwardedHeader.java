package io.maintenanceagent.policy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads {@code Forwarded} (RFC 7239 section 4), as a whole or not at all: an open quotation mark of a client must not
 * hide what a proxy wrote behind it. Stateless.
 */
final class ForwardedHeader {

    /** More than any server takes by default. */
    static final int MAX_CHARS = 64 * 1024;

    private final String text;
    private final List<Map<String, String>> elements = new ArrayList<Map<String, String>>();
    private int at;

    private ForwardedHeader(String text) {
        this.text = text;
    }

    /**
     * Returns the parameters of each element, in their order, by their names in lower case; {@code null} if the header
     * is malformed, or longer than {@value #MAX_CHARS} characters.
     *
     * @param lines the header's values
     */
    static List<Map<String, String>> elements(List<String> lines) {
        String text = lines.size() == 1 ? lines.get(0) : String.join(",", lines);
        ForwardedHeader header = new ForwardedHeader(text);
        return text.length() <= MAX_CHARS && header.parse() ? header.elements : null;
    }

    private boolean parse() {
        do {
            Map<String, String> element = new HashMap<String, String>();
            do {
                skipSpace();
                String name = token().toLowerCase(Locale.ROOT);
                if (name.isEmpty() || !next('=')) {
                    return false;
                }
                String value = at < text.length() && text.charAt(at) == '"' ? quoted() : token();
                // Section 4: a parameter occurs once in an element.
                if (value == null || value.isEmpty() || element.put(name, value) != null) {
                    return false;
                }
                skipSpace();
            } while (next(';'));
            elements.add(element);
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
