package io.maintenanceagent.tests.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.tests.cli.Cli;
import io.maintenanceagent.tests.harness.Cell;
import io.maintenanceagent.tests.harness.Management;
import io.maintenanceagent.tests.harness.Project;
import io.maintenanceagent.tests.harness.Request;
import io.maintenanceagent.tests.harness.Response;
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

/** A store, an exemption and a renderer that an extension's jar brings. */
final class ExtensionsTest {

    @Test
    void store_schemeOfAnExtension_isFollowed() throws IOException {
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
    void detach_hangingStore_isReportedAndDoesNotBlock() throws IOException {
        Path extensions = extensions();
        Path toggled = Project.newDirectory("extension-state").resolve("toggle");
        Path hang = Path.of(toggled + ".hang");
        try (Shop shop = Shop.open(
                Cell.any(),
                (command, state) -> command.agent("store=toggle:" + toggled + ",extensions=" + extensions))) {
            Files.writeString(toggled, "");
            shop.awaitRefusing();
            try (Management management = Management.of(shop.server())) {
                Files.writeString(hang, "");
                String said = new Cli()
                        .run("detach", Long.toString(shop.server().process().pid()))
                        .done()
                        .text();
                assertTrue(
                        said.contains("maintenance was on, and is over there; a thread of the agent's hangs and stays, "
                                + "without any effect: the store"),
                        said);
                assertFalse(management.isRegistered());
            }
            assertFalse(shop.refuses());
            Files.delete(hang);
            shop.assertSilent();
        }
    }

    @Test
    void store_unknownScheme_isReportedAndTheFileIsUsed() throws IOException {
        Path extensions = extensions();
        try (Shop shop = Shop.open(
                Cell.any(),
                (command, state) -> command.agent("store=nonsense:x,file=" + state + ",extensions=" + extensions))) {
            shop.state().write("on");
            shop.awaitRefusing();
            shop.server().process().awaitStderr("^maintenance-agent", Shop.FLIP_LIMIT);
            assertEquals(1, shop.agentLines().size(), () -> shop.agentLines().toString());
            String line = shop.agentLines().get(0);
            assertTrue(line.contains("\"store\" has the bad value \"nonsense:x\""), line);
            assertTrue(line.contains("redis://") && line.contains("toggle://"), line);
        }
    }

    @Test
    void extension_exemptionAndRenderer_areUsed() throws IOException {
        Path extensions = extensions();
        Request get = Request.get("/shop/greeting");
        try (Shop shop = Shop.open(
                Cell.any(), (command, state) -> command.agent("file=" + state + ",extensions=" + extensions))) {
            shop.state().write("{\"enabled\": true, \"message\": \"stocktaking\"}");
            shop.awaitRefusing();
            assertEquals(200, shop.send(get.with("X-Ticket", "valid")).status());
            assertEquals(503, shop.send(get.with("X-Ticket", "forged")).status());
            assertEquals("{\"detail\":\"stocktaking\"}", shop.send(get).text());
            Response text = shop.send(get.with("Accept", "text/plain"));
            assertEquals("/shop/greeting is closed: stocktaking", text.text());
            assertEquals(
                    "text/plain;charset=utf-8",
                    text.header("Content-Type").replace(" ", "").toLowerCase());
            assertEquals(List.of(), shop.agentLines());

            assertEquals(503, shop.send(get.with("X-Ticket", "broken")).status());
            shop.server().process().awaitStderr("maintenance-agent: .*TicketExemption", Shop.FLIP_LIMIT);
        }
    }

    private static Path extensions() throws IOException {
        Path classes = Project.newDirectory("extension-classes");
        new Sources(Project.sources("extension"))
                .compile(
                        8,
                        List.of("ToggleStoreFactory.java", "TicketExemption.java", "TextRenderer.java"),
                        text -> text,
                        List.of(Project.agentJar()),
                        classes);
        Path directory = Project.newDirectory("extensions");
        try (OutputStream file = Files.newOutputStream(directory.resolve("toggle.jar"));
                JarOutputStream jar = new JarOutputStream(file);
                Stream<Path> compiled = Files.walk(classes)) {
            for (Path path : compiled.filter(Files::isRegularFile).toList()) {
                jar.putNextEntry(new ZipEntry(classes.relativize(path).toString()));
                Files.copy(path, jar);
            }
            service(jar, "StateStoreFactory", "ToggleStoreFactory");
            service(jar, "Exemption", "TicketExemption");
            service(jar, "ResponseRenderer", "TextRenderer");
        }
        return directory;
    }

    private static void service(JarOutputStream jar, String service, String implementation) throws IOException {
        jar.putNextEntry(new ZipEntry("META-INF/services/io.maintenanceagent.api." + service));
        jar.write(("toggle." + implementation).getBytes(StandardCharsets.UTF_8));
        jar.closeEntry();
    }
}
