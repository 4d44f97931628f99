/**
 * Work that is no request: what the hook tells of it, the decision whether it may begin, and which of it is running.
 * Loaded only where the setting {@code guard} names such work. An adapter for each framework is in a package of its
 * kind.
 */
package io.maintenanceagent.work;
