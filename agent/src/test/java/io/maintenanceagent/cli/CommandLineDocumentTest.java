package io.maintenanceagent.cli;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.cli.terminal.Console;
import io.maintenanceagent.documents.Document;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The page about the command line has its commands and options, and no others. */
class CommandLineDocumentTest {

    private static final Pattern AGENT = Pattern.compile("java -jar \\S*maintenance-agent\\.jar (.*)");
    private static final Pattern WORD = Pattern.compile("(?:[^\\s\"')]|\"[^\"]*\"|'[^']*')+\\s*");
    private static final Pattern END = Pattern.compile("&&|[|>;#)&].*");

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

    @Test
    void documents_commands_areUnderstood() throws IOException {
        int found = 0;
        for (Document document : Document.all()) {
            for (String command : commands(document)) {
                Matcher ours = AGENT.matcher(command);
                while (ours.find()) {
                    List<String> words = words(ours.group(1).replace("PID", "4711"));
                    if (!words.contains("COMMAND") && !words.contains("…")) {
                        assertDoesNotThrow(
                                () -> new Cli(Console.ofProcess())
                                        .commandLine()
                                        .parseArgs(words.toArray(new String[0])),
                                () -> document + ": " + words);
                        found++;
                    }
                }
            }
        }
        assertTrue(found >= 40, "" + found);
    }

    /** The lines of shells in code blocks, and what stands as code in the text. */
    private static List<String> commands(Document document) {
        List<String> commands = new ArrayList<>(document.code());
        for (Document.Block block : document.blocks()) {
            commands.addAll(block.lines());
        }
        return commands;
    }

    /** Splits as a shell does, until the command ends. */
    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(line);
        while (word.lookingAt() && !END.matcher(word.group().trim()).matches()) {
            words.add(word.group().trim().replaceAll("[\"']", ""));
            word.region(word.end(), line.length());
        }
        return words;
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
