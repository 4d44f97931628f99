package io.maintenanceagent.response;

/** An HTTP response that is ready to be sent. Immutable but for its arrays, which are not to be changed. */
public final class RenderedResponse {

    private final int status;
    private final String[] headers;
    private final String contentType;
    private final byte[] body;

    /**
     * @param status the status code
     * @param headers names and values in turn, each name once
     * @param contentType the value of {@code Content-Type}; {@code null} with no body
     * @param body the body; {@code null} where the status allows none
     */
    RenderedResponse(int status, String[] headers, String contentType, byte[] body) {
        this.status = status;
        this.headers = headers;
        this.contentType = contentType;
        this.body = body;
    }

    /** Returns the status code. */
    public int status() {
        return status;
    }

    /** Returns the names and values of the headers in turn; shared, not to be changed. */
    public String[] headers() {
        return headers;
    }

    /**
     * Returns the value of a header, or {@code null} if it is not sent.
     *
     * @param name a header's name, in the case that it is sent in
     */
    public String header(String name) {
        for (int i = 0; i < headers.length; i += 2) {
            if (headers[i].equals(name)) {
                return headers[i + 1];
            }
        }
        return null;
    }

    /** Returns the value of {@code Content-Type}, or {@code null} if there is no body. */
    public String contentType() {
        return contentType;
    }

    /** Returns the body; shared, not to be changed; {@code null} if there is none, not even an empty one. */
    public byte[] body() {
        return body;
    }
}
