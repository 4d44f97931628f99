package io.maintenanceagent.weave;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.entrypoint.EntryPoints;
import io.maintenanceagent.report.ErrorReporter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import net.bytebuddy.jar.asm.ClassReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Class files of Java versions to come, and of previews. */
class ClassFileVersionTest {

    private static final int PREVIEW = 0xffff;
    private static final int UTF8 = 1;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final ErrorReporter errors = new ErrorReporter(new PrintStream(said, true));
    private final WeavingTransformer transformer = new WeavingTransformer(
            EntryPoints.REQUESTS, new WovenClasses(), new UncoveredServers(), new AtomicBoolean(), errors);

    @ParameterizedTest
    @CsvSource({"61, 65535", "72, 65535", "72, 0", "73, 0", "73, 65535", "255, 0", "300, 0"})
    void otherVersion_isWovenAllTheSame_andStays(int major, int minor) throws IOException {
        byte[] original = WeaverTest.classFile(Bodies.Chain.class);
        byte[] woven = transform(withVersion(original, major, minor));
        assertArrayEquals(
                new byte[] {(byte) (minor >> 8), (byte) minor, (byte) (major >> 8), (byte) major},
                Arrays.copyOfRange(woven, 4, 8));
        assertArrayEquals(behindVersion(transform(original)), behindVersion(woven));
        assertEquals("", said());
    }

    @Test
    void formatToCome_isSaidOnce() throws IOException {
        byte[] unknownConstant = withVersion(WeaverTest.classFile(Bodies.Chain.class), 73, 0);
        for (int at = 10; at < unknownConstant.length; at++) {
            if (unknownConstant[at] == UTF8) {
                unknownConstant[at] = 99;
                break;
            }
        }
        byte[] truncated = Arrays.copyOf(withVersion(WeaverTest.classFile(Bodies.Chain.class), 73, PREVIEW), 60);
        assertNull(transformer.transform(loader(), "shop/First", null, null, unknownConstant));
        assertNull(transformer.transform(loader(), "shop/Second", null, null, unknownConstant));
        assertNull(transformer.transform(loader(), "shop/Third", null, null, truncated));
        assertEquals(3, errors.count());
        assertEquals(1, said().lines().count(), this::said);
        assertTrue(
                said().contains("class files of a newer version than this agent knows cannot be woven (first "
                        + "shop.First"),
                this::said);
    }

    @Test
    void newestKnown_isTheNewestThatTheParserTakes() throws IOException {
        byte[] classFile = WeaverTest.classFile(Bodies.Chain.class);
        new ClassReader(withVersion(classFile, ClassFileScan.NEWEST_KNOWN, 0));
        byte[] next = withVersion(classFile, ClassFileScan.NEWEST_KNOWN + 1, 0);
        assertThrows(IllegalArgumentException.class, () -> new ClassReader(next));
    }

    private byte[] transform(byte[] classFile) {
        return transformer.transform(loader(), "shop/Chain", null, null, classFile);
    }

    private String said() {
        errors.flush();
        return said.toString();
    }

    private static ClassLoader loader() {
        return ClassFileVersionTest.class.getClassLoader();
    }

    private static byte[] withVersion(byte[] classFile, int major, int minor) {
        byte[] other = classFile.clone();
        other[4] = (byte) (minor >> 8);
        other[5] = (byte) minor;
        other[6] = (byte) (major >> 8);
        other[7] = (byte) major;
        return other;
    }

    private static byte[] behindVersion(byte[] classFile) {
        return Arrays.copyOfRange(classFile, 8, classFile.length);
    }
}
