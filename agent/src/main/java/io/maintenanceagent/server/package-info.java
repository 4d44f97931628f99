/**
 * What the adapters of all servers share: {@code Exchange}, {@code ResponseSink}, and how types and method handles of a
 * server are found. It knows no server by name, and loads no class of the application.
 */
package io.maintenanceagent.server;
