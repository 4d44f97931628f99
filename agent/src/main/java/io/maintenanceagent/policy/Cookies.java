package io.maintenanceagent.policy;

import io.maintenanceagent.api.RequestView;
import java.util.ArrayList;
import java.util.List;

/** Reads the cookies of a request (RFC 6265, section 4.2), without decoding anything. Stateless. */
final class Cookies {

    /** How much is read of a request's cookies, in characters: more than servers take by default. */
    static final int MAX_CHARS = 64 * 1024;

    private Cookies() {}

    /** The values of all cookies of a name, in their order. */
    static List<String> values(RequestView request, String name) {
        List<String> values = new ArrayList<String>();
        int left = MAX_CHARS;
        for (String line : request.headers("Cookie")) {
            add(line.length() > left ? line.substring(0, left) : line, name, values);
            left -= Math.min(left, line.length());
        }
        return values;
    }

    private static void add(String cookies, String name, List<String> to) {
        for (int begin = 0; begin < cookies.length(); ) {
            int end = cookies.indexOf(';', begin);
            end = end < 0 ? cookies.length() : end;
            while (begin < end && (cookies.charAt(begin) == ' ' || cookies.charAt(begin) == '\t')) {
                begin++;
            }
            int value = begin + name.length() + 1;
            if (value <= end && cookies.startsWith(name, begin) && cookies.charAt(value - 1) == '=') {
                to.add(cookies.substring(value, end).trim());
            }
            begin = end + 1;
        }
    }
}
