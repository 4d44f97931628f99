package io.maintenanceagent.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.documents.Document;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The policies of the recipes do what their text says, by {@code explain}, which decides as the agent does. */
class RecipesTest {

    private static final String ON = "on";
    private static final String READ_ONLY = "{\"enabled\": true, \"mode\": \"read-only\"}";

    @TempDir
    private Path directory;

    private CommandLineRunner runner;

    @BeforeEach
    void type() {
        runner = new CommandLineRunner(directory);
    }

    /** The block of a recipe or page that has a text in it. */
    private String policyWith(String page, String text) {
        for (String block : Document.of("agent/docs/" + page).blocks("policy")) {
            if (block.contains(text)) {
                return runner.write("policy.json", block).toString();
            }
        }
        throw new AssertionError(page + " has no policy with " + text);
    }

    private void assertPasses(String state, String policy, String... request) {
        assertExplained(" passes", state, policy, request);
    }

    private void assertRefused(String state, String policy, String... request) {
        assertExplained(" refused: ", state, policy, request);
    }

    private void assertExplained(String outcome, String state, String policy, String... request) {
        List<String> words = new ArrayList<>(Arrays.asList("explain", "--state", state, "--policy", policy));
        words.addAll(Arrays.asList(request));
        String out = runner.run(words.toArray(new String[0])).done().out();
        assertTrue(out.lines().reduce((one, next) -> next).orElse("").contains(outcome), out);
    }

    @Test
    void logins_inReadOnlyMode_passAndOnlyThen() {
        String policy = policyWith("recipes.md", "/shop/login");
        assertPasses(READ_ONLY, policy, "POST", "/shop/login");
        assertRefused(READ_ONLY, policy, "POST", "/shop/order");
        assertRefused(ON, policy, "POST", "/shop/login");
        assertPasses(READ_ONLY, policy, "GET", "/shop/order");
    }

    @Test
    void roles_administratorsAndTheLoginPagePass() {
        String policy = policyWith("recipes.md", "\"roles\"");
        assertPasses(ON, policy, "--role", "ADMIN", "GET", "/orders");
        assertPasses(ON, policy, "GET", "/login");
        assertRefused(ON, policy, "--role", "USER", "GET", "/orders");
    }

    @Test
    void addresses_behindATrustedProxy_pass() {
        String policy = policyWith("recipes.md", "192.0.2.0/24");
        String header = "X-Forwarded-For: 192.0.2.7";
        assertPasses(ON, policy, "--address", "10.1.2.3", "-H", header, "GET", "/");
        assertRefused(ON, policy, "--address", "203.0.113.9", "-H", header, "GET", "/");
    }

    @Test
    void managers_pass() {
        String policy = policyWith("recipes.md", "/manager");
        assertPasses(ON, policy, "--context", "/manager", "GET", "/manager/jmxproxy/");
        assertPasses(ON, policy, "--context", "/jolokia", "POST", "/jolokia/");
        assertRefused(ON, policy, "--context", "/shop", "GET", "/shop/");
    }

    @Test
    void eventStreams_areAnsweredWith200() {
        String policy = policyWith("recipes.md", "/shop/events");
        assertExplained(" refused: 200, Retry-After: 5", ON, policy, "GET", "/shop/events");
        assertExplained(" refused: 503", ON, policy, "GET", "/shop/cart");
    }

    @Test
    void rules_ofThePolicyPage_decideAsItsTableSays() {
        String policy = policyWith("policy.md", "HealthServlet");
        assertRefused("off", policy, "GET", "/shop/beta/x");
        assertPasses(ON, policy, "GET", "/shop/status");
        assertRefused(ON, policy, "POST", "/shop/status");
        assertPasses(ON, policy, "--servlet", "com.acme.HealthServlet", "GET", "/shop/x");
        assertPasses(ON, policy, "--annotation", "com.acme.AlwaysAvailable", "GET", "/shop/x");
        assertPasses(ON, policy, "--context", "/shop", "GET", "http://admin.example.com/shop/x");
        assertExplained(" refused: 503, Retry-After: 60", ON, policy, "GET", "/shop/api/x");
    }

    @Test
    void exemptions_ofThePolicyPage_letPass() {
        String policy = policyWith("policy.md", "X-Admin-Key");
        assertPasses(ON, policy, "GET", "/shop/assets/a.png");
        assertPasses(ON, policy, "--address", "10.9.8.7", "GET", "/shop/x");
        assertPasses(ON, policy, "-H", "X-Admin-Key: 1c1a4ffb3e3f4d0aa43a", "GET", "/shop/x");
        assertPasses(ON, policy, "-H", "User-Agent: Monitoring/2", "GET", "/shop/x");
        assertPasses(ON, policy, "--role", "admin", "GET", "/shop/x");
        assertRefused(ON, policy, "--address", "192.0.2.1", "GET", "/shop/x");
        assertRefused(ON, policy, "GET", "/.well-known/acme-challenge/x");
    }
}
