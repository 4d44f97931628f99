/**
 * Reads requests and sends responses through the servlet API, {@code javax} and {@code jakarta} alike, by method
 * handles. No other package touches objects of the servlet API, and nothing here refers to their types at compile time.
 */
package io.maintenanceagent.server.servlet;
