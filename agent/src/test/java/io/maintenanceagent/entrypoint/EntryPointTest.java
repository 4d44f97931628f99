package io.maintenanceagent.entrypoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.maintenanceagent.server.ServerAdapter;
import io.maintenanceagent.server.ServerAdapters;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EntryPointTest {

    @ParameterizedTest
    @EnumSource
    void everyEntryPoint_isFoundByItsMethod(EntryPoint entryPoint) {
        String owner = entryPoint.className() == null ? "shop/Any" : entryPoint.className();
        for (String descriptor : entryPoint.descriptors()) {
            assertSame(
                    entryPoint,
                    EntryPoint.of(owner, entryPoint.parentName(), false, entryPoint.method(), descriptor),
                    descriptor);
        }
        assertNull(EntryPoint.of(owner, entryPoint.parentName(), false, entryPoint.method(), "()J"));
    }

    @ParameterizedTest
    @EnumSource
    void everyEntryPointOfAServer_hasAnAdapter(EntryPoint entryPoint) {
        if (entryPoint.isServers()) {
            assertEquals(
                    entryPoint.adapter(),
                    ServerAdapters.of(entryPoint).getClass().getName());
            assertTrue(entryPoint.arguments().length <= 3);
        }
    }

    @Test
    void everyAdapter_hasAnEntryPoint() {
        Set<String> adapters = new TreeSet<>();
        for (JavaClass type : new ClassFileImporter().importPackages("io.maintenanceagent.server")) {
            if (type.isAssignableTo(ServerAdapter.class) && !type.isInterface()) {
                adapters.add(type.getName());
            }
        }
        Set<String> named = new TreeSet<>();
        for (EntryPoint entryPoint : EntryPoint.values()) {
            if (entryPoint.isServers()) {
                named.add(entryPoint.adapter());
            }
        }
        assertEquals(adapters, named);
    }

    @Test
    void aStack_showsEntryPointsByTheirMethods() {
        assertTrue(EntryPoint.isOnStack("shop.ShopServlet", "service"));
        assertTrue(EntryPoint.isOnStack("shop.ShopHandler", "handle"));
        assertTrue(EntryPoint.isOnStack("org.apache.catalina.core.StandardHostValve", "invoke"));
        assertEquals(false, EntryPoint.isOnStack("org.apache.catalina.connector.CoyoteAdapter", "service"));
        assertEquals(false, EntryPoint.isOnStack("shop.ShopServlet", "startAsync"));
        assertEquals(false, EntryPoint.isOnStack("shop.ShopServlet", "invoke"));
    }
}
