/**
 * What a refused request is sent: representations, languages, the HTML page, policy files, CORS. Pure, but for texts of
 * the agent's own jar: it renders bytes and headers, and leaves sending them to a {@code ResponseSink}.
 */
package io.maintenanceagent.response;
