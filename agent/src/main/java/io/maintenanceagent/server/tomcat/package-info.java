/**
 * Reads and answers requests at Tomcat's own entry points. It uses what adapters share in {@code server} and
 * {@code server.servlet}, and no other server's package.
 */
package io.maintenanceagent.server.tomcat;
