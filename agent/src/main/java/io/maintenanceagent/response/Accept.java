package io.maintenanceagent.response;

import java.util.List;

/**
 * Chooses the representation that a client prefers by {@code Accept} (RFC 9110 section 12.5.1). The weight of a
 * representation is that of the most specific range that matches it; the highest weight is chosen. Among equals
 * precedes the one that is named more exactly, then the one named first, then the server's order: JSON for
 * {@code *}{@code /*}. JSON when nothing fits, since an unexpected body says more than a 406 would.
 */
final class Accept {

    // How exactly a range names a representation.
    private static final int NOT = -1;
    private static final int ANY = 0;
    private static final int ANY_SUBTYPE = 1;
    /**
     * The type, but a charset, version or level that is not ours: better than a wildcard, worse than the type alone.
     */
    private static final int OTHER_PARAMETERS = 2;

    private static final int EXACT = 3;
    private static final int EXACT_PARAMETERS = 4;

    private static final String[] URL_CONNECTIONS = {"text/html", "image/gif", "image/jpeg"};

    private static final Representation[] FORMS = Representation.values();

    private Accept() {}

    /**
     * Returns the representation to send.
     *
     * @param accept the header's value, or {@code null}
     */
    static Representation preferred(String accept) {
        if (accept == null || accept.equals("*/*")) {
            return Representation.JSON;
        }
        List<QualityList.Element> ranges = QualityList.parse(accept);
        if (isUrlConnections(ranges)) {
            return Representation.JSON;
        }
        Representation best = Representation.JSON;
        float bestQuality = 0;
        int bestMatch = NOT;
        int bestPosition = 0;
        for (Representation form : FORMS) {
            float quality = 0;
            int match = NOT;
            int position = 0;
            for (int i = 0; i < ranges.size(); i++) {
                int here = match(ranges.get(i), form);
                if (here > match) {
                    match = here;
                    quality = ranges.get(i).quality;
                    position = i;
                }
            }
            boolean better = quality > bestQuality
                    || quality == bestQuality
                            && quality > 0
                            && (match > bestMatch || match == bestMatch && position < bestPosition);
            if (better) {
                best = form;
                bestQuality = quality;
                bestMatch = match;
                bestPosition = position;
            }
        }
        return best;
    }

    /**
     * Whether it is what {@code java.net.HttpURLConnection} sends for programs that say nothing, and no browser does:
     * {@code text/html, image/gif, image/jpeg, *; q=.2, *}{@code /*; q=.2} until Java 17, then without the first star.
     */
    private static boolean isUrlConnections(List<QualityList.Element> ranges) {
        if (ranges.size() <= URL_CONNECTIONS.length) {
            return false;
        }
        for (int i = 0; i < ranges.size(); i++) {
            QualityList.Element range = ranges.get(i);
            boolean wildcard = range.value.equals("*") || range.value.equals("*/*");
            boolean same = i < URL_CONNECTIONS.length
                    ? range.value.equals(URL_CONNECTIONS[i]) && range.quality == 1 && range.parameters.isEmpty()
                    : wildcard && range.quality > 0.19f && range.quality < 0.21f;
            if (!same) {
                return false;
            }
        }
        return true;
    }

    private static int match(QualityList.Element range, Representation form) {
        String value = range.value;
        boolean wildcards = form != Representation.EVENTS;
        if (value.equals("*/*") || value.equals("*")) { // the second is HttpURLConnection's
            return wildcards ? ANY : NOT;
        }
        int slash = value.indexOf('/');
        if (slash != form.type.length() || !value.regionMatches(true, 0, form.type, 0, slash)) {
            return NOT;
        }
        int rest = value.length() - slash - 1;
        if (rest == 1 && value.charAt(slash + 1) == '*') {
            return wildcards ? ANY_SUBTYPE : NOT;
        }
        if (rest != form.subtype.length() || !value.regionMatches(true, slash + 1, form.subtype, 0, rest)) {
            return NOT;
        }
        if (range.parameters.isEmpty()) {
            return EXACT;
        }
        String parameters = range.parameters.replace("\"", "");
        return parameters.equalsIgnoreCase("charset=utf-8") ? EXACT_PARAMETERS : OTHER_PARAMETERS;
    }
}
