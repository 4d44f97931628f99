/**
 * gRPC on any transport: how a call is read, and closed as unavailable. It meets gRPC by method handles on its public
 * types, and never waits: its thread may be an event loop.
 */
package io.maintenanceagent.server.grpc;
