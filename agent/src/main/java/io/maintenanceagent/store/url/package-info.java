/** A state that a web server, a bucket or a configuration server gives under a URL. */
package io.maintenanceagent.store.url;
