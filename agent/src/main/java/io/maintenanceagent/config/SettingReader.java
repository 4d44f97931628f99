package io.maintenanceagent.config;

import io.maintenanceagent.report.ErrorReporter;
import io.maintenanceagent.state.SwitchWords;
import java.io.File;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads settings from their three sources, in the order of precedence, and reports what cannot be used. Pure, but for
 * the reports.
 */
final class SettingReader {

    static final String ENABLE = "enable";
    static final String FILE = "file";
    static final String ENV = "env";
    static final String STORE = "store";
    static final String POLICY = "policy";
    static final String EXTENSIONS = "extensions";
    static final String APP = "app";
    static final String AUDIT = "audit";
    static final String GUARD = "guard";
    private static final String KEYS = "enable, file, env, store, policy, extensions, app, audit, guard";

    private static final List<String> GUARDS = Arrays.asList(Settings.HTTP, "schedules", "messages", "jdbc");

    private final Map<String, String> argument;
    private final Settings.Lookup properties;
    private final Map<String, String> environment;
    private final ErrorReporter errors;
    private final SettingPath paths;

    SettingReader(
            Map<String, String> argument,
            Settings.Lookup properties,
            Map<String, String> environment,
            ErrorReporter errors) {
        this.argument = argument;
        this.properties = properties;
        this.environment = environment;
        this.errors = errors;
        this.paths = new SettingPath(properties);
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
                if (uri.getScheme().equalsIgnoreCase("file") && uri.getPath() != null) {
                    paths.checkName(uri.getPath());
                }
                return uri;
            }
        } catch (URISyntaxException e) {
            // said below
        } catch (IllegalArgumentException e) {
            bad(STORE, value, e.getMessage());
            return null;
        }
        bad(STORE, value, "a URI like file:/path or redis://host:6379/0?key=NAME");
        return null;
    }

    File path(String key) {
        String value = get(key);
        try {
            return value == null ? null : paths.parse(value);
        } catch (IllegalArgumentException e) {
            bad(key, value, e.getMessage());
            return null;
        }
    }

    List<String> guard() {
        String value = get(GUARD);
        if (value == null) {
            return Collections.singletonList(Settings.HTTP);
        }
        List<String> kinds = new ArrayList<String>();
        for (String kind : value.split("\\+", -1)) {
            kinds.add(kind.trim());
        }
        if (!GUARDS.containsAll(kinds)) {
            bad(GUARD, value, String.join(", ", GUARDS) + ", joined by +");
            return Collections.singletonList(Settings.HTTP);
        }
        return kinds;
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
        return value == null ? null : withoutQuotes(value.trim());
    }

    /** Removes a pair of quotes, which belongs to the shell or the file that the value was written in. */
    private static String withoutQuotes(String value) {
        int last = value.length() - 1;
        boolean quoted = last > 0
                && value.charAt(0) == value.charAt(last)
                && (value.charAt(0) == '"' || value.charAt(0) == '\'');
        return quoted ? value.substring(1, last) : value;
    }

    private void bad(String key, String value, String allowed) {
        errors.report(
                "setting " + key,
                "setting \"" + key + "\" has the bad value \"" + withoutPassword(value) + "\" and is ignored; allowed: "
                        + allowed);
    }

    static Map<String, String> split(String argument, ErrorReporter errors) {
        Map<String, String> values = new LinkedHashMap<String, String>();
        if (argument == null || argument.trim().isEmpty()) {
            return values;
        }
        for (String option : argument.split(",")) {
            int equals = option.indexOf('=');
            String key = (equals < 0 ? option : option.substring(0, equals)).trim();
            if (option.trim().isEmpty()) {
                continue; // one comma too many
            }
            if (equals < 0 || !(", " + KEYS + ",").contains(" " + key + ",") || key.isEmpty()) {
                errors.report(
                        "setting " + key,
                        "unknown option \"" + withoutPassword(option.trim())
                                + "\" is ignored; allowed: key=value with one of the keys " + KEYS);
            } else if (values.put(key, option.substring(equals + 1)) != null) {
                errors.report(
                        "setting " + key + " twice",
                        "option \"" + key
                                + "\" is there more than once, and the last one counts; allowed: each key once");
            }
        }
        return values;
    }

    /** Hides a password; greedy, since a password may contain any character. And a URL's query, as of signed ones. */
    static String withoutPassword(String uri) {
        String hidden = uri.replaceFirst("//.*@", "//…@").replaceFirst("^((?i:https?)://[^?#]*[?])[^#]+", "$1…");
        return hidden.contains("//") ? hidden : hidden.replaceFirst("^.*@", "…@"); // cut in two by a comma
    }
}
