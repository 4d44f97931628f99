/**
 * Adapters of message consumers: in maintenance nothing more is taken from the broker, nothing is acknowledged, and
 * connections and group memberships stay.
 */
package io.maintenanceagent.work.message;
