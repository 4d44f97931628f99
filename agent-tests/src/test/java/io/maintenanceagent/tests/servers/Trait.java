package io.maintenanceagent.tests.servers;

/** What not every server has. */
enum Trait {
    /** JSPs. */
    PAGES,

    /** FORM login that forwards to its page; where it redirects, the container answers before any servlet or filter. */
    LOGIN
}
