package io.maintenanceagent.tests.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.maintenanceagent.tests.harness.Await;
import io.maintenanceagent.tests.harness.Cell;
import io.maintenanceagent.tests.harness.Server;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The page comes as it should, and goes again, whatever JDK the server runs on. */
final class EveryJdkPageTest {

    private static final Duration RETURN_LIMIT = Duration.ofSeconds(30);

    /** The newest JDK, which the other tests in a browser do not run on, or all where all are tested. */
    static Stream<Cell> cells() {
        List<Cell> cells = Cell.of(Server.TOMCAT_11).toList();
        return cells.stream().skip(Boolean.getBoolean("test.jdks.all") ? 0 : cells.size() - 1);
    }

    @ParameterizedTest
    @MethodSource("cells")
    void page_comesAndGoes(Cell cell) {
        try (Site site = Site.start(cell, "{\"enabled\": true, \"message\": \"Größere Maschine: 42 < 43.\"}", null);
                Browser browser = Browser.start("de")) {
            browser.open(site.url("/shop/greeting"));
            assertEquals("Wartungsarbeiten", browser.title());
            assertEquals(List.of(), browser.accessibilityFaults());
            assertEquals(List.of(), browser.complaints());
            site.flip("off");
            Await.until(RETURN_LIMIT, browser::text, () -> browser.text().contains("Good morning."));
        }
    }
}
