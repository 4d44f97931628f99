/**
 * The agent's handlers in Netty's pipelines. This package alone is compiled against Netty (4.1; 4.2 and the later
 * versions of 4.0 have the same methods), and loaded beside each Netty that serves requests. What belongs to a
 * connection is used by its event loop only, which never waits.
 */
package io.maintenanceagent.server.netty.handler;
