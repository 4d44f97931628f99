package io.maintenanceagent.store;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A state in an environment variable, which decides while the store gives none. The environment of a running JVM does
 * not change, so it is read once, and never written.
 */
public final class EnvironmentVariable {

    private final String variable;
    private final Map<String, String> environment;

    /**
     * @param variable the variable's name
     * @param environment the environment
     */
    public EnvironmentVariable(String variable, Map<String, String> environment) {
        this.variable = variable;
        this.environment = environment;
    }

    /** Returns the value as UTF-8; {@code null} if the variable is not set. */
    public byte[] read() {
        String value = environment.get(variable);
        return value == null ? null : value.getBytes(StandardCharsets.UTF_8);
    }

    /** Returns what the variable is called in messages. */
    public String name() {
        return "environment variable " + variable;
    }
}
