/**
 * The state and the instances as the command line sees them: reading and changing a store, who reports to it, waiting
 * until all of them enforce a change, and how that is shown. Knows no options.
 */
package io.maintenanceagent.cli.state;
