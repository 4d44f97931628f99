package io.maintenanceagent.weave;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.entrypoint.EntryPoint;
import io.maintenanceagent.entrypoint.EntryPoints;
import io.maintenanceagent.report.ErrorReporter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.Test;

/** The JDK's own classes: woven by exact name, and no other of them is looked at. */
class PlatformClassesTest {

    private final WovenClasses woven = new WovenClasses();
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final ErrorReporter errors = new ErrorReporter(new PrintStream(said));
    private final WeavingTransformer transformer =
            new WeavingTransformer(EntryPoints.REQUESTS, woven, new UncoveredServers(), new AtomicBoolean(), errors);

    @Test
    void transform_classesOfTheHttpServer_callTheHook() throws IOException {
        assertEquals(Set.of("enterAt", "exit"), hookMethods("com/sun/net/httpserver/Filter$Chain"));
        assertEquals(Set.of("completed"), hookMethods("sun/net/httpserver/ExchangeImpl"));
        String finished = classFile("sun/net/httpserver/WriteFinishedEvent") == null
                ? "sun/net/httpserver/Event$WriteFinished"
                : "sun/net/httpserver/WriteFinishedEvent";
        assertEquals(Set.of("completed"), hookMethods(finished));
        assertEquals(3, woven.count());
        assertFalse(woven.hasServer(), "tools and other agents have such servers too");
        errors.flush();
        assertEquals("", said.toString());
    }

    @Test
    void transform_otherClassesOfTheJdk_areNotLookedAt() throws IOException {
        assertNull(transform("sun/net/httpserver/ServerImpl"));
        assertNull(transform("java/lang/String"));
        assertEquals(0, woven.count());
    }

    /** A method that the table has for the JDK's class is in many others, which are turned away as they were. */
    @Test
    void scan_knowsNothingOfThem() throws IOException {
        ClassFileScan scan = new ClassFileScan(EntryPoints.REQUESTS, new AtomicBoolean());
        for (EntryPoint entryPoint : EntryPoint.values()) {
            boolean isOfJdk = EntryPoint.isPlatform(entryPoint.className());
            byte[] file = isOfJdk ? classFile(entryPoint.className()) : null;
            assertFalse(file != null && scan.declaresTarget(file), entryPoint::name);
        }
    }

    private Set<String> hookMethods(String name) throws IOException {
        byte[] result = transform(name);
        assertNotNull(result, name);
        Set<String> called = new HashSet<>();
        new ClassReader(result)
                .accept(
                        new ClassVisitor(Opcodes.ASM9) {
                            @Override
                            public MethodVisitor visitMethod(
                                    int access, String method, String descriptor, String signature, String[] thrown) {
                                return new MethodVisitor(Opcodes.ASM9) {
                                    @Override
                                    public void visitMethodInsn(
                                            int opcode, String owner, String target, String type, boolean ofInterface) {
                                        if (owner.equals(Weaver.HOOK)) {
                                            called.add(target);
                                        }
                                    }
                                };
                            }
                        },
                        0);
        return called;
    }

    private byte[] transform(String name) throws IOException {
        byte[] file = classFile(name);
        assertTrue(file != null, name);
        return transformer.transform(null, name, null, null, file);
    }

    private static byte[] classFile(String name) throws IOException {
        try (InputStream in = ClassLoader.getSystemResourceAsStream(name + ".class")) {
            return in == null ? null : in.readAllBytes();
        }
    }
}
