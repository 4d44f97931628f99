/** A state under a key of an etcd cluster, version 3.4 or later, by its JSON gateway. */
package io.maintenanceagent.store.etcd;
