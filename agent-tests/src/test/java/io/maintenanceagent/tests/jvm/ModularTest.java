package io.maintenanceagent.tests.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.maintenanceagent.tests.harness.Await;
import io.maintenanceagent.tests.harness.Http;
import io.maintenanceagent.tests.harness.JavaCommand;
import io.maintenanceagent.tests.harness.JavaProcess;
import io.maintenanceagent.tests.harness.Jdk;
import io.maintenanceagent.tests.harness.Project;
import io.maintenanceagent.tests.harness.Refusal;
import io.maintenanceagent.tests.harness.Request;
import io.maintenanceagent.tests.harness.Server;
import io.maintenanceagent.tests.harness.StateFile;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An application of modules, on a JDK and in an image that has no more modules than it needs. */
final class ModularTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Request STALL = Request.get("/market/stall");
    private static final String SERVED = "Apples, from the module market";
    private static final String MODULES = modulePath();

    static List<Jdk> jdks() {
        return Jdk.runningAndNewest().stream().filter(Server.TOMCAT_11::runsOn).toList();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void flipsOnTheModulePath(Jdk jdk) {
        assertFlips(new JavaCommand(jdk, "modular").option("--module-path", MODULES));
    }

    @Test
    void flipsInALinkedImage() throws IOException {
        Path image = Project.newDirectory("image").resolve("market");
        run("jlink", "--module-path", MODULES, "--add-modules", "market", "--output", image.toString());
        assertFlips(new JavaCommand(new Jdk(image, Jdk.running().feature()), "linked"));
        try (Stream<Path> files = Files.walk(image)) { // a hundred megabytes
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        }
    }

    private static void assertFlips(JavaCommand command) {
        StateFile state = new StateFile(command.directory().resolve("maintenance.mode"));
        command.agent("file=" + state.path()).main("--module", "market/market.Market");
        try (JavaProcess process = command.start()) {
            Http http = new Http(Integer.parseInt(
                    process.awaitStdout("^READY port=(\\d+)$", LIMIT).group(1)));
            assertEquals(SERVED, http.send(STALL).text());
            state.write("on");
            Await.until(LIMIT, () -> "still serves" + process, () -> Refusal.refuses(http.send(STALL)));
            Refusal.DEFAULT.assertAnswers(STALL, http.send(STALL));
            state.write("off");
            Await.until(LIMIT, () -> "still refuses" + process, () -> !Refusal.refuses(http.send(STALL)));
            assertEquals(SERVED, http.send(STALL).text());
            assertEquals(List.of(), process.stderr().lines(line -> line.startsWith("maintenance-agent")));
        }
    }

    private static String modulePath() {
        Path application = Project.newDirectory("modules");
        String server = Server.TOMCAT_11.jars().stream()
                .filter(jar -> jar.getFileName().toString().matches("tomcat-(annotations-api|embed-core)-.*"))
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
        Path sources = Project.sources("modular");
        run(
                "javac",
                "--release",
                "17",
                "-XDsuppressNotes",
                "-proc:none",
                "--module-path",
                server,
                "-d",
                application.toString(),
                sources.resolve("module-info.java").toString(),
                sources.resolve("market/Market.java").toString());
        return application + File.pathSeparator + server;
    }

    private static void run(String tool, String... arguments) {
        int exit = ToolProvider.findFirst(tool).orElseThrow().run(System.out, System.err, arguments);
        if (exit != 0) {
            throw new IllegalStateException(tool + " ended with " + exit + ": " + List.of(arguments));
        }
    }
}
