package io.maintenanceagent.tests.servers;

import io.maintenanceagent.tests.harness.TestApplication;
import io.maintenanceagent.tests.harness.WebApplication;

/**
 * What a server serves below {@code /shop}.
 *
 * @param war its sources
 * @param agentOptions further settings of the agent, each behind a comma
 */
record Application(WebApplication war, String agentOptions) {

    /** The one that has never heard of the agent, and has no beans. */
    static final Application SHOP = new Application(TestApplication.APPLICATION, "");
}
