/**
 * Loads implementations of the SPI from jars, each isolated from the application and from the agent's own libraries. An
 * extension that fails is reported and left out; no exception of it reaches a request.
 */
package io.maintenanceagent.extension;
