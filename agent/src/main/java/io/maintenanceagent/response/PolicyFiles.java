package io.maintenanceagent.response;

import java.io.IOException;

/** The files that a policy names beside itself. */
public interface PolicyFiles {

    /**
     * Returns a file's content, decoded as UTF-8.
     *
     * @param name a file name, relative to the policy file
     * @throws IOException if it cannot be read; the message says why, and reads well behind the name
     */
    String read(String name) throws IOException;
}
