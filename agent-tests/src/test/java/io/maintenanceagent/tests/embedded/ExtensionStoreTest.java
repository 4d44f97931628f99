package io.maintenanceagent.tests.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.tests.harness.Cell;
import io.maintenanceagent.tests.harness.Project;
import io.maintenanceagent.tests.harness.Sources;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** A store that an extension's jar brings. */
final class ExtensionStoreTest {

    @Test
    void aSchemeOfAnExtensionIsFollowed() throws IOException {
        Path extensions = extensions();
        Path toggled = Project.newDirectory("extension-state").resolve("toggle");
        try (Shop shop = Shop.open(
                Cell.any(),
                (command, state) -> command.agent("store=toggle:" + toggled + ",extensions=" + extensions))) {
            assertEquals(List.of(), shop.agentLines());
            shop.awaitServing();
            Files.writeString(toggled, "");
            shop.awaitRefusing();
            Files.delete(toggled);
            shop.awaitServing();
            shop.assertSilent();
        }
    }

    @Test
    void anUnknownSchemeNamesThoseOfExtensionsAndLeavesTheFile() throws IOException {
        Path extensions = extensions();
        try (Shop shop = Shop.open(
                Cell.any(),
                (command, state) ->
                        command.agent("store=nonsense:x,file=" + state + ",extensions=" + extensions))) {
            shop.state().write("on");
            shop.awaitRefusing();
            assertEquals(1, shop.agentLines().size(), () -> shop.agentLines().toString());
            String line = shop.agentLines().get(0);
            assertTrue(line.contains("\"store\" has the bad value \"nonsense:x\""), line);
            assertTrue(line.contains("redis://") && line.contains("toggle://"), line);
        }
    }

    private static Path extensions() throws IOException {
        Path classes = Project.newDirectory("extension-classes");
        new Sources(Project.sources("extension"))
                .compile(8, List.of("ToggleStoreFactory.java"), text -> text, List.of(Project.agentJar()), classes);
        Path directory = Project.newDirectory("extensions");
        try (OutputStream file = Files.newOutputStream(directory.resolve("toggle.jar"));
                JarOutputStream jar = new JarOutputStream(file);
                Stream<Path> compiled = Files.walk(classes)) {
            for (Path path : compiled.filter(Files::isRegularFile).toList()) {
                jar.putNextEntry(new ZipEntry(classes.relativize(path).toString()));
                Files.copy(path, jar);
            }
            jar.putNextEntry(new ZipEntry("META-INF/services/io.maintenanceagent.api.StateStoreFactory"));
            jar.write("toggle.ToggleStoreFactory".getBytes(StandardCharsets.UTF_8));
        }
        return directory;
    }
}
