/**
 * HTTP servers on Netty, and what is built on them (Reactor Netty, Vert.x, Micronaut, Ktor, Play): finds the pipelines
 * that requests come through, and puts the agent's handlers into them. What touches Netty lies in the package
 * {@code handler}, which is loaded beside it.
 */
package io.maintenanceagent.server.netty;
