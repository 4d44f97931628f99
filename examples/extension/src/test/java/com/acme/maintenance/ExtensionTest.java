package com.acme.maintenance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.api.Exemption;
import io.maintenanceagent.api.RequestView;
import io.maintenanceagent.api.StateStore;
import io.maintenanceagent.api.StateStoreFactory;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The extension as the agent finds it: by its entries in {@code META-INF/services}. */
class ExtensionTest {

    @TempDir
    private Path directory;

    @AfterEach
    void removePartners() {
        System.clearProperty("acme.partners");
    }

    @Test
    void store_directoryHasFiles_saysOnAndByWhom() throws IOException {
        StateStoreFactory factory =
                ServiceLoader.load(StateStoreFactory.class).iterator().next();
        assertEquals("directory", factory.scheme());
        try (StateStore store = factory.open(URI.create("directory:" + directory))) {
            assertEquals("off", text(store));
            Files.createFile(directory.resolve("backup"));
            assertEquals("{\"enabled\": true, \"by\": \"backup\"}", text(store));
            Files.delete(directory.resolve("backup"));
            assertEquals("off", text(store));
        }
    }

    @Test
    void store_noDirectory_cannotBeRead() {
        StateStore store = new DirectoryStore(new File(directory.toFile(), "none"));
        assertThrows(IOException.class, store::read);
    }

    @Test
    void exemption_knownPartner_passes() {
        Exemption exemption = ServiceLoader.load(Exemption.class).iterator().next();
        System.setProperty("acme.partners", "k-4711,k-4712");
        assertTrue(exemption.exempts(new Request("GET", "/shop/partner/prices", "k-4712")));
        assertFalse(exemption.exempts(new Request("GET", "/shop/partner/prices", "")));
        assertFalse(exemption.exempts(new Request("GET", "/shop/partner/prices", null)));
        assertFalse(exemption.exempts(new Request("POST", "/shop/partner/prices", "k-4712")));
        assertFalse(exemption.exempts(new Request("GET", "/shop/cart", "k-4712")));
    }

    private static String text(StateStore store) throws IOException {
        return new String(store.read(), StandardCharsets.UTF_8);
    }

    private static final class Request implements RequestView {
        private final String method;
        private final String path;
        private final String key;

        Request(String method, String path, String key) {
            this.method = method;
            this.path = path;
            this.key = key;
        }

        @Override
        public String method() {
            return method;
        }

        @Override
        public String path() {
            return path;
        }

        @Override
        public String contextPath() {
            return "/shop";
        }

        @Override
        public String host() {
            return "www.example.com";
        }

        @Override
        public String header(String name) {
            return name.equalsIgnoreCase("X-Partner-Key") ? key : null;
        }
    }
}
