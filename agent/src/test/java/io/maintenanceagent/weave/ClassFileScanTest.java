package io.maintenanceagent.weave;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.entrypoint.EntryPoint;
import io.maintenanceagent.entrypoint.EntryPoints;
import java.io.File;
import java.io.IOException;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.Test;

class ClassFileScanTest {

    private final ClassFileScan scan = new ClassFileScan(EntryPoints.REQUESTS, new AtomicBoolean());

    @Test
    void findsWhatAParserFindsInEveryClassOfTheClassPath() throws IOException {
        int targets = 0;
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (entry.endsWith(".jar")) {
                targets += compare(entry);
            }
        }
        assertTrue(
                targets >= 4, "GenericServlet has none, HttpServlet and HttpFilter of both namespaces do: " + targets);
    }

    private int compare(String jar) throws IOException {
        int targets = 0;
        try (JarFile file = new JarFile(jar)) {
            for (Enumeration<JarEntry> entries = file.entries(); entries.hasMoreElements(); ) {
                JarEntry entry = entries.nextElement();
                if (entry.getName().endsWith(".class")) {
                    byte[] classFile = file.getInputStream(entry).readAllBytes();
                    boolean expected = parsed(classFile);
                    assertEquals(expected, scan.declaresTarget(classFile), entry.getName());
                    targets += expected ? 1 : 0;
                }
            }
        }
        return targets;
    }

    private static boolean parsed(byte[] classFile) {
        boolean[] found = new boolean[1];
        new ClassReader(classFile)
                .accept(
                        new ClassVisitor(Opcodes.ASM9) {
                            private String owner;
                            private String parent;

                            @Override
                            public void visit(
                                    int version,
                                    int access,
                                    String name,
                                    String s,
                                    String extended,
                                    String[] interfaces) {
                                owner = name;
                                parent = extended;
                            }

                            @Override
                            public MethodVisitor visitMethod(
                                    int access, String name, String descriptor, String s, String[] e) {
                                boolean hasCode = (access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE)) == 0;
                                found[0] |= hasCode
                                        && EntryPoint.of(
                                                        owner,
                                                        parent,
                                                        (access & Opcodes.ACC_STATIC) != 0,
                                                        name,
                                                        descriptor)
                                                != null;
                                return null;
                            }
                        },
                        ClassReader.SKIP_CODE);
        return found[0];
    }

    @Test
    void saysNoToWhatIsNoClassFile() throws IOException {
        byte[] good = WeaverTest.classFile(Bodies.Chain.class);
        assertTrue(scan.declaresTarget(good));
        for (int length = 0; length < 200; length++) {
            assertFalse(scan.declaresTarget(Arrays.copyOf(good, length)));
        }
        Random random = new Random(7);
        for (int i = 0; i < 5000; i++) {
            byte[] bad = good.clone();
            for (int change = 0; change < 5; change++) {
                bad[10 + random.nextInt(bad.length - 10)] = (byte) random.nextInt();
            }
            scan.declaresTarget(bad); // any answer will do, but an answer
        }
    }
}
