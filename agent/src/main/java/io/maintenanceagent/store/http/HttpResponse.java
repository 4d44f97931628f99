package io.maintenanceagent.store.http;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/** A server's whole response. Immutable but for its body, which is not to be changed. */
public final class HttpResponse {

    /** How much of a body is quoted, in characters. */
    private static final int QUOTE = 200;

    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;

    /**
     * @param status the status code
     * @param headers the headers, by their names in lower case
     * @param body the body
     */
    HttpResponse(int status, Map<String, String> headers, byte[] body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    /** Returns the status code. */
    public int status() {
        return status;
    }

    /**
     * Returns the last header of this name, or {@code null} if there is none.
     *
     * @param name a name in any case
     */
    public String header(String name) {
        return headers.get(name.toLowerCase(Locale.ROOT));
    }

    /** Returns the body, empty if there is none. */
    public byte[] body() {
        return body;
    }

    /** Returns the failure that this response is. */
    public HttpFailure toFailure() {
        return new HttpFailure(status, "answers " + status + quote());
    }

    /** Returns the first line of a text body in parentheses, behind a blank; empty where there is none. */
    public String quote() {
        String type = header("Content-Type");
        boolean isText = type == null || !type.contains("html");
        String line = isText ? new String(body, StandardCharsets.UTF_8).trim().split("[\r\n]", 2)[0] : "";
        if (line.length() > QUOTE) {
            line = line.substring(0, QUOTE) + "…";
        }
        return line.isEmpty() ? "" : " (" + line + ")";
    }
}
