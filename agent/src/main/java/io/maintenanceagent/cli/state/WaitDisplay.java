package io.maintenanceagent.cli.state;

import io.maintenanceagent.cli.terminal.Terminal;
import io.maintenanceagent.cli.terminal.Times;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Shows the instances that are waited for: redrawn on a terminal, a line for each change elsewhere. For one thread. */
public final class WaitDisplay {

    private static final int BAR = 24;

    private final Terminal terminal;
    private final String prefix;
    private final boolean silent;
    private final Map<String, String> said = new HashMap<String, String>();
    private int drawn;
    private int[] size;

    private WaitDisplay(Terminal terminal, String prefix, boolean silent) {
        this.terminal = terminal;
        this.prefix = prefix;
        this.silent = silent;
    }

    public static WaitDisplay on(Terminal terminal, String prefix) {
        return new WaitDisplay(terminal, prefix, false);
    }

    /** Returns a display that shows nothing, for {@code --json}. */
    public static WaitDisplay silent() {
        return new WaitDisplay(null, "", true);
    }

    /**
     * @param instances the instances that report
     * @param elapsed how long this has waited
     * @param limit how long it waits
     */
    public void show(List<InstanceProgress> instances, Duration elapsed, Duration limit) {
        if (silent) {
            return;
        }
        if (terminal.canRedraw()) {
            draw(instances, elapsed, limit);
        } else {
            tell(instances);
        }
    }

    /** Ends the display; what was drawn last stays. */
    public void end() {
        drawn = 0;
    }

    private void tell(List<InstanceProgress> instances) {
        for (InstanceProgress instance : instances) {
            if (!instance.brief().equals(said.put(instance.report().name(), instance.brief()))) {
                terminal.println(prefix + instance.full());
            }
        }
    }

    private void draw(List<InstanceProgress> instances, Duration elapsed, Duration limit) {
        if (size == null || elapsed.getSeconds() % 5 == 0) {
            size = terminal.size();
        }
        StringBuilder picture = new StringBuilder();
        if (drawn > 0) {
            picture.append("\033[").append(drawn).append("A\033[J");
        }
        picture.append(cut(bar(instances, elapsed, limit))).append('\n');
        int room = Math.max(1, size[0] - 3);
        int lines = Math.min(instances.size(), room);
        for (InstanceProgress instance : instances.subList(0, lines)) {
            picture.append(coloured(instance.step(), cut("  " + instance.full())))
                    .append('\n');
        }
        drawn = 1 + lines;
        if (instances.size() > lines) {
            picture.append("  and ").append(instances.size() - lines).append(" more\n");
            drawn++;
        }
        terminal.print(picture);
    }

    private static String bar(List<InstanceProgress> instances, Duration elapsed, Duration limit) {
        int done = 0;
        for (InstanceProgress instance : instances) {
            done += instance.step() == InstanceProgress.Step.DONE ? 1 : 0;
        }
        int filled = instances.isEmpty() ? 0 : BAR * done / instances.size();
        StringBuilder bar = new StringBuilder("[");
        for (int i = 0; i < BAR; i++) {
            bar.append(i < filled ? '#' : '-');
        }
        return bar.append("] ")
                .append(done)
                .append(" of ")
                .append(instances.size())
                .append(" instances, ")
                .append(Times.span(elapsed))
                .append(" of ")
                .append(Times.span(limit))
                .toString();
    }

    private String coloured(InstanceProgress.Step step, String line) {
        switch (step) {
            case DONE:
                return terminal.green(line);
            case NEVER:
            case UNENFORCED:
                return terminal.red(line);
            default:
                return terminal.yellow(line);
        }
    }

    /** Cuts a line: one that wraps would take two, and the next redraw would begin too low. */
    private String cut(String line) {
        return line.length() < size[1] ? line : line.substring(0, Math.max(1, size[1] - 4)) + "...";
    }
}
