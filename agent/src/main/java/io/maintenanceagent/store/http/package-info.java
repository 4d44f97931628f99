/**
 * A small HTTP/1.1 client, of sockets alone. The JDK's own initialises {@code java.util.logging} where an application
 * configures that, which must not happen before the application does it; it cannot be stopped while it reads; and what
 * an application sets for all of the JVM (logins, cookies, proxies) would take part.
 */
package io.maintenanceagent.store.http;
