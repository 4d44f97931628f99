package io.maintenanceagent.response;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.maintenanceagent.fuzz.Fuzz;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Any {@code Accept} and {@code Accept-Language} chooses a representation and a language, soon. */
class AcceptFuzzTest {

    @FuzzTest(maxDuration = "5m")
    void preferred_anyHeader_doesNotThrow(byte[] content) {
        choose(content);
    }

    @Test
    void preferred_mutations_doesNotThrow() {
        Fuzz.run(
                "Accept, Accept-Language",
                AcceptFuzzTest::choose,
                "text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8",
                "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2",
                "application/problem+json;charset=\"utf-8\", text/plain;q=0.5;level=1",
                "de-CH, fr;q=0.9, zh-Hant-TW;q=0.8, *;q=0.5");
    }

    private static void choose(byte[] content) {
        String header = new String(content, StandardCharsets.UTF_8);
        assertNotNull(Accept.preferred(header));
        assertTrue(Languages.ALL.contains(Languages.preferred(header)));
    }
}
