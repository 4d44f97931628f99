package io.maintenanceagent.tests.response;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.tests.harness.Await;
import io.maintenanceagent.tests.harness.Cell;
import io.maintenanceagent.tests.harness.Project;
import io.maintenanceagent.tests.harness.Request;
import io.maintenanceagent.tests.harness.Response;
import io.maintenanceagent.tests.harness.ServerProcess;
import io.maintenanceagent.tests.harness.StateFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The files that a policy names. */
class PolicyFilesTest {

    private static final Duration RELOAD_LIMIT = Duration.ofSeconds(20);
    private static final String BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

    @Test
    void policyFiles_change_isFollowed() throws Exception {
        Path directory = Project.newDirectory("policy");
        Path policy = directory.resolve("policy.json");
        Files.writeString(directory.resolve("page.html"), "<!DOCTYPE html><title>Ours</title>${message} ${path}");
        Files.writeString(
                policy,
                "{\"response\": {\"status\": 500, \"html\": \"page.html\", \"headers\": {\"X-Maintenance\": \"on\"}},"
                        + " \"rules\": [{\"path\": \"/shop/api/**\", \"response\": {\"text\": \"api\", "
                        + "\"status\": 503}}]}");
        StateFile state = new StateFile(Project.newDirectory("state").resolve("maintenance.mode"));
        state.write("{\"enabled\": true, \"message\": \"<now>\"}");
        try (ServerProcess server = ServerProcess.start(
                Cell.any(), command -> command.agent("file=" + state.path() + ",policy=" + policy))) {
            Request page = Request.get("/shop/greeting").with("Accept", BROWSER);
            Response response = server.http().send(page);
            assertEquals(500, response.status());
            assertEquals("on", response.header("X-Maintenance"));
            assertTrue(response.text().endsWith("&#60;now&#62; /shop/greeting"), response.toString());
            Response api = server.http().send(Request.get("/shop/api/x").with("Accept", "text/plain"));
            assertEquals(503, api.status());
            assertEquals("api", api.text());

            Files.writeString(directory.resolve("page.html"), "<!DOCTYPE html><title>New</title>");
            Await.until(
                    RELOAD_LIMIT, () -> "not reloaded", () -> text(server, page).contains("New"));
            Files.delete(directory.resolve("page.html"));
            Await.until(
                    RELOAD_LIMIT, () -> "no default", () -> text(server, page).contains("Down for maintenance"));
            Await.until(
                    RELOAD_LIMIT,
                    () -> "nothing said",
                    () -> !server.agentLines().isEmpty());
            assertEquals(
                    List.of("maintenance-agent: policy /response/html: \"page.html\" is not there;"
                            + " the default answer is given instead"),
                    server.agentLines());
        }
    }

    private static String text(ServerProcess server, Request request) {
        return server.http().send(request).text();
    }
}
