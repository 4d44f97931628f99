/**
 * Adapters of schedulers: a repeating tick is skipped in maintenance, and what is to run once is held until its end.
 */
package io.maintenanceagent.work.schedule;
