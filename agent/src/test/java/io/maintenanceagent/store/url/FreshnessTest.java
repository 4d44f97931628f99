package io.maintenanceagent.store.url;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FreshnessTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            delimiter = '|',
            value = {
                "- | - | 0",
                "max-age=10 | - | 10",
                "public, Max-Age=10 , must-revalidate | 4 | 6",
                "max-age=\"10\" | 11 | 0",
                "max-age=10, no-cache | - | 0",
                "no-store, max-age=10 | - | 0",
                "no-cache=\"Set-Cookie\", max-age=10 | - | 0",
                "s-maxage=10 | - | 0",
                "max-age=86400 | - | 300",
                "max-age=-1 | - | 0",
                "max-age=99999999999999 | - | 0",
                "max-age=x | y | 0",
                "max-age=10 | y | 10",
            })
    void nanos_headers_seconds(String cacheControl, String age, long seconds) {
        assertEquals(seconds, TimeUnit.NANOSECONDS.toSeconds(Freshness.nanos(cacheControl, age)));
    }
}
