package io.maintenanceagent.tests.servers;

/** What is not the same with every server. */
enum Trait {
    /** JSPs. */
    PAGES,

    /** FORM login that forwards to its page; where it redirects, the container answers before any servlet or filter. */
    LOGIN,

    /** One servlet through which all requests come, and behind which the application's servlets are none of the container. */
    ONE_SERVLET
}
