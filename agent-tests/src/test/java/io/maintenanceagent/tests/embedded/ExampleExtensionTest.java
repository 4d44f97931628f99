package io.maintenanceagent.tests.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.tests.cli.Cli;
import io.maintenanceagent.tests.harness.Cell;
import io.maintenanceagent.tests.harness.Project;
import io.maintenanceagent.tests.harness.Request;
import io.maintenanceagent.tests.harness.Sources;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** The example extension works in a server. */
final class ExampleExtensionTest {

    private static final Path MAIN = Project.sources("../../examples/extension/src/main");

    @Test
    void directoryWithAFile_closes_andPartnersPass() throws IOException {
        Path extensions = extensions();
        Path closed = Project.newDirectory("closed");
        new Cli().run("check", "--extensions", extensions.toString()).done();
        try (Shop shop = Shop.open(
                Cell.any(),
                (command, state) -> command.agent("store=directory:" + closed + ",extensions=" + extensions)
                        .option("-Dacme.partners=k-4711"))) {
            shop.awaitServing();
            Files.createFile(closed.resolve("backup"));
            shop.awaitRefusing();
            Request partner = Request.get("/shop/partner/prices");
            assertEquals(503, shop.send(partner).status());
            assertEquals(404, shop.send(partner.with("X-Partner-Key", "k-4711")).status());
            Files.delete(closed.resolve("backup"));
            shop.awaitServing();
            assertTrue(shop.agentLines().isEmpty(), () -> shop.agentLines().toString());
        }
    }

    private static Path extensions() throws IOException {
        Path classes = Project.newDirectory("example-classes");
        Sources sources = new Sources(MAIN.resolve("java"));
        sources.compile(8, sources.names(), text -> text, List.of(Project.agentJar()), classes);
        Path directory = Project.newDirectory("example-extensions");
        try (OutputStream file = Files.newOutputStream(directory.resolve("extension.jar"));
                JarOutputStream jar = new JarOutputStream(file)) {
            add(classes, jar);
            add(MAIN.resolve("resources"), jar);
        }
        return directory;
    }

    private static void add(Path root, JarOutputStream jar) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path path : files.filter(Files::isRegularFile).toList()) {
                jar.putNextEntry(new ZipEntry(root.relativize(path).toString()));
                Files.copy(path, jar);
                jar.closeEntry();
            }
        }
    }
}
