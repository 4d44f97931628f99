package io.maintenanceagent.config;

import io.maintenanceagent.report.ErrorReporter;
import io.maintenanceagent.state.SwitchWords;
import java.io.File;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * The agent's settings. Each may come, the first one found, from the agent's argument ({@code key=value,key=value}),
 * the system property {@code maintenance.KEY}, or the environment variable {@code MAINTENANCE_KEY}.
 *
 * <p>A setting that cannot be used is reported and counts as not given. Keys that do not exist are looked for in the
 * argument alone: it is the only one of the three that belongs to the agent. Immutable; safe for any thread.
 */
public final class Settings {

    private static final String ENABLE = "enable";
    private static final String FILE = "file";
    private static final String ENV = "env";
    private static final String STORE = "store";
    private static final String POLICY = "policy";
    private static final String EXTENSIONS = "extensions";
    private static final String APP = "app";
    private static final String AUDIT = "audit";
    private static final String KEYS = "enable, file, env, store, policy, extensions, app, audit";

    private final Boolean enable;
    private final File file;
    private final URI store;
    private final String env;
    private final File policy;
    private final File extensions;
    private final String app;
    private final File audit;

    private Settings(Source source) {
        this.enable = source.enable();
        this.file = source.file();
        this.store = source.store();
        this.env = source.env();
        this.policy = source.path(POLICY);
        this.extensions = source.path(EXTENSIONS);
        this.app = source.app();
        this.audit = source.path(AUDIT);
    }

    /**
     * @param argument the agent's argument, or {@code null}
     * @param properties the system properties, by name
     * @param environment the environment variables, by name
     * @param errors where bad settings are reported
     * @return the settings
     */
    public static Settings read(
            String argument, Lookup properties, Map<String, String> environment, ErrorReporter errors) {
        return new Settings(new Source(split(argument, errors), properties, environment, errors));
    }

    /**
     * Compares with what somebody wants now.
     *
     * @param argument an agent's argument, or {@code null}
     * @param properties the system properties, by name
     * @param environment the environment variables, by name
     * @param errors where bad settings are reported
     * @return the keys in the argument that have another value here
     */
    public List<String> differences(
            String argument, Lookup properties, Map<String, String> environment, ErrorReporter errors) {
        Map<String, String> wanted = split(argument, errors);
        Map<String, Object> there = new Settings(new Source(wanted, properties, environment, errors)).values();
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
        values.put(ENABLE, enable);
        values.put(FILE, file);
        values.put(STORE, store);
        values.put(ENV, env);
        values.put(POLICY, policy);
        values.put(EXTENSIONS, extensions);
        values.put(APP, app);
        values.put(AUDIT, audit);
        return values;
    }

    /** Where a system property is looked up; {@code null} for one that is not set, or may not be read. */
    public interface Lookup {

        /**
         * @param name a property's name
         * @return its value, or {@code null}
         */
        String get(String name);
    }

    private static Map<String, String> split(String argument, ErrorReporter errors) {
        Map<String, String> values = new LinkedHashMap<String, String>();
        if (argument == null || argument.trim().isEmpty()) {
            return values;
        }
        for (String option : argument.split(",")) {
            int equals = option.indexOf('=');
            String key = (equals < 0 ? option : option.substring(0, equals)).trim();
            if (equals < 0 || !(", " + KEYS + ",").contains(" " + key + ",") || key.isEmpty()) {
                errors.report(
                        "setting " + key,
                        "unknown option \"" + option.trim() + "\" is ignored; allowed: key=value with one of the keys "
                                + KEYS);
            } else {
                values.put(key, option.substring(equals + 1).trim());
            }
        }
        return values;
    }

    /** @return whether there is maintenance, whatever any store says; {@code null} to ask the store */
    public Boolean enable() {
        return enable;
    }

    /** @return the state file, absolute: the store that is left when the one that is set cannot be opened */
    public File file() {
        return file;
    }

    /** @return the URI of the store, perhaps one that no store understands; {@code null} for {@link #file} */
    public URI store() {
        return store;
    }

    /** @return the URI of the store as messages name it, without a password */
    public String storeName() {
        return withoutPassword(String.valueOf(store));
    }

    /** Greedy: a password may have any character in it, what it hides too much of is not missed. */
    private static String withoutPassword(String uri) {
        return uri.replaceFirst("//.*@", "//…@");
    }

    /** @return where the state comes from, as messages name it: a path, or a URI without a password */
    public String source() {
        return store == null ? file.getPath() : storeName();
    }

    /** @return the name of the environment variable that gives the state while no store says anything */
    public String env() {
        return env;
    }

    /** @return the policy file, absolute, or {@code null} */
    public File policy() {
        return policy;
    }

    /** @return the directory of jars with implementations of the SPI, or {@code null} */
    public File extensions() {
        return extensions;
    }

    /** @return the name that this JVM reports under */
    public String app() {
        return app;
    }

    /** @return the file that gets a line for each change of state, or {@code null} */
    public File audit() {
        return audit;
    }

    /** The three places, asked in order. */
    private static final class Source {
        private final Map<String, String> argument;
        private final Lookup properties;
        private final Map<String, String> environment;
        private final ErrorReporter errors;

        Source(Map<String, String> argument, Lookup properties, Map<String, String> environment, ErrorReporter errors) {
            this.argument = argument;
            this.properties = properties;
            this.environment = environment;
            this.errors = errors;
        }

        Boolean enable() {
            String value = get(ENABLE);
            Boolean enable = value == null ? null : SwitchWords.parse(value);
            if (value != null && enable == null) {
                bad(ENABLE, value, "true or false");
            }
            return enable;
        }

        URI store() {
            String value = get(STORE);
            if (value == null) {
                return null;
            }
            try {
                URI uri = new URI(value);
                if (uri.isAbsolute()) {
                    return uri;
                }
            } catch (URISyntaxException e) {
                // said below
            }
            bad(STORE, withoutPassword(value), "a URI like file:/path or redis://host:6379/0?key=NAME");
            return null;
        }

        File path(String key) {
            String value = get(key);
            if (value != null && value.isEmpty()) {
                bad(key, value, "a path");
                return null;
            }
            return value == null ? null : new File(value).getAbsoluteFile();
        }

        File file() {
            File file = path(FILE);
            return file == null ? new File("maintenance.mode").getAbsoluteFile() : file;
        }

        String env() {
            String value = get(ENV);
            if (value != null && (value.isEmpty() || value.indexOf('=') >= 0)) {
                bad(ENV, value, "the name of an environment variable");
                value = null;
            }
            return value == null ? "MAINTENANCE_MODE" : value;
        }

        String app() {
            String value = get(APP);
            if (value != null && value.isEmpty()) {
                bad(APP, value, "a name");
                value = null;
            }
            return value == null ? mainClassOrJar() : value;
        }

        /** HotSpot and OpenJ9 tell the command line here, main class or jar first. */
        private String mainClassOrJar() {
            String command = properties.get("sun.java.command");
            if (command == null || command.trim().isEmpty()) {
                return "java";
            }
            String first = command.trim().split(" ", 2)[0];
            return first.endsWith(".jar") ? new File(first).getName() : first;
        }

        private String get(String key) {
            String value = argument.get(key);
            if (value == null) {
                value = properties.get("maintenance." + key);
            }
            if (value == null) {
                value = environment.get(
                        "MAINTENANCE_" + key.toUpperCase(Locale.ROOT).replace('-', '_'));
            }
            return value == null ? null : value.trim();
        }

        private void bad(String key, String value, String allowed) {
            errors.report(
                    "setting " + key,
                    "setting \"" + key + "\" has the bad value \"" + value + "\" and is ignored; allowed: " + allowed);
        }
    }
}
