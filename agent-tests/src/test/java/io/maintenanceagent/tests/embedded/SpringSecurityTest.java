package io.maintenanceagent.tests.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.tests.harness.Cell;
import io.maintenanceagent.tests.harness.Project;
import io.maintenanceagent.tests.harness.Refusal;
import io.maintenanceagent.tests.harness.Request;
import io.maintenanceagent.tests.harness.Response;
import io.maintenanceagent.tests.harness.ServerProcess;
import io.maintenanceagent.tests.harness.Sources;
import io.maintenanceagent.tests.harness.StateFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Users whom a filter of the application knows, and the container does not. */
final class SpringSecurityTest {

    private static final Request HELLO = Request.get("/shop/hello");

    @Test
    void exemptRole_administratorsPass_othersAreRefused() throws IOException {
        Path war = war();
        try (Shop shop = Shop.open(Cell.any(), (command, state) -> {
            new StateFile(state).write("on");
            StateFile policy = new StateFile(state.resolveSibling("policy.json"));
            policy.write("{\"exempt\": {\"roles\": [\"ADMIN\"]}}");
            command.agent("file=" + state + ",policy=" + policy.path())
                    .main("TomcatLauncher", war.toString(), ServerProcess.CONTEXT);
        })) {
            Response anonymous = shop.send(HELLO.with("Accept", "text/html"));
            assertEquals(302, anonymous.status(), "to the login");
            assertTrue(anonymous.header("Location").endsWith("/shop/login"), anonymous::toString);
            assertEquals(401, shop.send(HELLO).status(), "programs are asked for a password");
            assertEquals(200, shop.send(Request.get("/shop/login")).status());
            Request open = Request.get("/shop/open");
            Refusal.DEFAULT.assertAnswers(open, shop.send(open));

            assertEquals(
                    "Hello alice",
                    shop.send(HELLO.with("Cookie", logIn(shop, "alice"))).text());
            Request bob = HELLO.with("Cookie", logIn(shop, "bob"));
            Refusal.DEFAULT.assertAnswers(bob, shop.send(bob));
            assertEquals(
                    "Hello alice",
                    shop.send(HELLO.with("Authorization", basic("alice"))).text());
            assertEquals(
                    "Hello alice",
                    shop.send(open.with("Authorization", basic("alice"))).text());
            Request basicBob = open.with("Authorization", basic("bob"));
            Refusal.DEFAULT.assertAnswers(basicBob, shop.send(basicBob));
            assertEquals(401, shop.send(HELLO.with("Authorization", "Basic !")).status(), "what the filter says");
            shop.assertSilent();
        }
    }

    private static String logIn(Shop shop, String user) {
        Response response = shop.send(Request.post(
                "/shop/login",
                "application/x-www-form-urlencoded",
                ("username=" + user + "&password=" + user).getBytes(StandardCharsets.UTF_8)));
        assertEquals(302, response.status());
        String cookie = response.header("Set-Cookie");
        assertTrue(cookie != null && cookie.startsWith("JSESSIONID="), response::toString);
        return cookie.substring(0, cookie.indexOf(';'));
    }

    private static String basic(String user) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + user).getBytes(StandardCharsets.UTF_8));
    }

    private static Path war() throws IOException {
        Path war = Project.newDirectory("security-app");
        List<Path> libraries = Project.serverJars("spring-security");
        Path lib = Files.createDirectories(war.resolve("WEB-INF/lib"));
        for (Path library : libraries) {
            Files.copy(library, lib.resolve(library.getFileName()));
        }
        List<Path> classPath = new ArrayList<>(Cell.any().server().jars());
        classPath.addAll(libraries);
        Sources sources = new Sources(Project.sources("security-app"));
        sources.compile(17, sources.names(), text -> text, classPath, war.resolve("WEB-INF/classes"));
        return war;
    }
}
