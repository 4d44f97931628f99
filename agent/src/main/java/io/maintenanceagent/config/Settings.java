package io.maintenanceagent.config;

import io.maintenanceagent.entrypoint.WorkKind;
import io.maintenanceagent.report.ErrorReporter;
import java.io.File;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The agent's settings. Each is the first one found of the agent's argument ({@code key=value,key=value}), the system
 * property {@code maintenance.KEY}, and the environment variable {@code MAINTENANCE_KEY}.
 *
 * <p>A setting that cannot be used is reported and ignored. Unknown keys are reported in the argument alone: the other
 * two are shared with the application. Immutable; safe for any thread.
 */
public final class Settings {

    /** What {@link #guards} knows of requests. */
    public static final String HTTP = "http";

    private final Boolean enable;
    private final File file;
    private final URI store;
    private final String env;
    private final File policy;
    private final File extensions;
    private final String app;
    private final File audit;
    private final List<String> guard;

    private Settings(SettingReader source) {
        this.enable = source.enable();
        this.file = source.file();
        this.store = source.store();
        this.env = source.env();
        this.policy = source.path(SettingReader.POLICY);
        this.extensions = source.path(SettingReader.EXTENSIONS);
        this.app = source.app();
        this.audit = source.path(SettingReader.AUDIT);
        this.guard = source.guard();
    }

    /**
     * Reads the settings.
     *
     * @param argument the agent's argument, or {@code null}
     * @param properties the system properties, by name
     * @param environment the environment variables, by name
     * @param errors where bad settings are reported
     */
    public static Settings read(
            String argument, Lookup properties, Map<String, String> environment, ErrorReporter errors) {
        return new Settings(new SettingReader(SettingReader.split(argument, errors), properties, environment, errors));
    }

    /**
     * Compares these settings with another argument.
     *
     * @param argument an agent's argument, or {@code null}
     * @param properties the system properties, by name
     * @param environment the environment variables, by name
     * @param errors where bad settings are reported
     * @return the keys in the argument that have another value here
     */
    public List<String> differences(
            String argument, Lookup properties, Map<String, String> environment, ErrorReporter errors) {
        Map<String, String> wanted = SettingReader.split(argument, errors);
        Map<String, Object> there = new Settings(new SettingReader(wanted, properties, environment, errors)).values();
        Map<String, Object> here = values();
        List<String> different = new ArrayList<String>();
        for (String key : wanted.keySet()) {
            if (!Objects.equals(there.get(key), here.get(key))) {
                different.add(key);
            }
        }
        return different;
    }

    private Map<String, Object> values() {
        Map<String, Object> values = new HashMap<String, Object>();
        values.put(SettingReader.ENABLE, enable);
        values.put(SettingReader.FILE, file);
        values.put(SettingReader.STORE, store);
        values.put(SettingReader.ENV, env);
        values.put(SettingReader.POLICY, policy);
        values.put(SettingReader.EXTENSIONS, extensions);
        values.put(SettingReader.APP, app);
        values.put(SettingReader.AUDIT, audit);
        values.put(SettingReader.GUARD, new HashSet<String>(guard));
        return values;
    }

    /** Where a system property is looked up; {@code null} for one that is not set, or may not be read. */
    public interface Lookup {

        /**
         * Returns the value of a property, or {@code null}.
         *
         * @param name a property's name
         */
        String get(String name);
    }

    /** Returns the setting {@code enable}, which precedes any store; {@code null} to ask the store. */
    public Boolean enable() {
        return enable;
    }

    /** Returns the state file, absolute: the store that is left when the one that is set cannot be opened. */
    public File file() {
        return file;
    }

    /** Returns the URI of the store, perhaps one that no store understands; {@code null} for {@link #file}. */
    public URI store() {
        return store;
    }

    /** Returns the URI of the store as messages name it, without a password. */
    public String storeName() {
        return SettingReader.withoutPassword(String.valueOf(store));
    }

    /** Returns where the state comes from, as messages name it: a path, or a URI without a password. */
    public String source() {
        return store == null ? file.getPath() : storeName();
    }

    /** Returns the name of the environment variable that gives the state while no store says anything. */
    public String env() {
        return env;
    }

    /** Returns the policy file, absolute, or {@code null}. */
    public File policy() {
        return policy;
    }

    /** Returns the directory of jars with implementations of the SPI, or {@code null}. */
    public File extensions() {
        return extensions;
    }

    /** Returns the name that this JVM reports under. */
    public String app() {
        return app;
    }

    /** Returns the file that gets a line for each change of state, or {@code null}. */
    public File audit() {
        return audit;
    }

    /**
     * Returns whether the agent guards a kind of work.
     *
     * @param kind a kind of work, {@link #HTTP} for requests
     */
    public boolean guards(String kind) {
        return guard.contains(kind);
    }

    /** Returns the kinds of work that the agent guards besides requests. */
    public List<WorkKind> guardedWork() {
        if (guard.size() == 1 && guard.contains(HTTP)) {
            return Collections.emptyList(); // without loading a class for it
        }
        List<WorkKind> kinds = new ArrayList<WorkKind>();
        for (WorkKind kind : WorkKind.values()) {
            if (guard.contains(kind.guard())) {
                kinds.add(kind);
            }
        }
        return kinds;
    }
}
