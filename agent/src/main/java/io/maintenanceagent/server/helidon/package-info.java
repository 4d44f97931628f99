/**
 * Reads and answers requests of Helidon 4, whose routing runs on the connection's virtual thread and may wait. It meets
 * Helidon by method handles on its public types, and uses no other server's package.
 */
package io.maintenanceagent.server.helidon;
