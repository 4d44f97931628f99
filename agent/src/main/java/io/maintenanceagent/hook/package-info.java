/**
 * The hook that woven methods call. It is defined again as a class of {@code java.lang}, so it uses {@code java.base}
 * only, has no inner class and no lambda, and never throws.
 */
package io.maintenanceagent.hook;
