/**
 * What each request is read by: compiled against the servlet API, in both namespaces, and loaded beside the
 * application's own. Method handles would do as well, and do, but a chain of them makes a dozen classes at the first
 * request, and costs each one twice as much.
 */
package io.maintenanceagent.server.servlet.reader;
