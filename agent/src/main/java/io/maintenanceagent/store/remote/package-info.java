/**
 * What stores on other machines have in common: their URIs, logins, TLS, and how long they wait after a failure. Knows
 * no protocol.
 */
package io.maintenanceagent.store.remote;
