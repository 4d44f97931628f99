package io.maintenanceagent.tests.harness;

import java.nio.file.Path;

/**
 * The application in {@code src/app}: an ordinary web application that has never heard of the agent, built once for
 * each namespace and test run. Thread-safe.
 */
public final class TestApplication {

    /** Itself. */
    public static final WebApplication APPLICATION = new WebApplication("app");

    private TestApplication() {}

    /** The exploded WAR. Not to be changed. */
    public static Path exploded(Namespace namespace) {
        return APPLICATION.exploded(namespace);
    }

    /** A packed WAR, written to the given file. */
    public static Path packed(Namespace namespace, Path file) {
        return APPLICATION.packed(namespace, file);
    }
}
