/**
 * What the hook calls at an outermost entry point: registers a request as in flight, has it decided, then lets it in or
 * refuses it. It reads one enforcement snapshot for each decision. No exception of it reaches the application: faults
 * fail open and are reported.
 */
package io.maintenanceagent.intercept;
