package io.maintenanceagent.store;

import io.maintenanceagent.api.StateStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A state in an environment variable, which decides while no other store gives a state. The environment of a running
 * JVM does not change, so it is read and never written.
 */
public final class EnvironmentStore implements StateStore {

    private final String variable;
    private final Map<String, String> environment;

    /**
     * @param variable the variable's name
     * @param environment the environment
     */
    public EnvironmentStore(String variable, Map<String, String> environment) {
        this.variable = variable;
        this.environment = environment;
    }

    @Override
    public byte[] read() {
        String value = environment.get(variable);
        return value == null ? null : value.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void awaitChange() throws InterruptedException {
        Thread.sleep(Long.MAX_VALUE);
    }

    @Override
    public boolean compareAndSet(byte[] expected, byte[] content) throws IOException {
        throw readOnly();
    }

    @Override
    public boolean wantsReports() {
        return false;
    }

    @Override
    public void report(String instance, byte[] report, long ttlMillis) throws IOException {
        throw readOnly();
    }

    @Override
    public void withdraw(String instance) throws IOException {
        throw readOnly();
    }

    @Override
    public Map<String, byte[]> instances() throws IOException {
        throw readOnly();
    }

    private IOException readOnly() {
        return new IOException("cannot be changed from outside a running process; use a file or a shared store");
    }

    @Override
    public String name() {
        return "environment variable " + variable;
    }

    @Override
    public void close() {}
}
