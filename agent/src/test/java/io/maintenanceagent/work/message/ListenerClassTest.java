package io.maintenanceagent.work.message;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.springframework.listener.Adapters;

class ListenerClassTest {

    private static class Orders {}

    /** Named like a proxy that Spring makes. */
    private static final class Orders$$SpringCGLIB extends Orders {}

    private static String of(Object listener) {
        return ListenerClass.of(listener, "otherwise");
    }

    @Test
    void class_isTheApplications() {
        String expected = Orders.class.getName();
        assertEquals(expected, of(new Orders()));
        assertEquals(expected, of(Adapters.of(new Orders())));
        assertEquals(expected, of(Adapters.ofMethod(Orders.class)));
        assertEquals(expected, of(Adapters.of(new Orders$$SpringCGLIB())));
        assertEquals(expected, of(Adapters.ofMethod(Orders$$SpringCGLIB.class)));
    }

    @Test
    void class_thatNothingTells_isTheOutermost() {
        assertEquals("otherwise", of(null));
        assertEquals("org.springframework.listener.Adapters$Listener", of(Adapters.of(null)));
    }
}
