package io.maintenanceagent.tests.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.maintenanceagent.tests.harness.Jdk;
import io.maintenanceagent.tests.harness.Project;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The command line among pipes, locales, users and completions of a real shell. */
final class ShellTest {

    private final Cli cli = new Cli();

    @BeforeEach
    void aShellIsThere() {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "no bash");
    }

    static List<Jdk> jdks() {
        return Jdk.runningAndNewest();
    }

    private String bash(String script) throws Exception {
        return bash(Jdk.running(), script);
    }

    /** What a script writes, to standard error, too; {@code $JAVA} and {@code agent} are there. */
    private String bash(Jdk jdk, String script) throws Exception {
        String prepared = "JAVA='" + jdk.java() + " -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -jar " + Project.agentJar()
                + "'; agent() { $JAVA \"$@\"; }\n" + script + "\n";
        Path log = Files.createTempFile(cli.directory(), "bash-", ".log");
        ProcessBuilder builder = new ProcessBuilder("/bin/bash", "--norc", "-c", prepared)
                .directory(cli.directory().toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(key -> key.contains("MAINTENANCE") || key.contains("SUDO"));
        Process process = builder.start();
        if (!process.waitFor(Cli.LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("still running:\n" + read(log));
        }
        return read(log);
    }

    private static String read(Path log) throws IOException {
        return Files.readString(log, StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void readerThatLeaves_endsWatchQuietly(Jdk jdk) throws Exception {
        String said = bash(jdk, "set -o pipefail; agent status --watch | head -1; echo ended with $?");
        assertEquals("State    off\nended with 0\n", said);
    }

    @Test
    void outputThatCannotBeWritten_fails() throws Exception {
        assumeTrue(Files.exists(Path.of("/dev/full")), "no /dev/full");
        String said = bash("agent status --json > /dev/full; echo $?; agent on --by x > /dev/full; echo $?");
        String line = "maintenance-agent: standard output cannot be written (No space left on device)\n1\n";
        assertEquals(line + line, said);
        assertTrue(cli.state().contains("true"), "it was done all the same");
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void posixLocale_argumentsAreUtf8(Jdk jdk) throws Exception {
        cli.write("maintenance.mode", "off");
        String said = bash(
                jdk, "export LC_ALL=C; agent on --by 'jörg' -m 'Zurück um 8 – 東京' --path '/größe/**' && agent status");
        assertTrue(said.contains("paths /größe/**") && said.contains("Message  Zurück um 8 – 東京"), said);
        assertTrue(cli.state().contains("\"message\":\"Zurück um 8 – 東京\""), cli::state);
        assertTrue(cli.state().contains("\"by\":\"jörg\"") && cli.state().contains("/größe/**"), cli::state);
        String state = cli.state();

        said = bash(jdk, "export LC_ALL=C; agent on -m $'gr\\xf6sse'; echo $?");
        assertTrue(said.contains("is no UTF-8") && said.endsWith("\n2\n"), said);
        said = bash(jdk, "export LC_ALL=C; agent run --no-wait -- touch größe; echo $?");
        assertTrue(said.contains("cannot be passed on") && said.endsWith("\n2\n"), said);
        said = bash(jdk, "export LC_ALL=C; agent on --file größe.mode; echo $?");
        assertTrue(said.contains("LC_ALL=C.UTF-8") && said.endsWith("\n2\n"), said);
        said = bash(jdk, "mkdir dürr; cd dürr; export LC_ALL=C; agent on; echo $?; rmdir ../dürr");
        assertTrue(said.contains("LC_ALL=C.UTF-8") && said.endsWith("\n2\n"), said);
        assertEquals(state, cli.state());
        try (var files = Files.list(cli.directory())) {
            assertFalse(files.anyMatch(file -> file.getFileName().toString().startsWith("gr")));
        }
    }

    @Test
    void author_isWhoIsAtWork() throws Exception {
        assumeTrue(System.getProperty("user.name").equals("root"), "not root");
        bash("SUDO_USER=alice agent on");
        assertTrue(cli.state().contains("\"by\":\"alice@"), cli::state);
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "no setpriv");
        String jar = Files.createTempDirectory("maintenance-agent-").toString();
        String said = bash("chmod 755 " + jar + "; cp " + Project.agentJar() + " " + jar + "/a.jar; chmod 644 " + jar
                + "/a.jar; mkdir " + jar + "/d; chown 123456 " + jar + "/d; cd " + jar
                + "; setpriv --reuid=123456 --clear-groups " + Jdk.running().java()
                + " -jar a.jar on --file d/m.mode; cat d/m.mode; cd /; rm -r " + jar);
        assertTrue(said.contains("\"by\":\"123456@"), said);
    }

    @Test
    void completion_inBash() throws Exception {
        String said = bash("eval \"$(agent completion)\"; try() { COMP_WORDS=(maintenance-agent \"$@\");"
                + " COMP_CWORD=$#; COMP_LINE=\"maintenance-agent $*\"; COMP_POINT=${#COMP_LINE}; COMPREPLY=();"
                + " $(complete -p maintenance-agent | sed 's/.*-F \\([^ ]*\\).*/\\1/') 2> /dev/null; echo "
                + "\"${COMPREPLY[@]}\"; };"
                + " try st; try on --re; try run --if-lost ''; type -t maintenance-agent; cd /;"
                + " maintenance-agent --version");
        List<String> lines = said.lines().toList();
        assertEquals(
                List.of("status", "--read-only --retry-after --reason", "off on", "function"),
                lines.subList(0, 4),
                said);
        assertTrue(lines.get(4).startsWith("Maintenance Agent "), said);
    }

    @Test
    void completion_inZsh() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/zsh")), "no zsh");
        String said = bash("agent completion > c; /usr/bin/zsh -f -c 'source ./c; whence -w maintenance-agent;"
                + " print ${_comps[maintenance-agent]}'");
        assertTrue(said.startsWith("maintenance-agent: function\n") && said.contains("complete"), said);
    }
}
