package io.maintenanceagent.response;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "JSON    |",
                "JSON    | */*",
                "JSON    | ''",
                "JSON    | application/json",
                "JSON    | APPLICATION/Json",
                "JSON    | application/*",
                "JSON    | image/avif,image/webp,image/*,*/*;q=0.8",
                "JSON    | application/xml",
                "JSON    | application/json, text/plain, */*",
                "HTML    | text/html",
                "HTML    | Text/HTML",
                "HTML    | text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8,"
                        + "application/signed-exchange;v=b3;q=0.7",
                // java.net.HttpURLConnection, until Java 17 and after
                "JSON    | text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2",
                "JSON    | text/html, image/gif, image/jpeg, */*; q=0.2",
                "JSON    | text/html,image/gif,image/jpeg,*/*;q=0.2",
                "HTML    | text/html, image/gif, image/jpeg",
                "HTML    | text/html, image/gif, image/jpeg, */*; q=0.3",
                "HTML    | text/html;q=0.9, image/gif, image/jpeg, */*; q=.2",
                "HTML    | text/html, image/gif, image/jpeg, image/png, */*; q=.2",
                // RestTemplate and RestClient, for objects and texts; JAX-RS, for XML
                "JSON    | application/json, application/*+json",
                "JSON    | application/*+json",
                "TEXT    | text/plain, application/json, application/*+json, */*",
                "JSON    | application/xml, text/xml, application/*+xml",
                "HTML    | */*;q=0.1, text/html",
                "HTML    | */*, text/html",
                "HTML    | text/html, */*; q=0.01",
                "HTML    | text/html, */*",
                "HTML    | text/html;charset=utf-8",
                "HTML    | text/html;charset=\"UTF-8\"",
                "HTML    | text/html;level=1",
                "HTML    | text/*",
                "TEXT    | text/plain",
                "TEXT    | text/*;q=0.3, text/plain;q=0.7, text/html;q=0.5",
                "TEXT    | text/plain, text/html;q=0.9",
                "TEXT    | text/html;q=0, text/*",
                "PROBLEM | application/problem+json",
                "PROBLEM | application/problem+json, application/json",
                "JSON    | application/json, application/problem+json",
                "JSON    | application/problem+json;q=0.9, application/json",
                "PROBLEM | application/json;q=0, */*",
                "EVENTS  | text/event-stream",
                "EVENTS  | text/event-stream, */*;q=0.1",
                "JSON    | application/json, text/html",
                "HTML    | text/html, application/json",
                "JSON    | text/html;q=0.5, application/json;q=0.8",
                "JSON    | text/html;level=1, text/html;q=0.7, application/json;q=0.8",
                "JSON    | text/html;q=0",
                "JSON    | */*;q=0",
                "HTML    | text/html;q=0.001",
                "JSON    | text/html;q=0.000",
            })
    void preferred_weights_highestIsChosen(Representation form, String accept) {
        assertEquals(form, Accept.preferred(accept));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "JSON | text/html;q=2",
                "JSON | text/html;q=",
                "JSON | text/html;q=high",
                "JSON | text/html;q=-1",
                "JSON | text",
                "JSON | /",
                "JSON | text/",
                "JSON | /html",
                "JSON | text//html",
                "JSON | ,,;;,=,q=1",
                "JSON | \"text/html",
                "HTML | ,, text/html ,;",
                "HTML | ;q=1, text/html",
                "HTML | nonsense, text/html; q=0.5",
                "HTML | text/html;q=1;ext=\"a,b\"",
                "TEXT | text/plain;x=\"a, text/html",
                "TEXT | text/html;q=1.5, text/plain;q=0.1",
            })
    void preferred_malformedElements_areIgnored(Representation form, String accept) {
        assertEquals(form, Accept.preferred(accept));
    }

    @Test
    void preferred_hugeHeader_isFast() {
        String huge = "a/b;q=0.1,".repeat(100_000) + "text/html";
        assertTimeout(Duration.ofSeconds(20), () -> {
            for (int i = 0; i < 2000; i++) {
                assertEquals(Representation.JSON, Accept.preferred(huge));
            }
        });
        assertEquals(Representation.HTML, Accept.preferred("text/html," + huge));
        assertEquals(
                Representation.JSON, Accept.preferred("x".repeat(QualityList.MAX_CHARS - 4) + ",text/html"), "cut off");
        assertEquals(Representation.JSON, Accept.preferred("\"".repeat(100_001)));
        assertEquals(Representation.JSON, Accept.preferred("text/html;q=0." + "9".repeat(4000) + "x"));
    }
}
