package io.maintenanceagent.response;

import java.util.ArrayList;
import java.util.List;

/**
 * A list header whose elements have weights (RFC 9110 section 12.4.2): {@code Accept}, {@code Accept-Language}.
 *
 * <p>Elements that are not well-formed are left out, as if they were not there. Only the first {@value #MAX_CHARS}
 * characters and {@value #MAX_ELEMENTS} elements count: so the time that a hostile header costs is bounded.
 */
final class QualityList {

    static final int MAX_CHARS = 4096;
    static final int MAX_ELEMENTS = 64;

    /** One element: what comes before the weight, and the weight. */
    static final class Element {
        /** The value without parameters, in no particular case. */
        final String value;

        /** What stands between the value and the weight, trimmed; {@code ""} for none. */
        final String parameters;

        /** From 0 to 1. */
        final float quality;

        Element(String value, String parameters, float quality) {
            this.value = value;
            this.parameters = parameters;
            this.quality = quality;
        }
    }

    private QualityList() {}

    static List<Element> parse(String header) {
        List<Element> elements = new ArrayList<Element>();
        int end = Math.min(header.length(), MAX_CHARS);
        for (int begin = 0; begin < end && elements.size() < MAX_ELEMENTS; ) {
            int comma = next(header, ',', begin, end);
            if (comma == end && end < header.length()) {
                break; // cut off in the middle
            }
            add(header, begin, comma, elements);
            begin = comma + 1;
        }
        return elements;
    }

    private static void add(String header, int begin, int end, List<Element> elements) {
        int semicolon = next(header, ';', begin, end);
        String value = header.substring(begin, semicolon).trim();
        StringBuilder parameters = null;
        float quality = 1;
        for (int at = semicolon + 1; at < end; ) {
            int stop = next(header, ';', at, end);
            String parameter = header.substring(at, stop).trim();
            if (parameter.startsWith("q=") || parameter.startsWith("Q=")) {
                quality = quality(parameter.substring(2).trim());
                break; // what follows was an extension, which RFC 9110 has dropped
            }
            if (!parameter.isEmpty()) {
                parameters = parameters == null ? new StringBuilder() : parameters.append(';');
                parameters.append(parameter);
            }
            at = stop + 1;
        }
        if (quality >= 0 && !value.isEmpty()) {
            elements.add(new Element(value, parameters == null ? "" : parameters.toString(), quality));
        }
    }

    /** The next such character outside of quotes, or the end. */
    private static int next(String text, char wanted, int begin, int end) {
        boolean quoted = false;
        for (int i = begin; i < end; i++) {
            char c = text.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (quoted && c == '\\') {
                i++;
            } else if (!quoted && c == wanted) {
                return i;
            }
        }
        return end;
    }

    /** Lenient about {@code .2} (HttpURLConnection) and more than three digits; -1 for what is no weight at all. */
    private static float quality(String text) {
        float value = 0;
        float unit = 1;
        boolean point = false;
        boolean digits = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.' && !point) {
                point = true;
            } else if (c < '0' || c > '9') {
                return -1;
            } else if (point) {
                unit /= 10;
                value += (c - '0') * unit;
                digits = true;
            } else {
                value = value * 10 + (c - '0');
                digits = true;
            }
        }
        return digits && value <= 1 ? value : -1;
    }
}
