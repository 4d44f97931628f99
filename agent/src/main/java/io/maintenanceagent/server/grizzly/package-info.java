/**
 * Reads and answers requests at Grizzly's own entry points, alone and below GlassFish and Payara. It uses what adapters
 * share in {@code server}, and no other server's package.
 */
package io.maintenanceagent.server.grizzly;
