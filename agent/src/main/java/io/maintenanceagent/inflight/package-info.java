/**
 * Counts the in-flight requests exactly, and tells which they are. It takes no lock on a request's way and knows no
 * server: what it keeps of a request is a {@code RequestView}.
 */
package io.maintenanceagent.inflight;
