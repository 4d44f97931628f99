package io.maintenanceagent.jvm;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;

class PlatformLoaderTest {

    private static final class Custom extends ClassLoader {
        Custom(ClassLoader parent) {
            super(parent);
        }
    }

    @Test
    void above_anySystemLoader_isThePlatformLoader() {
        assertSame(ClassLoader.getPlatformClassLoader(), PlatformLoader.get());
        assertSame(
                ClassLoader.getPlatformClassLoader(),
                PlatformLoader.above(new Custom(new Custom(ClassLoader.getSystemClassLoader()))));
    }

    @Test
    void above_loaderWithoutParent_null() {
        assertNull(PlatformLoader.above(new Custom(null)));
    }
}
