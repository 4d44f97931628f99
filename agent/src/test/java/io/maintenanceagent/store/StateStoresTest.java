package io.maintenanceagent.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.api.StateStore;
import io.maintenanceagent.api.StateStoreFactory;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateStoresTest {

    /** The least that a store can be. */
    private static final StateStore OTHER = new StateStore() {
        @Override
        public byte[] read() {
            return null;
        }

        @Override
        public void awaitChange() {}

        @Override
        public String name() {
            return "other";
        }

        @Override
        public void close() {}
    };

    private final StateStores stores = new StateStores(List.of(new StateStoreFactory() {
        @Override
        public String scheme() {
            return "other";
        }

        @Override
        public StateStore open(URI uri) {
            return OTHER;
        }
    }));

    @Test
    void open_fileOrExtension_opensTheStore() {
        assertEquals(
                new File("/a b").getPath(),
                stores.open(URI.create("file:/a%20b")).name());
        assertEquals(
                new File("/x").getPath(), stores.open(URI.create("FILE:///x")).name());
        assertSame(OTHER, stores.open(URI.create("other:anything")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:relative", "file://host/x", "file:/x?y", "ftp://x", "nonsense:x"})
    void open_invalidUri_errorSaysWhatIsAllowed(String uri) {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> stores.open(URI.create(uri)));
        assertTrue(e.getMessage().startsWith("file:/path"), e.getMessage());
    }

    @Test
    void open_unknownScheme_errorNamesThoseOfExtensions() {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> stores.open(URI.create("ftp://x")));
        assertTrue(e.getMessage().endsWith(", other://…"), e.getMessage());
    }

    @Test
    void store_onlyRead_writeFailsAndNobodyReports() {
        IOException e = assertThrows(IOException.class, () -> OTHER.compareAndSet(null, new byte[] {'1'}));
        assertEquals("is only read, and changed by other means", e.getMessage());
        assertNull(OTHER.instances());
    }
}
