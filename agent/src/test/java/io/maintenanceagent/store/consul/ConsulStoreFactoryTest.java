package io.maintenanceagent.store.consul;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsulStoreFactoryTest {

    @Test
    void open_good_nameHasNoSecret() {
        assertEquals(
                "consuls://h1:8501,h2:8501/a/b%20c",
                new ConsulStoreFactory("consuls")
                        .open(URI.create("consuls://:SECRET@h1,h2/a/b%20c"))
                        .name());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "consul:x",
                "consul://h",
                "consul://h/",
                "consul://h//k",
                "consul://h:0/k",
                "consul://me:SECRET@h/k",
                "consul://SECRET@h/k",
                "consul://:SECRET@h/k?password-file=f",
                "consul://h/k?token=SECRET",
                "consul://h/k#f",
            })
    void open_bad_errorSaysWhatIsAllowedAndQuotesNothing(String uri) {
        String message = assertThrows(
                        IllegalArgumentException.class, () -> new ConsulStoreFactory("consul").open(URI.create(uri)))
                .getMessage();
        assertTrue(message.startsWith("consul://[:TOKEN@]HOST[:PORT][,HOST[:PORT]…]/KEY, consuls://"), message);
        assertFalse(message.contains("SECRET"), message);
    }
}
