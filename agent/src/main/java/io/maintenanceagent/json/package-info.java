/**
 * Reads JSON so that each error tells its JSON pointer, line and column. Pure: no files and no network. Classes of
 * Jackson are loaded only where there is JSON to read.
 */
package io.maintenanceagent.json;
