/**
 * A state under a key of a Redis server, with the instance reports beside it. Only this package uses Jedis. A server
 * that does not answer never blocks longer than the client's time limits.
 */
package io.maintenanceagent.store.redis;
