/**
 * A state under a key of Redis, with the instance reports beside it: one server, sentinels, or a cluster. A server that
 * does not answer never blocks longer than the client's time limits.
 *
 * <p>From bottom to top: commands and replies ({@code RespReader}), a connection, {@code Topology} (which server holds
 * the key), the client (connecting again, going where it is sent), and the store, which believes a server or not
 * ({@code ReadingHistory}).
 */
package io.maintenanceagent.store.redis;
