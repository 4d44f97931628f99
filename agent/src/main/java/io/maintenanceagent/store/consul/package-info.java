/** A state under a key of Consul's key/value store. */
package io.maintenanceagent.store.consul;
