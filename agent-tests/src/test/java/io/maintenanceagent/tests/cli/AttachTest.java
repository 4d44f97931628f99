package io.maintenanceagent.tests.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.maintenanceagent.tests.harness.JavaCommand;
import io.maintenanceagent.tests.harness.JavaProcess;
import io.maintenanceagent.tests.harness.Jdk;
import io.maintenanceagent.tests.harness.Project;
import io.maintenanceagent.tests.jvm.Programs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** JVMs that are found, and those that cannot be given the agent: a line each, with the way out. */
final class AttachTest {

    private static final String LONG = "120000";

    private final Cli cli = new Cli();

    @Test
    void listsWhatRunsHere() {
        String agent = "-javaagent:" + Project.agentJar() + "=enable=on";
        try (JavaProcess plain = hello();
                JavaProcess hidden = hello("-XX:-UsePerfData", agent)) {
            List<String> lines = cli.run("list").done().out();
            assertTrue(
                    lines.get(0).matches("PID +USER +JAVA +AGENT +STATE +WOVEN +APP +STORE +FILE +RUNS"),
                    lines::toString);
            assertTrue(line(lines, plain).matches(".* - +- +- +- +- +- +Hello"), lines::toString);
            assertTrue(
                    line(lines, hidden).matches(".* \\d+\\.\\S+ +on +0 +Hello +file +/\\S+/maintenance\\.mode +Hello"),
                    lines::toString);
            assertEquals(
                    List.of(),
                    lines.stream()
                            .filter(line -> line.contains("maintenance-agent.jar"))
                            .toList());

            String json = cli.run("list", "--json").done().text();
            assertTrue(json.startsWith("{\"jvms\":[{\"pid\":"), json);
            assertTrue(
                    json.matches(".*\"pid\":" + plain.pid()
                            + ",\"user\":\"[^\"]+\",\"runs\":\"Hello\",\"java\":\"[^\"]+\"}.*"),
                    json);
            assertTrue(
                    json.matches(".*\"pid\":" + hidden.pid()
                            + ",[^{]*,\"agent\":\\{\"version\":\"[^\"]+\",\"way\":\"start\",\"app\":\"Hello\","
                            + "\"store\":\"file\",\"file\":\"[^\"]+\","
                            + "\"state\":\"on\",\"woven\":0}}.*"),
                    json);
        }
    }

    @Test
    void newerJvmsWarnAndAreSaidTo() {
        Jdk newest = Jdk.runningAndNewest().stream()
                .max(Comparator.comparingInt(Jdk::feature))
                .orElseThrow();
        assumeTrue(newest.feature() >= 21);
        try (JavaProcess warning = hello(newest);
                JavaProcess silent = hello(newest, "-XX:+EnableDynamicAgentLoading")) {
            assertEquals(2, cli.run("attach", pid(warning)).done().out().size());
            warning.awaitStderr("WARNING: A Java agent has been loaded dynamically", Cli.LIMIT);
            assertEquals(1, cli.run("attach", pid(silent)).done().out().size());
            assertEquals(List.of(), silent.stderr().lines());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-XX:+DisableAttachMechanism | does not allow attaching (-XX:+DisableAttachMechanism); start it "
                        + "with -javaagent:",
                "-XX:VMOptionsFile=disabled.options | does not allow attaching (-XX:+DisableAttachMechanism); "
                        + "start it with -javaagent:",
                "-XX:VMOptionsFile=hidden.options | has no performance data (as with -XX:-UsePerfData) and takes "
                        + "options from -XX:VM",
                "-XX:-EnableDynamicAgentLoading | takes no agent while it runs (-XX:-EnableDynamicAgentLoading); "
                        + "start it with",
            })
    void jvmsThatRefuse(String option, String said) {
        try (JavaProcess process = hello(option)) {
            cli.run("attach", pid(process)).failed(1, said);
            assertEquals(List.of("HELLO"), process.stdout().lines());
            assertEquals(List.of(), process.stderr().lines());
            cli.run("list").done();
        }
    }

    /** Whatever says so: one that does not answer would print what its threads do. */
    @ParameterizedTest
    @ValueSource(strings = {"JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"})
    void jvmsThatRefuseByTheirEnvironment(String variable) {
        try (JavaProcess process = hello(new JavaCommand(Jdk.running(), "attach")
                .environment(variable, "-XX:+DisableAttachMechanism -XX:-UsePerfData"))) {
            cli.run("attach", pid(process))
                    .failed(1, "does not allow attaching (-XX:+DisableAttachMechanism); start it with");
            assertTrue(cli.run("list").done().text().contains(pid(process) + " "));
            assertEquals(List.of("HELLO"), process.stdout().lines());
        }
    }

    @Test
    void aJvmThatIsStopped() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/kill")) && Files.isDirectory(Path.of("/proc/self")));
        try (JavaProcess process = hello()) {
            kill("-STOP", process);
            cli.run("attach", pid(process))
                    .failed(1, "is stopped, by a signal or a debugger, and does not answer; try again");
            kill("-CONT", process);
            cli.run("attach", pid(process));
            assertEquals(List.of("HELLO"), process.stdout().lines());
        }
    }

    private static void kill(String signal, JavaProcess process) throws Exception {
        assertEquals(
                0, new ProcessBuilder("/bin/kill", signal, pid(process)).start().waitFor());
    }

    @Test
    void whatIsNoJvm() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/bin/sleep")) && Files.isDirectory(Path.of("/proc/self")));
        Process sleep = new ProcessBuilder("/bin/sleep", "120").start();
        try {
            cli.run("attach", Long.toString(sleep.pid())).failed(1, "is sleep, which is no JVM; list shows");
        } finally {
            sleep.destroy();
        }
        cli.run("detach", "999999999").failed(1, "999999999 is no process here");
    }

    /** Both ways round: root may go to others, and they may not go to root. */
    @Test
    void anotherUsersJvm() throws IOException {
        assumeTrue(System.getProperty("user.name").equals("root") && Files.isExecutable(Path.of("/usr/bin/setpriv")));
        Path common = Files.createTempDirectory(Path.of("/tmp"), "maintenance-agent-");
        Path jar = Files.copy(Project.agentJar(), common.resolve("agent.jar"));
        try (JavaProcess process = hello()) {
            common.toFile().setExecutable(true, false);
            common.toFile().setReadable(true, false);
            jar.toFile().setReadable(true, false);
            Process nobody = new ProcessBuilder(
                            "/usr/bin/setpriv",
                            "--reuid=65534",
                            "--regid=65534",
                            "--clear-groups",
                            Jdk.running().java().toString(),
                            "-jar",
                            jar.toString(),
                            "attach",
                            pid(process))
                    .redirectErrorStream(true)
                    .start();
            String said = new String(nobody.getInputStream().readAllBytes());
            assertTrue(
                    said.contains(" belongs to root, and only its own user or root may attach to it; as that user"
                            + " run this command, or: jcmd " + pid(process) + " JVMTI.agent_load " + jar),
                    said);
            assertEquals(List.of(), process.stderr().lines());
        } finally {
            Files.delete(jar);
            Files.delete(common);
        }
    }

    @Test
    void aJavaThatCannotAttach() {
        try (JavaProcess process = hello();
                JavaProcess command = new JavaCommand(Jdk.running(), cli.directory())
                        .option("--limit-modules", "java.instrument,java.sql")
                        .jar(Project.agentJar(), "attach", pid(process))
                        .start()) {
            assertEquals(1, command.awaitExit(Cli.LIMIT));
            String said = command.stderr().toString();
            assertTrue(said.contains("has no module jdk.attach; run this command with a JDK's java, or: jcmd "), said);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "attach | allowed: attach PID [OPTIONS]",
                "attach shop | is no process id; list shows them",
                "attach 0 | is no process id",
                "attach 1 fiel=x | unknown option \"fiel=x\"; allowed: key=value",
                "attach 1 enable=perhaps | allowed: true or false",
                "attach 1 file=x more | allowed: attach PID [OPTIONS]",
                "attach --all 1 file=x | allowed: attach PID [OPTIONS]",
                "detach | allowed: detach PID",
                "detach 1 2 | allowed: detach PID",
                "list 1 | \"1\" is not known here",
            })
    void misuse(String arguments, String said) {
        assertEquals(List.of(), cli.run(arguments.split(" ")).failed(2, said).out());
    }

    private static JavaProcess hello(String... options) {
        return hello(Jdk.running(), options);
    }

    private static JavaProcess hello(Jdk jdk, String... options) {
        return hello(new JavaCommand(jdk, "attach").option(options));
    }

    private static JavaProcess hello(JavaCommand command) {
        write(command, "disabled.options", "-XX:+DisableAttachMechanism");
        write(command, "hidden.options", "-XX:+DisableAttachMechanism -XX:-UsePerfData");
        JavaProcess process = command.classPath(List.of(Programs.classes()))
                .main("Hello", LONG)
                .start();
        process.awaitStdout("HELLO", Cli.LIMIT);
        return process;
    }

    private static String line(List<String> lines, JavaProcess process) {
        return lines.stream()
                .filter(line -> line.startsWith(process.pid() + " "))
                .findFirst()
                .orElseThrow(() -> new AssertionError(lines));
    }

    private static void write(JavaCommand command, String name, String content) {
        try {
            Files.writeString(command.directory().resolve(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String pid(JavaProcess process) {
        return Long.toString(process.pid());
    }
}
