/**
 * Reads the settings, and the policy with the files that it names, in the same way for the agent and for the command
 * line. What cannot be used is reported, or thrown to the caller, and never ends the JVM.
 */
package io.maintenanceagent.config;
