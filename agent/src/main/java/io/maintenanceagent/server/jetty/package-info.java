/**
 * Reads and answers requests at Jetty's own entry points, from Jetty 9 to Jetty 12. It uses what adapters share in
 * {@code server} and {@code server.servlet}, and no other server's package.
 */
package io.maintenanceagent.server.jetty;
