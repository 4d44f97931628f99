/**
 * Open WebSockets and event streams, which outlive the flip that refuses them: counts them, and closes them after a
 * grace where the policy asks for it.
 */
package io.maintenanceagent.socket;
