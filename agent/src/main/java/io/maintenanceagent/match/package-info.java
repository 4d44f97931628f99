/**
 * Patterns of paths, hosts, networks and texts, and indexes of many patterns. Pure: no files, no network. The time of a
 * match is bounded, whatever pattern and input are.
 */
package io.maintenanceagent.match;
