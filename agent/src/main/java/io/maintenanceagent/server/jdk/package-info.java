/**
 * Reads and answers requests of the JDK's HttpServer, and of what is published on it. It uses what adapters share in
 * {@code server}, and no other server's package.
 */
package io.maintenanceagent.server.jdk;
