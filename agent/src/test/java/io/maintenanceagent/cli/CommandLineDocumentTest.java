package io.maintenanceagent.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.maintenanceagent.documents.Document;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The page about the command line has its commands and options, and no others. */
class CommandLineDocumentTest {

    private final CommandLine cli = new Cli(Console.ofProcess()).commandLine();
    private final Map<String, List<String>> sections =
            Document.of("agent/docs/command-line.md").sections();

    @Test
    void page_table_hasEveryCommandAndNoOther() {
        Set<String> listed = Document.codeInFirstColumn(sections.get("the-command-line"));
        listed.removeIf(code -> code.startsWith("-"));
        assertEquals(new TreeSet<>(cli.getSubcommands().keySet()), new TreeSet<>(listed));
    }

    @Test
    void page_top_hasTheOptionsWithoutCommand() {
        Set<String> listed = options(sections.get("the-command-line"));
        assertEquals(options(cli), listed);
    }

    @Test
    void page_commands_haveEveryOptionAndNoOther() {
        for (Map.Entry<String, CommandLine> command : cli.getSubcommands().entrySet()) {
            List<String> section = sections.get(command.getKey());
            Set<String> listed = options(section);
            for (String shared : Document.linkedSections(section)) {
                listed.addAll(options(sections.get(shared)));
            }
            assertEquals(options(command.getValue()), listed, command.getKey());
        }
    }

    /** {@code --wait[=D]} and {@code -m M} without their values. */
    private static Set<String> options(List<String> section) {
        Set<String> options = new TreeSet<>();
        for (String code : Document.codeInFirstColumn(section)) {
            if (code.startsWith("-")) {
                options.add(code.replaceFirst("[\\[ =].*", ""));
            }
        }
        return options;
    }

    private static Set<String> options(CommandLine command) {
        Set<String> options = new TreeSet<>();
        for (OptionSpec option : command.getCommandSpec().options()) {
            if (!option.hidden()) {
                options.addAll(List.of(option.names()));
            }
        }
        return options;
    }
}
