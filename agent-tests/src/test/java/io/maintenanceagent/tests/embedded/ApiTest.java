package io.maintenanceagent.tests.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.maintenanceagent.tests.harness.Await;
import io.maintenanceagent.tests.harness.Cell;
import io.maintenanceagent.tests.harness.Http;
import io.maintenanceagent.tests.harness.Project;
import io.maintenanceagent.tests.harness.Response;
import io.maintenanceagent.tests.harness.ServerProcess;
import io.maintenanceagent.tests.harness.StateFile;
import io.maintenanceagent.tests.harness.WebApplication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An application that has the API's jar in its WAR. */
final class ApiTest {

    private static final WebApplication APPLICATION = new WebApplication("api-app", Project.apiJar());

    @ParameterizedTest
    @MethodSource("io.maintenanceagent.tests.harness.Cell#running")
    void on_byTheApplication_refusesRequests(Cell cell) {
        StateFile state = new StateFile(Project.newDirectory("state").resolve("maintenance.mode"));
        StateFile policy = new StateFile(state.path().resolveSibling("policy.json"));
        policy.write("{\"exempt\": {\"paths\": [\"/shop/mode\"]}}");
        Path audit = state.path().resolveSibling("audit.log");
        String options = "file=" + state.path() + ",policy=" + policy.path() + ",audit=" + audit;
        try (ServerProcess server = ServerProcess.start(cell, APPLICATION, command -> command.agent(options))) {
            Http http = server.http();
            Await.until(
                    Shop.FLIP_LIMIT,
                    () -> "not served",
                    () -> http.get("/shop/none").status() == 404);
            assertEquals("served", http.get("/shop/open").text());
            assertEquals(503, http.get("/shop/closed").status(), "forced on by its annotation");
            assertEquals("false", http.get("/shop/mode?do=ask").text());

            assertEquals("true", http.get("/shop/mode?do=on").text());
            assertRefused("Service temporarily unavailable due to maintenance", http.get("/shop/none"));
            assertEquals("true", http.get("/shop/mode?do=on&message=inner").text());
            assertRefused("inner", http.get("/shop/none"));
            assertEquals("served", http.get("/shop/open").text());
            assertEquals("true", http.get("/shop/mode?do=off").text());
            assertRefused("Service temporarily unavailable due to maintenance", http.get("/shop/none"));
            assertEquals("false", http.get("/shop/mode?do=off").text());
            assertEquals(404, http.get("/shop/none").status());

            state.write("{\"enabled\": true, \"message\": \"the operator's\"}");
            Await.until(
                    Shop.FLIP_LIMIT,
                    () -> "not on",
                    () -> http.get("/shop/none").status() == 503);
            assertEquals("true", http.get("/shop/mode?do=ask").text());
            http.get("/shop/mode?do=on&message=inner");
            http.get("/shop/mode?do=off");
            assertRefused("the operator's", http.get("/shop/none"));
            assertEquals("served", http.get("/shop/open").text());

            // Each override by the API is audited, however short.
            List<String> sources = List.of(
                    "override on", "override on", "override on", "default off", "store on", "override on", "store on");
            Await.until(
                    Shop.FLIP_LIMIT,
                    () -> "audited: " + audited(audit),
                    () -> audited(audit).equals(sources));
        }
    }

    private static List<String> audited(Path audit) {
        try (Stream<String> lines = Files.lines(audit)) {
            return lines.map(line -> line.replaceAll(".*\"to\":\"(.*?)\",\"source\":\"(.*?)\".*", "$2 $1"))
                    .collect(Collectors.toList());
        } catch (IOException | UncheckedIOException none) {
            return List.of();
        }
    }

    @Test
    void on_withoutTheAgent_doesNothing() {
        try (ServerProcess server = ServerProcess.start(Cell.any(), APPLICATION, command -> {})) {
            assertEquals("false", server.http().get("/shop/mode?do=on").text());
            assertEquals("served", server.http().get("/shop/closed").text());
            assertEquals("false", server.http().get("/shop/mode?do=off").text());
        }
    }

    private static void assertRefused(String detail, Response response) {
        assertEquals(503, response.status(), response::toString);
        assertEquals("{\"detail\":\"" + detail + "\"}", response.text());
    }
}
