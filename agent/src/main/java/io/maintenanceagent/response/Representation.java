package io.maintenanceagent.response;

/** The representations that a body can have. The order is the server's preference among those of the same weight. */
enum Representation {
    JSON("application", "json", "application/json"),
    /** RFC 9457. */
    PROBLEM("application", "problem+json", "application/problem+json"),
    HTML("text", "html", "text/html;charset=utf-8"),
    TEXT("text", "plain", "text/plain;charset=utf-8"),
    /** Server-sent events; only for clients that name it, since others cannot read it. */
    EVENTS("text", "event-stream", "text/event-stream;charset=utf-8");

    final String type;
    final String subtype;

    /** The value of {@code Content-Type}. JSON has no charset parameter (RFC 8259 section 11). */
    final String contentType;

    Representation(String type, String subtype, String contentType) {
        this.type = type;
        this.subtype = subtype;
        this.contentType = contentType;
    }

    /** Returns the media type without parameters. */
    String mediaType() {
        return type + "/" + subtype;
    }
}
