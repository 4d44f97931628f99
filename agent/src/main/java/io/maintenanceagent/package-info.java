/**
 * The classes that a JVM or a shell starts the agent by: {@code premain}, {@code agentmain}, {@code main}. They hand
 * over to {@code boot} or to {@code cli} and decide nothing themselves.
 */
package io.maintenanceagent;
