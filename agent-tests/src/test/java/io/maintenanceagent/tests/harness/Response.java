package io.maintenanceagent.tests.harness;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * An HTTP response as it came over the wire.
 *
 * @param status the status code
 * @param headers in the order they came
 * @param body the body without its transfer encoding
 */
public record Response(int status, List<Header> headers, byte[] body) {

    /** A header line. */
    public record Header(String name, String value) {}

    /** All values of a header, whatever the case of its name. */
    public List<String> all(String name) {
        return headers.stream()
                .filter(header -> header.name.equalsIgnoreCase(name))
                .map(Header::value)
                .toList();
    }

    /** The value of a header; {@code null} if it does not come, the values joined by " | " if it comes more often. */
    public String header(String name) {
        List<String> values = all(name);
        return values.isEmpty() ? null : String.join(" | ", values);
    }

    /** The body as UTF-8. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** Whether the server said that it closes the connection. */
    public boolean closes() {
        return Optional.ofNullable(header("Connection"))
                .orElse("")
                .toLowerCase()
                .contains("close");
    }

    @Override
    public String toString() {
        String text = text();
        return status + " " + headers + "\n" + (text.length() > 500 ? text.substring(0, 500) + "…" : text);
    }
}
