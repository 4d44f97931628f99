/**
 * Counts errors and prints each of them once on standard error. Every part of the agent may report; reporting never
 * blocks and never throws.
 */
package io.maintenanceagent.report;
