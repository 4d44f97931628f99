package io.maintenanceagent.tests.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** Errors, and what deserves a warning, are found before an agent reads them. */
final class CheckTest {

    private final Cli cli = new Cli();

    @Test
    void whatIsFine() {
        String nothing = cli.run("check").done().text();
        assertTrue(nothing.contains("ok       policy none: the presets are exempt\n"), nothing);
        assertTrue(nothing.contains("ok       state off (default), " + cli.file() + " says nothing"), nothing);
        cli.write("policy.json", "{\"response\": {\"html\": \"page.html\"}, \"bypass\": {\"secretFile\": \"secret\"}}");
        cli.write("page.html", "<p>Soon");
        cli.write("secret", "one that nobody ever guesses");
        cli.write("maintenance.mode", "on");
        String text = cli.run("check", "--policy", "policy.json").done().text();
        assertTrue(text.contains("ok       policy " + cli.directory().resolve("policy.json")), text);
        assertTrue(text.contains("ok       state on, "), text);
        assertFalse(text.contains("warning"), text);
    }

    @Test
    void whatIsProbablyNotMeant() {
        cli.write(
                "policy.json",
                "{\"exempt\": {\"paths\": [\"/**\"]}, \"bypass\": {\"secret\": \"sesame\"}, \"trustedProxies\":"
                        + " [\"0.0.0.0/0\"]}");
        cli.write("maintenance.mode", "{\"enabled\":true,\"until\":\"2020-01-01T00:00Z\",\"colour\":\"red\"}");
        String text = cli.run("check", "--policy", "policy.json").done().text();
        for (String warning : new String[] {
            "policy.json: /exempt/paths/0 (line 1, column 23) exempts every request",
            "policy.json: /bypass/secret (line 1, column 53) is a secret of less than 16 characters",
            "policy.json: /trustedProxies/0 (line 1, column 83) trusts every address",
            "maintenance.mode: unknown members [colour] are ignored",
            "maintenance.mode: maintenance is on, but expired 2020-01-01"
        }) {
            assertTrue(
                    text.contains("\nwarning  " + cli.directory() + "/" + warning), () -> warning + " not in\n" + text);
        }
        assertFalse(text.contains("sesame"), text);
        String json =
                cli.run("check", "--policy", "policy.json", "--json").done().text();
        assertTrue(json.startsWith("{\"ok\":true,\"errors\":[],\"warnings\":[\""), json);
    }

    @Test
    void whatIsWrong() throws IOException {
        cli.write("policy.json", "{\"rule\": []}");
        cli.write("maintenance.mode", "maybe");
        Files.createDirectory(cli.directory().resolve("jars"));
        cli.write("jars/broken.jar", "no jar at all");
        Cli.Outcome outcome = cli.run("check", "--policy", "policy.json", "--extensions", "jars");
        assertEquals(1, outcome.code());
        assertEquals(3, outcome.err().size(), outcome::toString);
        assertTrue(
                outcome.err().get(0).contains("policy.json: /rule (line 1, column 10) unknown member; allowed: rules"));
        assertTrue(outcome.err().get(1).contains("maintenance.mode holds no state (line 1: \"maybe\" is not a state"));
        assertTrue(outcome.err().get(2).contains("broken.jar is no jar"), outcome::toString);

        cli.write("maintenance.mode", "off");
        cli.write("policy.json", "{\"response\": {\"html\": \"missing.html\"}}");
        cli.run("check", "--policy", "policy.json").failed(1, "missing.html");
        cli.run("check", "--policy", "missing.json").failed(1, "missing.json does not exist");
        cli.run("check", "--extensions", "missing").failed(1, "allowed: a directory of jars");
    }
}
