package io.maintenanceagent.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.maintenanceagent.cli.command.Converters;
import io.maintenanceagent.cli.command.OffCommand;
import io.maintenanceagent.cli.command.OnCommand;
import io.maintenanceagent.cli.command.RunCommand;
import io.maintenanceagent.cli.terminal.Console;
import io.maintenanceagent.fuzz.Fuzz;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Any arguments of a command that changes nothing give a result or a clear error. One argument a line. */
class CommandLineFuzzTest {

    private static final List<String> OTHERS = List.of("--file", "--store", "--policy", "--extensions");

    @TempDir
    static Path directory;

    @FuzzTest(maxDuration = "5m")
    void parse_anyArguments_doesNotThrow(byte[] content) {
        explain(content);
        read(content);
    }

    @Test
    void read_mutations_doesNotThrow() {
        Fuzz.run(
                "arguments of on, off, run",
                CommandLineFuzzTest::read,
                "--message\nBack soon\n--for\n30m\n--retry-after\n600\n--read-only\n--path\n/a/**\n--context\n/shop",
                "--until\n2026-11-22T23:30:00+01:00\n--from\n23:30\n--wait=60s\n--host\n*.example.com",
                "--until\ntomorrow 06:00\n--keep-on-failure\n--\nsh\n-c\ntrue",
                "--wait");
    }

    @Test
    void explain_mutations_doesNotThrow() {
        Fuzz.run(
                "explain",
                CommandLineFuzzTest::explain,
                "GET\n/shop/order",
                "POST\n"
                        + "https://www.example.com:8443/shop/order;v=1?a=b\n"
                        + "--address\n"
                        + "10.0.0.7\n"
                        + "-H\n"
                        + "X-Forwarded-For: 192.0.2.1",
                "--state\n{\"enabled\": true, \"paths\": [\"/a/**\"]}\n--context=/shop\nGET\n/shop/health\n--json",
                "--servlet\ns\n--annotation\na.B\n--role\nadmin\n--state=off\nHEAD\n/");
    }

    private static void explain(byte[] content) {
        List<String> arguments = new ArrayList<>(List.of("explain"));
        for (String argument : new String(content, StandardCharsets.UTF_8).split("\n", -1)) {
            // Names of files, stores and extensions are left out: they would be opened.
            if (OTHERS.stream().noneMatch(argument::startsWith)) {
                arguments.add(argument);
            }
        }
        CommandLineRunner.Outcome outcome = new CommandLineRunner(directory).run(arguments.toArray(new String[0]));
        assertTrue(outcome.code() >= 0 && outcome.code() <= 2, outcome::toString);
        assertFalse(outcome.err().contains("unexpectedly"), outcome::toString);
        assertTrue(outcome.code() == 0 || !outcome.err().isEmpty(), outcome::toString);
    }

    /** The arguments of commands that change something, which are only parsed. */
    private static void read(byte[] content) {
        Console console = Console.ofProcess();
        String[] arguments = new String(content, StandardCharsets.UTF_8).split("\n", -1);
        for (Object command : new Object[] {new OnCommand(console), new OffCommand(console), new RunCommand(console)}) {
            CommandLine line = new CommandLine(command);
            Converters.register(line);
            line.setExpandAtFiles(false);
            try {
                line.parseArgs(arguments);
            } catch (CommandLine.ParameterException e) {
                assertFalse(e.getMessage().isEmpty());
            }
        }
    }
}
