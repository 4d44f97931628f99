package io.maintenanceagent.attach;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PerformanceDataTest {

    @Test
    void parse_file_tellsWhetherTheJvmIsAttachable() throws IOException {
        PerformanceData on = PerformanceData.parse(ProcessDirectory.performanceData(
                Map.of("sun.rt.jvmCapabilities", "1000", "java.property.java.version", "1.8.0_504")));
        assertTrue(on.isComplete() && on.isAttachable());
        assertEquals("1.8.0_504", on.javaVersion());
        PerformanceData off =
                PerformanceData.parse(ProcessDirectory.performanceData(Map.of("sun.rt.jvmCapabilities", "0000")));
        assertTrue(off.isComplete());
        assertFalse(off.isAttachable());
        PerformanceData early = PerformanceData.parse(ProcessDirectory.performanceData(Map.of("a", "b")));
        assertFalse(early.isComplete());
        assertNull(early.javaVersion());
    }

    @Test
    void parse_garbage_null() throws IOException {
        byte[] file = ProcessDirectory.performanceData(Map.of("sun.rt.jvmCapabilities", "1000", "a", "b"));
        assertNotNull(PerformanceData.parse(file));
        for (int length = 0; length < 32; length++) {
            assertNull(PerformanceData.parse(Arrays.copyOf(file, length)));
        }
        Random random = new Random(7);
        for (int i = 0; i < 5000; i++) {
            byte[] bad = file.clone();
            for (int change = 0; change < 4; change++) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt();
            }
            PerformanceData.parse(bad); // any result will do, but no exception
        }
    }
}
