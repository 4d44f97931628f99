package io.maintenanceagent.cli.command;

import io.maintenanceagent.api.Exemption;
import io.maintenanceagent.api.ResponseRenderer;
import io.maintenanceagent.api.StateStore;
import io.maintenanceagent.api.StateStoreFactory;
import io.maintenanceagent.cli.state.CurrentState;
import io.maintenanceagent.cli.state.InstanceReport;
import io.maintenanceagent.cli.state.LoadedPolicy;
import io.maintenanceagent.cli.state.StateDescription;
import io.maintenanceagent.cli.state.StateSwitch;
import io.maintenanceagent.cli.state.TimeLimitedFileStore;
import io.maintenanceagent.cli.terminal.CommandFailedException;
import io.maintenanceagent.cli.terminal.Console;
import io.maintenanceagent.cli.terminal.ExitCode;
import io.maintenanceagent.cli.terminal.JsonWriter;
import io.maintenanceagent.cli.terminal.Terminal;
import io.maintenanceagent.cli.terminal.Times;
import io.maintenanceagent.config.Settings;
import io.maintenanceagent.extension.Extensions;
import io.maintenanceagent.policy.Policy;
import io.maintenanceagent.report.ErrorReporter;
import io.maintenanceagent.state.EffectiveState;
import io.maintenanceagent.state.State;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.jar.JarFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code check}: reads policy, state and extensions, and prints errors and warnings. */
@Command(
        name = "check",
        sortOptions = false,
        header = "Check policy, state and extensions before the agents read them.",
        customSynopsis = "java -jar maintenance-agent.jar check [OPTION]...",
        description = {
            "",
            "Errors go to standard error, with where they are and what is allowed, and make",
            "the exit code 1. Warnings are of what is allowed and probably not meant.",
            ""
        },
        footer = {"", "  check --policy maintenance-policy.json && cp maintenance-policy.json /etc/shop/"})
public final class CheckCommand implements Callable<Integer> {

    @Option(
            names = "--policy",
            paramLabel = "F",
            order = 1,
            description = "The policy file (default: $MAINTENANCE_POLICY, else none).")
    private String policy;

    @Mixin
    private final JsonOption json = new JsonOption();

    @Mixin
    private final StoreOptions where;

    private final Console console;

    private final List<String> fine = new ArrayList<String>();
    private final List<String> warnings = new ArrayList<String>();
    private final List<String> errors = new ArrayList<String>();

    /** @param console what it writes to */
    public CheckCommand(Console console) {
        this.console = console;
        this.where = new StoreOptions(console);
    }

    @Override
    public Integer call() throws Exception {
        where.policy(policy);
        Settings settings = where.settings();
        ByteArrayOutputStream reported = new ByteArrayOutputStream();
        ErrorReporter errorReporter = new ErrorReporter(new PrintStream(reported, true, "UTF-8"));
        Extensions extensions = new Extensions(settings.extensions(), errorReporter);
        Policy rules = null;
        try {
            LoadedPolicy loaded = LoadedPolicy.read(settings, extensions, console.environment(), errorReporter);
            checkPolicy(loaded);
            rules = loaded.policy();
        } catch (CommandFailedException e) {
            errors.add(e.getMessage());
        }
        try (StateStore store = where.open(settings, extensions)) {
            if (store instanceof TimeLimitedFileStore) {
                warnings.addAll(((TimeLimitedFileStore) store).warnings());
            }
            StateSwitch switched = new StateSwitch(store);
            CurrentState present = CurrentState.read(switched, settings.env(), console.environment());
            checkState(store.name(), present);
            checkHold(store.name(), present.effective().state(), switched);
            checkServlets(rules, switched);
        } catch (CommandFailedException e) {
            errors.add(e.getMessage());
        }
        checkExtensions(settings, extensions);
        errorReporter.flush();
        for (String line : reported.toString("UTF-8").split("\r?\n")) {
            if (!line.isEmpty()) {
                errors.add(line.substring(ErrorReporter.PREFIX.length()));
            }
        }
        tell();
        return errors.isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }

    private void checkPolicy(LoadedPolicy rules) {
        fine.add("policy " + rules.name());
        if (rules.policy().exemptsRoles()) {
            fine.add("roles: filters of the application run until one knows the user, at the latest to the servlet;"
                    + " what they answer themselves, a login say, is not refused");
        }
        for (String warning : rules.policy().warnings()) {
            warnings.add(rules.name() + ": " + warning);
        }
    }

    private void checkState(String name, CurrentState present) {
        warnings.addAll(present.warnings());
        EffectiveState effective = present.effective();
        Instant now = Instant.now();
        String word = effective.state().wordAt(now.toEpochMilli());
        boolean silent = effective.source() != EffectiveState.Source.STORE;
        fine.add("state " + word + (silent ? " (" + effective.source().word() + ")" : "") + ", " + name
                + (silent ? " says nothing" : ""));
        if (word.equals("expired")) {
            warnings.add(name + ": maintenance is on, but expired "
                    + Times.shown(effective.state().until(), now));
        }
    }

    private void checkHold(String name, State state, StateSwitch store) throws CommandFailedException {
        if (state.hold() == null) {
            return;
        }
        if (StateDescription.holdWarning(state) != null) {
            warnings.add(name + ": " + StateDescription.holdWarning(state));
        }
        for (InstanceReport instance : store.instances()) {
            Long threads = instance.threads();
            if (threads != null && state.hold().requests() > threads / 2) {
                warnings.add(name + ": " + state.hold().requests() + " requests are to wait (hold.requests), but "
                        + instance.label() + " has " + threads + " threads; no more than half of them, " + threads / 2
                        + ", wait there");
            }
        }
    }

    /** What is asked for and cannot be had where an instance says so. */
    private void checkServlets(Policy rules, StateSwitch store) throws CommandFailedException {
        if (rules == null || !rules.exemptsRoles() && !rules.asksForServlets()) {
            return;
        }
        for (InstanceReport instance : store.instances()) {
            if (Boolean.FALSE.equals(instance.servlets())) {
                if (rules.exemptsRoles()) {
                    errors.add(instance.label() + " serves without servlets, where nobody has a role (exempt.roles);"
                            + " exempt these people by a header, an address or the bypass link");
                }
                if (rules.asksForServlets()) {
                    errors.add(instance.label() + " serves without servlets, where no rule by servlet or annotation"
                            + " counts; name paths in place of them");
                }
            }
        }
    }

    private void checkExtensions(Settings settings, Extensions extensions) {
        if (settings.extensions() == null) {
            return;
        }
        int before = errors.size();
        checkJars(settings.extensions());
        List<String> names = new ArrayList<String>();
        for (StateStoreFactory factory : extensions.load(StateStoreFactory.class)) {
            names.add(named(factory));
        }
        for (Exemption exemption : extensions.load(Exemption.class)) {
            names.add(named(exemption));
        }
        for (ResponseRenderer renderer : extensions.load(ResponseRenderer.class)) {
            names.add(named(renderer));
        }
        fine.add("extensions " + settings.extensions() + " " + names);
        if (names.isEmpty() && errors.size() == before && settings.extensions().isDirectory()) {
            warnings.add(settings.extensions() + " has no jar with an extension");
        }
    }

    /** Checks that files are jars; a class loader ignores others without an error. */
    private void checkJars(File directory) {
        File[] files = directory.listFiles();
        for (File file : files == null ? new File[0] : files) {
            if (file.getName().endsWith(".jar")) {
                try {
                    new JarFile(file).close();
                } catch (IOException e) {
                    errors.add(file + " is no jar (" + e.getMessage() + "); put a whole one there, or take it away");
                }
            }
        }
    }

    private static String named(Object extension) {
        return extension.getClass().getName();
    }

    private void tell() {
        if (json.isWanted()) {
            console.say(JsonWriter.object(out -> {
                out.writeBooleanField("ok", errors.isEmpty());
                out.writeArrayFieldStart("errors");
                for (String error : errors) {
                    out.writeString(error);
                }
                out.writeEndArray();
                out.writeArrayFieldStart("warnings");
                for (String warning : warnings) {
                    out.writeString(warning);
                }
                out.writeEndArray();
            }));
        } else {
            Terminal terminal = console.out();
            for (String line : fine) {
                console.say(terminal.green("ok       ") + Terminal.clean(line));
            }
            for (String warning : warnings) {
                console.say(terminal.yellow("warning  ") + Terminal.clean(warning));
            }
        }
        for (String error : errors) {
            console.complain(error);
        }
    }
}
