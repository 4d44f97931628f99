/**
 * The agent as an MBean. The only package that may use {@code javax.management} and {@code java.lang.management}, and
 * never before a server has set up its own management.
 */
package io.maintenanceagent.jmx;
