package io.maintenanceagent.tests.browser;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.tests.cli.Cli;
import io.maintenanceagent.tests.harness.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The pictures of the README: the page, and what {@code status} prints. With {@code -Dpictures=true} they are taken
 * into the documents.
 */
final class PicturesTest {

    private static final Path DOCUMENTS =
            Project.sources("../../agent/docs/pictures").normalize();
    private static final String PATH = "/srv/shop/maintenance.mode";

    @Test
    void page() throws IOException {
        try (Site site = Site.start("{\"enabled\": true, \"message\": \"We are moving to a bigger machine.\"}");
                Browser browser = Browser.start("en")) {
            browser.viewport(900, 520);
            browser.open(site.url("/shop/greeting"));
            assertTrue(browser.text().contains("We are moving to a bigger machine."), browser.text());
            keep(browser.screenshot("page"));
        }
    }

    @Test
    void status() throws IOException {
        try (Site site = Site.start("off");
                Browser browser = Browser.start("en")) {
            site.flip("{\"enabled\": true, \"message\": \"We are moving to a bigger machine.\", \"by\": \"alice@web1\","
                    + "\"until\": \""
                    + Instant.now().plus(Duration.ofMinutes(31)).truncatedTo(ChronoUnit.MINUTES)
                    + "\"}");
            String file = site.stateFile().toString();
            List<String> lines = new Cli().run("status", "--file", file).done().out();
            String text = String.join("\n", lines).replace(file, PATH);
            Matcher instance = Pattern.compile("\\S+ on \\S+ \\(\\d+\\)").matcher(text);
            assertTrue(instance.find(), text);
            // A name that says something, in a column as wide as it was.
            text = text.replace(
                    instance.group(), String.format("%-" + instance.group().length() + "s", "shop on web1 (4711)"));
            assertTrue(text.contains("alice@web1"), text);
            Path html = Files.writeString(
                    Project.newDirectory("pictures").resolve("status.html"),
                    "<meta charset=utf-8><style>body{margin:0;padding:20px;background:#1d1f21;color:#e0e0e0}"
                            + "pre{margin:0;font:15px/1.5 'DejaVu Sans Mono',monospace}</style><pre>$ java -jar "
                            + "maintenance-agent.jar status --file " + PATH + "\n"
                            + text.replace("&", "&amp;").replace("<", "&lt;") + "</pre>");
            browser.viewport(900, 280);
            browser.open(html.toUri().toString());
            keep(browser.screenshot("status"));
        }
    }

    private static void keep(Path picture) throws IOException {
        if (Boolean.getBoolean("pictures")) {
            Files.createDirectories(DOCUMENTS);
            Files.copy(picture, DOCUMENTS.resolve(picture.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
