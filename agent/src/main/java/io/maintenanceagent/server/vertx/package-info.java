/**
 * Vert.x Web: how a request is read and answered before its router. It meets Vert.x by method handles on its public
 * interfaces, sets none of the handlers that belong to the application, and never waits: its thread is an event loop.
 */
package io.maintenanceagent.server.vertx;
