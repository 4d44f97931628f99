package io.maintenanceagent.tests.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.tests.harness.Cell;
import io.maintenanceagent.tests.harness.Project;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An agent that lacks a part of itself: the application runs as if there were none, and one line says so. */
final class DamagedAgentTest {

    @ParameterizedTest
    @CsvSource({
        "io/maintenanceagent/hook/,the hook cannot be defined",
        "io/maintenanceagent/shaded/asm/,classes cannot be woven",
        "io/maintenanceagent/intercept/,cannot start",
        "io/maintenanceagent/server/servlet/ServletRequestSnapshot,a request could not be decided",
    })
    void damagedJar_applicationRunsAndOneLineSaysWhy(String missing, String said) throws IOException {
        Path agent = without(missing);
        try (Shop shop = Shop.open(Cell.any(), (command, state) -> {
            writeOn(state);
            command.agent(agent, "file=" + state);
        })) {
            for (Visit visit : Visit.all(Cell.any().server())) {
                visit.assertServed(shop.send(visit.request()));
            }
            shop.server().process().awaitStderr("^maintenance-agent", Shop.FLIP_LIMIT);
            List<String> lines = shop.agentLines();
            assertEquals(1, lines.size(), lines::toString);
            assertTrue(lines.get(0).contains(said), lines::toString);
        }
    }

    private static void writeOn(Path state) {
        try {
            Files.writeString(state, "on");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path without(String prefix) throws IOException {
        Path copy = Project.newDirectory("damaged").resolve("agent.jar");
        try (JarFile jar = new JarFile(Project.agentJar().toFile());
                OutputStream file = Files.newOutputStream(copy);
                JarOutputStream out = new JarOutputStream(file)) {
            for (JarEntry entry : Collections.list(jar.entries())) {
                if (!entry.getName().startsWith(prefix)) {
                    out.putNextEntry(new ZipEntry(entry.getName()));
                    try (InputStream in = jar.getInputStream(entry)) {
                        in.transferTo(out);
                    }
                    out.closeEntry();
                }
            }
        }
        return copy;
    }
}
