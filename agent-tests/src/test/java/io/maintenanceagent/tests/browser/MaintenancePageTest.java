package io.maintenanceagent.tests.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.tests.harness.Await;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a reader sees of a maintenance, and that it ends by itself. */
class MaintenancePageTest {

    /** The page asks after 4 to 6 seconds for the first time. */
    private static final Duration RETURN_LIMIT = Duration.ofSeconds(30);

    private static Site site;

    @BeforeAll
    static void start() {
        site = Site.start("on");
    }

    @AfterAll
    static void stop() {
        if (site != null) {
            site.close();
        }
    }

    private static String endingIn(Duration time) {
        return "{\"enabled\": true, \"message\": \"We are moving to a bigger machine.\", \"until\": \""
                + Instant.now().plus(time).truncatedTo(java.time.temporal.ChronoUnit.SECONDS) + "\"}";
    }

    @ParameterizedTest
    @CsvSource({
        "en, light, 1100, 800, Down for maintenance",
        "en, dark, 1100, 800, Down for maintenance",
        "de, light, 390, 844, Wartungsarbeiten",
        "ar, dark, 390, 844, الموقع قيد الصيانة",
        "ja, light, 320, 640, メンテナンス中",
        "he, light, 1100, 800, האתר בתחזוקה",
    })
    void isReadableByAllAndComplainsOfNothing(String language, String scheme, int width, int height, String title) {
        site.flip(language.equals("ja") ? "on" : endingIn(Duration.ofMinutes(95)));
        try (Browser browser = Browser.start(language)) {
            browser.colourScheme(scheme);
            browser.viewport(width, height);
            browser.open(site.url("/shop/greeting"));
            browser.screenshot("page-" + language + "-" + scheme + "-" + width);
            assertEquals(title, browser.title());
            assertEquals(language, browser.run("return document.documentElement.lang"));
            assertEquals(List.of(), browser.accessibilityFaults());
            assertEquals(List.of(), browser.complaints());
            assertEquals(
                    true,
                    browser.run("return document.documentElement.scrollWidth <= innerWidth"),
                    "nothing to scroll sideways");
            assertEquals(
                    List.of(),
                    browser.run("return performance.getEntriesByType('resource').map(r => r.name)"
                            + ".filter(name => name !== location.href)"), // it asks for itself after some seconds
                    "needs nothing else");
        }
    }

    @Test
    void tellsTheEndInTheReadersTimeZone() {
        site.flip("{\"enabled\": true, \"until\": \"2031-01-05T23:30:00Z\"}");
        try (Browser browser = Browser.start("en")) {
            browser.emulate("setTimezoneOverride", Map.of("timezoneId", "Asia/Kathmandu"));
            browser.open(site.url("/shop/greeting"));
            assertTrue(browser.text().contains("Monday, January 6 at 5:15 AM GMT+5:45 (in "), browser.text());
        }
    }

    @Test
    void comesBackToTheSameAddress() {
        site.flip("on");
        try (Browser browser = Browser.start("en")) {
            String url = site.url("/shop/greeting?a=b&c=%2F#there");
            browser.open(url);
            browser.run("window.same = true");
            assertEquals("Down for maintenance", browser.title());
            browser.click("#again");
            browser.awaitText(RETURN_LIMIT, "Still down for maintenance.");
            assertEquals(true, browser.run("return window.same === true"), "it was not loaded again");
            site.flip("off");
            browser.awaitText(RETURN_LIMIT, "Good morning.");
            assertEquals(url, browser.url());
            assertEquals(List.of(), browser.complaints());
        }
    }

    @Test
    void tellsWhatHasChangedWhileItWaits() {
        site.flip("on");
        try (Browser browser = Browser.start("en")) {
            browser.open(site.url("/shop/greeting"));
            browser.run("window.same = true");
            askUntil(browser, "{\"enabled\": true, \"message\": \"<b>The disk is full.\"}", "<b>The disk is full.");
            assertEquals(0L, browser.run("return document.querySelectorAll('.until').length"));
            askUntil(browser, endingIn(Duration.ofMinutes(95)), "(in 95 minutes)");
            assertTrue(browser.text().contains("We are moving to a bigger machine."), browser.text());
            assertEquals("auto", browser.run("return document.querySelector('.message').dir"));
            askUntil(browser, endingIn(Duration.ofMinutes(185)), "(in 3 hours)");
            assertEquals(1L, browser.run("return document.querySelectorAll('.until').length"));
            assertEquals(List.of(), browser.accessibilityFaults());
            askUntil(browser, "on", "We are working on this service.");
            assertEquals(0L, browser.run("return document.querySelectorAll('.until').length"));
            assertEquals("", browser.run("return document.querySelector('.message').dir"));
            assertEquals(true, browser.run("return window.same === true"), "it was not loaded again");
            assertEquals(List.of(), browser.complaints());
        }
    }

    /** Has the page ask until it has heard of the new state. */
    private static void askUntil(Browser browser, String state, String text) {
        site.flip(state);
        Await.until(RETURN_LIMIT, () -> "no \"" + text + "\" but: " + browser.text(), () -> {
            browser.click("#again");
            return browser.text().contains(text);
        });
    }

    @Test
    void doesNotRepeatAPost() {
        site.flip("off");
        try (Browser browser = Browser.start("en")) {
            browser.open(site.url("/shop/greeting"));
            int before = site.entries();
            site.flip("on");
            browser.run("const f = document.createElement('form'); f.method = 'post'; f.action = '/shop/echo?x=y';"
                    + "f.innerHTML = '<input name=text value=once>'; document.body.append(f); f.submit()");
            browser.awaitText(RETURN_LIMIT, "What you sent has not been saved.");
            assertEquals(List.of(), browser.accessibilityFaults());
            browser.screenshot("page-sent");
            site.flip("off");
            // The application has nothing for a GET there, and says so.
            browser.awaitText(RETURN_LIMIT, "405");
            assertEquals(site.url("/shop/echo?x=y"), browser.url());
            assertFalse(browser.text().contains("once"));
            assertTrue(site.entries() - before <= 2, "filters at the most");
        }
    }
}
