/**
 * Spring WebFlux on any server: how a request is read, how its answer becomes the publisher that the server subscribes
 * to, and when the publisher of a request that was let in has ended. It meets Spring and Reactor by method handles on
 * their public types, and never waits: its thread may be an event loop.
 */
package io.maintenanceagent.server.webflux;
