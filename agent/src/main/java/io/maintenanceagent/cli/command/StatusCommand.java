package io.maintenanceagent.cli.command;

import io.maintenanceagent.api.StateStore;
import io.maintenanceagent.cli.state.CurrentState;
import io.maintenanceagent.cli.state.InstanceProgress;
import io.maintenanceagent.cli.state.StateDescription;
import io.maintenanceagent.cli.state.StateSwitch;
import io.maintenanceagent.cli.state.StatusText;
import io.maintenanceagent.cli.terminal.CommandFailedException;
import io.maintenanceagent.cli.terminal.Console;
import io.maintenanceagent.cli.terminal.ExitCode;
import io.maintenanceagent.cli.terminal.JsonWriter;
import io.maintenanceagent.cli.terminal.Terminal;
import io.maintenanceagent.cli.terminal.UsageException;
import io.maintenanceagent.config.Settings;
import io.maintenanceagent.state.EffectiveState;
import java.io.File;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code status}: prints the state that holds, and the instances that report. */
@Command(
        name = "status",
        sortOptions = false,
        header = "Tell whether there is maintenance, why, and what each JVM does.",
        customSynopsis = "java -jar maintenance-agent.jar status [OPTION]...",
        description = {
            "",
            "What the store says, else what the environment variable says here; a JVM may",
            "have another one. Instances are those that reported within 15 seconds.",
            ""
        },
        footer = {"", "  status --exit-code --file F > /dev/null; [ $? = 3 ] && echo \"closed\""})
public final class StatusCommand implements Callable<Integer> {

    private static final long WATCH_MILLIS = 1000;

    @Option(
            names = "--watch",
            order = 2,
            description = "Go on telling, until Ctrl-C: redrawn on a terminal, at each change elsewhere.")
    private boolean watch;

    @Option(names = "--exit-code", order = 3, description = "Exit with 3 if there is maintenance now.")
    private boolean exitCode;

    @Mixin
    private final JsonOption json = new JsonOption();

    @Mixin
    private final StoreOptions where;

    private final Console console;
    private final Terminal terminal;
    private List<String> warned = Collections.emptyList();
    private boolean active;
    private String summary;

    /** @param console what it writes to */
    public StatusCommand(Console console) {
        this.console = console;
        this.terminal = console.out();
        this.where = new StoreOptions(console);
    }

    @Override
    public Integer call() throws Exception {
        if (watch && exitCode) {
            throw new UsageException("--watch and --exit-code exclude each other; --watch has no end");
        }
        Settings settings = where.settings();
        try (StateStore opened = where.open(settings)) {
            StateSwitch store = new StateSwitch(opened);
            if (watch) {
                return watch(store, settings);
            }
            for (String line : read(store, settings)) {
                console.say(line);
            }
            return exitCode && active ? ExitCode.IN_MAINTENANCE : ExitCode.DONE;
        }
    }

    private List<String> read(StateSwitch store, Settings settings) throws CommandFailedException {
        CurrentState present = CurrentState.read(store, settings.env(), console.environment());
        if (!present.warnings().equals(warned)) {
            warned = present.warnings();
            warned.forEach(console::complain);
        }
        EffectiveState effective = present.effective();
        Instant now = Instant.now();
        active = effective.state().activeAt(now.toEpochMilli());
        boolean stored = effective.source() == EffectiveState.Source.STORE;
        List<InstanceProgress> instances = Collections.emptyList();
        String unlisted = store.listsInstances() ? null : StateDescription.noRegistry(store.name());
        try {
            instances = InstanceProgress.all(store, effective.state(), stored);
        } catch (CommandFailedException e) {
            unlisted = e.getMessage(); // the state is still shown
        }
        Instant written = settings.store() == null ? written(settings.file()) : null;
        StatusText text = new StatusText(store.name(), effective, written, instances, unlisted, now);
        summary = text.summary();
        List<String> lines = new ArrayList<String>();
        if (json.isWanted()) {
            lines.add(text.json());
        } else {
            lines.addAll(text.lines(terminal));
        }
        return lines;
    }

    private static Instant written(File file) {
        long millis = file.lastModified();
        return millis == 0 ? null : Instant.ofEpochMilli(millis);
    }

    /** Prints until its reader is gone. Errors of reading are shown, and reading is tried again. */
    private int watch(StateSwitch store, Settings settings) throws InterruptedException {
        String told = null;
        while (terminal.failure() == null && !terminal.isReaderGone()) {
            List<String> lines = new ArrayList<String>();
            try {
                lines.addAll(read(store, settings));
            } catch (CommandFailedException e) {
                summary = e.getMessage();
                lines.add(
                        json.isWanted()
                                ? JsonWriter.object(out -> out.writeStringField("error", e.getMessage()))
                                : terminal.red(Terminal.clean(e.getMessage())));
            }
            if (terminal.canRedraw() && !json.isWanted()) {
                redraw(lines);
            } else if (!summary.equals(told)) {
                told = summary;
                for (String line : lines) {
                    console.say(line);
                }
            }
            Thread.sleep(WATCH_MILLIS);
        }
        if (terminal.isReaderGone()) {
            terminal.discard(); // a reader that leaves is no failure
        }
        return ExitCode.DONE;
    }

    /** From the top, without the flicker of an empty screen. */
    private void redraw(List<String> lines) {
        int[] size = terminal.size();
        StringBuilder picture = new StringBuilder("\033[H");
        for (String line : lines.subList(0, Math.min(lines.size(), Math.max(1, size[0] - 2)))) {
            picture.append(Terminal.fit(line, size[1])).append("\033[K\n");
        }
        terminal.print(picture.append("\033[J"));
    }
}
