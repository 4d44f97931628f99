package io.maintenanceagent.tests.servers;

import java.io.IOException;

/** How a kind of server is set up with the test application, and started. Stateless. */
interface Launch {

    /** Where its users put the agent's option, for the table. */
    String agentIn();

    /**
     * Sets the server up in the deployment's directory.
     *
     * @param server its files, which stay as they are
     * @param deployment what it gets and where
     * @return the command that runs it, in the foreground
     */
    ServerCommand prepare(Distribution server, Deployment deployment) throws IOException;
}
