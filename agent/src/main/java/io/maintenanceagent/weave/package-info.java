/**
 * Finds the methods to weave in a class file, and weaves them, by ASM. It loads no class of the application, takes no
 * lock and prints nothing: it runs while classes are being loaded.
 */
package io.maintenanceagent.weave;
