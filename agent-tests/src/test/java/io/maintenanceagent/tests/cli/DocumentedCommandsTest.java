package io.maintenanceagent.tests.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.maintenanceagent.tests.embedded.Shop;
import io.maintenanceagent.tests.harness.Await;
import io.maintenanceagent.tests.harness.Cell;
import io.maintenanceagent.tests.harness.Jdk;
import io.maintenanceagent.tests.harness.Project;
import io.maintenanceagent.tests.harness.Request;
import io.maintenanceagent.tests.harness.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Commands in documents do what the documents show. Blocks behind {@code <!-- run -->} are run in a shell beside a real
 * server with the agent, those behind {@code <!-- attach -->} beside one without; its file is the default. Lines that
 * begin with {@code $} are commands, and each of the others is a line of their output, or the beginning of one. An
 * ellipsis stands for any characters, and white space for any other. In a block of a shell's script each line is a
 * command, and has to succeed.
 */
final class DocumentedCommandsTest {

    private static final Path ROOT = Project.sources("../..").normalize();
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration SHOWN = Duration.ofSeconds(30);

    /** A command that shows no output has to succeed. */
    private record Step(Path document, Mark mark, String command, List<String> output, boolean succeeds) {}

    private enum Mark {
        RUN,
        ATTACH;

        static Mark of(String line) {
            return Stream.of(values())
                    .filter(mark -> line.equals("<!-- " + mark.name().toLowerCase(Locale.ROOT) + " -->"))
                    .findFirst()
                    .orElse(null);
        }
    }

    private record Outcome(int code, List<String> said) {}

    /** The shell's working directory: with the scripts and the policy that documents name. */
    private final Path directory = Project.newDirectory("documents");

    @Test
    void blocks_marked_showWhatCommandsSay() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "no bash");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/curl")), "no curl");
        List<Step> steps = steps();
        prepareDirectory();
        assertTrue(steps.size() >= 40, steps::toString);
        Cell cell = Cell.of(Server.UNDERTOW_2).findFirst().orElseThrow();
        try (Shop shop = Shop.open(cell);
                Shop withoutAgent = Shop.open(cell, (command, state) -> {})) {
            assertEquals(200, shop.send(Request.get("/shop/greeting")).status());
            assertEquals(200, withoutAgent.send(Request.get("/shop/greeting")).status());
            for (Step step : steps) {
                check(step, step.mark == Mark.ATTACH ? withoutAgent : shop);
            }
        }
        try (JarFile carrier = new JarFile(directory.resolve("app.jar").toFile())) {
            Attributes manifest = carrier.getManifest().getMainAttributes();
            assertNotNull(
                    carrier.getEntry(manifest.getValue("Launcher-Agent-Class").replace('.', '/') + ".class"));
            assertEquals("Hello", manifest.getValue(Attributes.Name.MAIN_CLASS));
        }
    }

    /** With what the commands of the documents name. */
    private void prepareDirectory() throws IOException {
        for (String script : List.of("migrate-database.sh", "fail-over.sh", "cap")) {
            Path file = Files.writeString(directory.resolve(script), "#!/bin/sh\nexit 0\n");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        }
        Files.writeString(directory.resolve("maintenance-policy.json"), "{\"unmapped\": \"application\"}");
        Files.createDirectory(directory.resolve("etc"));
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, "Hello");
        new JarOutputStream(Files.newOutputStream(directory.resolve("app.jar")), manifest).close();
    }

    private void check(Step step, Shop shop) throws Exception {
        String command = there(step.command, shop);
        List<String> said = new ArrayList<>();
        // What is enforced and reported follows what was written.
        boolean shows = command.matches("curl .*|.* (status|list)( .*)?");
        Await.until(shows ? SHOWN : Duration.ofMillis(1), () -> step + " says " + said, () -> {
            Outcome outcome = run(command, shop);
            said.clear();
            said.addAll(outcome.said);
            return (!step.succeeds || outcome.code == 0)
                    && step.output.stream().allMatch(line -> isIn(said, there(line, shop)));
        });
    }

    private static boolean isIn(List<String> said, String line) {
        String[] parts = squeezed(line).split("…", -1);
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < parts.length; i++) {
            regex.append(i == 0 ? "" : ".*").append(Pattern.quote(parts[i]));
        }
        Pattern pattern = Pattern.compile(regex.toString());
        return said.stream().anyMatch(text -> pattern.matcher(squeezed(text)).lookingAt());
    }

    private static String squeezed(String text) {
        return text.trim().replaceAll("\\s+", " ");
    }

    private String there(String text, Shop shop) {
        return text.replaceAll(
                        "/srv/shop/(shared/)?maintenance\\.mode",
                        shop.state().path().toString())
                .replaceAll(
                        "(/opt/|\\.\\./)?maintenance-agent\\.jar",
                        Project.agentJar().toString())
                .replace("/etc/shop/", directory.resolve("etc") + "/")
                .replace("4711", Long.toString(shop.server().process().pid()))
                .replace("localhost:8080", "127.0.0.1:" + shop.server().http().port());
    }

    private Outcome run(String command, Shop shop) {
        try {
            Path output = Files.createTempFile(directory, "output", ".txt");
            Path tools = Jdk.running().java();
            String java = "java() { '" + tools + "' -XX:TieredStopAtLevel=1 \"$@\"; }\njar() { '"
                    + tools.resolveSibling("jar") + "' \"$@\"; }\n";
            ProcessBuilder builder = new ProcessBuilder("/bin/bash", "--norc", "-c", java + command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .directory(directory.toFile());
            builder.environment().keySet().removeIf(key -> key.contains("MAINTENANCE") || key.contains("_proxy"));
            builder.environment().put("LC_ALL", "C.UTF-8");
            builder.environment().merge("PATH", directory.toString(), (path, scripts) -> scripts + ":" + path);
            builder.environment().put("MAINTENANCE_FILE", shop.state().path().toString());
            Process process = builder.start();
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new AssertionError(command + " does not end");
            }
            return new Outcome(process.exitValue(), Files.readAllLines(output));
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(command, e);
        }
    }

    /** In the order of the documents' names, so that each finds what the one before has left. */
    private static List<Step> steps() throws IOException {
        List<Step> steps = new ArrayList<>();
        try (Stream<Path> pages = Files.list(ROOT.resolve("agent/docs"))) {
            for (Path page : Stream.concat(Stream.of(ROOT.resolve("README.md")), pages.sorted())
                    .toList()) {
                if (page.toString().endsWith(".md")) {
                    addSteps(page, steps);
                }
            }
        }
        return steps;
    }

    private static void addSteps(Path page, List<Step> steps) throws IOException {
        Mark mark = null;
        boolean inside = false;
        boolean script = false;
        for (String line : Files.readAllLines(page)) {
            if (line.startsWith("```")) {
                inside = mark != null && !inside;
                mark = inside ? mark : null;
                script = inside && line.equals("```sh");
            } else if (!inside && Mark.of(line) != null) {
                mark = Mark.of(line);
            } else if (inside && (script || line.startsWith("$ "))) {
                String command = script ? line : line.substring(2);
                steps.add(new Step(ROOT.relativize(page), mark, command, new ArrayList<>(), script));
            } else if (inside && !line.isBlank()) {
                steps.get(steps.size() - 1).output().add(line);
            }
        }
    }
}
