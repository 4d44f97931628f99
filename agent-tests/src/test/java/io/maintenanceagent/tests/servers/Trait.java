package io.maintenanceagent.tests.servers;

/** What is not the same with every server. */
enum Trait {
    /** JSPs. */
    PAGES,

    /** FORM login that is refused before or at its page. */
    LOGIN,

    /** Entries of its own that are woven, so that what it answers itself is refused. */
    OWN_ENTRIES,

    /** A port of its own for those who manage the server, which stays open to them. */
    MANAGEMENT,

    /** A second application, below {@code /basic}, that asks for BASIC credentials. */
    BASIC,

    /** Nothing is left that the server answers itself, its welcome page included. */
    NO_OWN_ANSWERS,

    /** A welcome page that the server's core has, and that is let alone while rules ask for servlets. */
    WELCOME_FILE,

    /**
     * One servlet through which all requests come, and behind which the application's servlets are none of the
     * container.
     */
    ONE_SERVLET,

    /**
     * The authority of an absolute target replaces the header {@code Host} (RFC 9112, section 3.2.2): nobody behind the
     * server can read another host.
     */
    REPLACES_HOST
}
