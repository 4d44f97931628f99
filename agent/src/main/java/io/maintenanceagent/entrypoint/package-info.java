/**
 * The table of entry points: class, method, descriptor, how it is woven, and which adapter reads the request. Only
 * data: weaving, hook dispatch, attach and tests read it, and it uses the JDK alone.
 */
package io.maintenanceagent.entrypoint;
