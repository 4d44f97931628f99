package io.maintenanceagent.cli.command;

import io.maintenanceagent.api.StateStore;
import io.maintenanceagent.api.StateStoreFactory;
import io.maintenanceagent.cli.state.TimeLimitedFileStore;
import io.maintenanceagent.cli.terminal.CommandFailedException;
import io.maintenanceagent.cli.terminal.Console;
import io.maintenanceagent.cli.terminal.UsageException;
import io.maintenanceagent.config.Settings;
import io.maintenanceagent.extension.Extensions;
import io.maintenanceagent.report.ErrorReporter;
import io.maintenanceagent.store.EnvironmentVariable;
import io.maintenanceagent.store.StateStores;
import io.maintenanceagent.store.file.FileStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that name the store, else the agent's own environment variables and properties. */
final class StoreOptions {

    private static final String[] SETTINGS = {"file", "store", "env", "policy", "extensions"};

    @Mixin
    private final HelpOption help = new HelpOption();

    @ArgGroup
    private Place place = new Place();

    /** The store: a file or a URI. */
    static final class Place {

        @Option(
                names = "--file",
                paramLabel = "F",
                order = 90,
                description =
                        "The state file (default: $MAINTENANCE_FILE, else maintenance.mode in the working directory).")
        private String file;

        @Option(
                names = "--store",
                paramLabel = "URI",
                order = 91,
                description = "A store in place of the file: redis://host:6379/0?key=NAME, etcd://host:2379/KEY,"
                        + " consul://host:8500/KEY, https://host/path, file:/path, or an extension's"
                        + " (default: $MAINTENANCE_STORE).")
        private String store;
    }

    @Option(
            names = "--env",
            paramLabel = "NAME",
            order = 92,
            description = "The environment variable that gives the state while no store says anything (default:"
                    + " MAINTENANCE_MODE). To be read only.")
    private String env;

    @Option(
            names = "--extensions",
            paramLabel = "DIR",
            order = 93,
            description = "Jars with stores and exemptions of one's own (default: $MAINTENANCE_EXTENSIONS).")
    private String extensions;

    private final Console console;

    /** Set by those commands that have such an option. */
    private String policy;

    StoreOptions(Console console) {
        this.console = console;
    }

    void policy(String path) {
        policy = path;
    }

    /**
     * Returns the settings of this command line. A setting that cannot be used is an error, since its default would be
     * the wrong store.
     */
    Settings settings() throws UsageException {
        final Map<String, String> properties = new HashMap<String, String>();
        Map<String, String> environment = new HashMap<String, String>();
        for (String key : SETTINGS) {
            String variable = "MAINTENANCE_" + key.toUpperCase(Locale.ROOT);
            properties.put("maintenance." + key, System.getProperty("maintenance." + key));
            environment.put(variable, console.environment().get(variable));
        }
        override(properties, "file", place.file);
        override(properties, "store", place.store);
        override(properties, "env", env);
        override(properties, "extensions", extensions);
        override(properties, "policy", policy);
        if (place.file != null) {
            properties.remove("maintenance.store");
            environment.remove("MAINTENANCE_STORE");
        }
        ErrorReporter errors = new ErrorReporter(new PrintStream(new ByteArrayOutputStream()));
        Settings settings = Settings.read(
                null,
                // The others are the JVM's own: the user's home, and the encoding of file names.
                name -> name.startsWith("maintenance.") ? properties.get(name) : System.getProperty(name),
                environment,
                errors);
        if (errors.count() > 0) {
            throw new UsageException(errors.last().replace(" and is ignored", ""));
        }
        if (settings.store() == null && settings.file().getPath().indexOf('\uFFFD') >= 0) {
            throw new UsageException(
                    "the working directory has a name that Java cannot decode in this locale; set" + " LC_ALL=C.UTF-8");
        }
        return settings;
    }

    private static void override(Map<String, String> properties, String key, String value) {
        if (value != null) {
            properties.put("maintenance." + key, value);
        }
    }

    /** Opens the store to read. Connects to nothing yet; the caller closes it. */
    StateStore open(Settings settings) throws UsageException {
        ErrorReporter errors = console.errors();
        try {
            return open(settings, new Extensions(settings.extensions(), errors));
        } finally {
            errors.flush();
        }
    }

    /** Opens the store to read, as above, perhaps one of these extensions. */
    StateStore open(Settings settings, Extensions extensions) throws UsageException {
        if (settings.store() == null) {
            return new TimeLimitedFileStore(new FileStore(settings.file()), console);
        }
        try {
            StateStore opened = new StateStores(
                            () -> extensions.load(StateStoreFactory.class).iterator())
                    .open(settings.store());
            if (opened == null || opened.name() == null) {
                throw new IllegalArgumentException("a store with a name; the extension gave none");
            }
            return opened instanceof FileStore ? new TimeLimitedFileStore((FileStore) opened, console) : opened;
        } catch (RuntimeException | LinkageError e) {
            throw new UsageException("the store \"" + settings.storeName() + "\" is none; allowed: " + e.getMessage());
        }
    }

    /**
     * Opens the store to write, and warns of links that a deployment may replace. The caller closes it.
     *
     * @throws CommandFailedException if it is a file that could not be written, or an environment variable
     */
    StateStore openToWrite() throws UsageException, CommandFailedException {
        Settings settings = settings();
        if (env != null && place.file == null && place.store == null) {
            throw new CommandFailedException(new EnvironmentVariable(settings.env(), console.environment()).name()
                    + " cannot be changed from outside a running process; use a file or a shared store");
        }
        StateStore opened = open(settings);
        if (opened instanceof TimeLimitedFileStore) {
            TimeLimitedFileStore file = (TimeLimitedFileStore) opened;
            try {
                file.checkWritable();
            } catch (IOException e) {
                throw new CommandFailedException(file.name() + " " + e.getMessage() + "; nothing was changed", e);
            }
            for (String warning : file.warnings()) {
                console.complain(warning);
            }
        }
        return opened;
    }
}
