package io.maintenanceagent.weave;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import io.maintenanceagent.entrypoint.EntryPoints;
import io.maintenanceagent.entrypoint.WorkEntryPoint;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.JarURLConnection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorkWeaverTest {

    private static final WorkEntryPoint ANY = WorkEntryPoint.SPRING_SCHEDULED;

    /** Methods with what a frame can have: all kinds of locals, handlers, loops, switches. */
    public static final class Bodies {
        public void nothing() {
            RecordingHook.body("body");
        }

        public boolean truth(long wide, double wider) {
            for (int i = 0; i < wide; i++) {
                if (i > wider) {
                    return false;
                }
            }
            return true;
        }

        public int number(String text) {
            try {
                return Integer.parseInt(text);
            } catch (NumberFormatException e) {
                return -1;
            } finally {
                RecordingHook.body("body");
            }
        }

        public long wide() {
            long sum = 0;
            for (long i = 0; i < 3; i++) {
                double half = i / 2.0;
                sum += half > 0.6 ? 2 : 1;
            }
            return sum;
        }

        public String text(Object given) {
            switch (String.valueOf(given)) {
                case "fails":
                    throw new IllegalStateException("as asked");
                case "a":
                    return "A";
                default:
                    return "B";
            }
        }

        public static int[] array(int[] given) {
            return given;
        }
    }

    @Test
    void method_notStopped_runsAndIsToldItsEnd() throws Exception {
        assertEquals(List.of("beginWork 0", "body", "endWork null told"), call(false, null, "nothing"));
        assertEquals(List.of("beginWork 0", "endWork null told", "true"), call(false, null, "truth", 3L, 9.0));
        assertEquals(List.of("beginWork 0", "endWork null told", "false"), call(false, null, "truth", 3L, 1.0));
        assertEquals(List.of("beginWork 0", "body", "endWork null told", "7"), call(false, null, "number", "7"));
        assertEquals(List.of("beginWork 0", "body", "endWork null told", "-1"), call(false, null, "number", "x"));
        assertEquals(List.of("beginWork 0", "endWork null told", "4"), call(false, null, "wide"));
        assertEquals(List.of("beginWork 0", "endWork A told", "A"), call(false, null, "text", "a"));
        assertEquals(
                List.of("beginWork 0", "failWork told", "thrown java.lang.IllegalStateException: as asked"),
                call(false, null, "text", "fails"));
    }

    @Test
    void method_stopped_returnsWhatTheHookSays() throws Exception {
        assertEquals(List.of("beginWork 0"), call(true, null, "nothing"));
        assertEquals(List.of("beginWork 0", "true"), call(true, true, "truth", 3L, 1.0));
        assertEquals(List.of("beginWork 0", "9"), call(true, 9, "number", "7"));
        assertEquals(List.of("beginWork 0", "9"), call(true, 9L, "wide"));
        assertEquals(List.of("beginWork 0", "C"), call(true, "C", "text", "a"));
        assertEquals(List.of("beginWork 0"), call(true, null, "text", "a"));
        assertEquals(
                1,
                call(true, new int[0], "array", new int[1]).stream()
                        .filter(event -> event.startsWith("[I"))
                        .count());
    }

    private static List<String> call(boolean stop, Object instead, String name, Object... arguments) throws Exception {
        Class<?> type = new Woven(Map.of(Bodies.class.getName(), woven(WeaverTest.classFile(Bodies.class))))
                .loadClass(Bodies.class.getName());
        Method method = Stream.of(type.getMethods())
                .filter(candidate -> candidate.getName().equals(name))
                .findFirst()
                .orElseThrow();
        Object instance = type.getConstructor().newInstance();
        Object[] result = new Object[1];
        RecordingHook.returning(instead);
        List<String> events = RecordingHook.record(stop, () -> {
            try {
                result[0] = method.invoke(instance, arguments);
            } catch (InvocationTargetException e) {
                throw (RuntimeException) e.getCause();
            } catch (IllegalAccessException e) {
                throw new AssertionError(e);
            }
        });
        if (result[0] != null) {
            events.add(result[0].toString());
        }
        return events;
    }

    /** Every method of a library, as javac compiled it: the JVM verifies the frames. */
    @Test
    void frames_ofALibrary_areVerified() throws Exception {
        Map<String, byte[]> library = new HashMap<>();
        JarURLConnection jar = (JarURLConnection) JsonFactory.class
                .getResource("/com/fasterxml/jackson/core/JsonFactory.class")
                .openConnection();
        try (JarFile file = new JarFile(jar.getJarFile().getName())) {
            for (var entry : (Iterable<java.util.jar.JarEntry>) file.stream()::iterator) {
                if (entry.getName().matches("com/fasterxml/jackson/core/.*\\.class")) {
                    String name = entry.getName().replace('/', '.').replaceFirst("\\.class$", "");
                    library.put(name, woven(file.getInputStream(entry).readAllBytes()));
                }
            }
        }
        Woven loader = new Woven(library);
        RecordingHook.record(false, () -> {
            // what class initializers call goes on
        });
        for (String name : library.keySet()) {
            Class.forName(name, true, loader);
        }
        assertTrue(library.size() > 100);
    }

    @ParameterizedTest
    @EnumSource
    void everyEntryPoint_isFoundAndWoven(WorkEntryPoint entryPoint) throws Exception {
        EntryPoints guarded = EntryPoints.of(false, List.of(entryPoint.kind()));
        String owner = entryPoint.className() == null ? "acme/Any" : entryPoint.className();
        for (String descriptor : entryPoint.descriptors()) {
            byte[] classFile = stub(owner, entryPoint, descriptor);
            assertEquals(entryPoint, guarded.work(owner, null, false, entryPoint.method(), descriptor));
            assertTrue(
                    guarded.isPlatform(owner)
                            || new ClassFileScan(guarded, new AtomicBoolean()).declaresTarget(classFile),
                    descriptor);
            String called = entryPoint.isStatement() ? "beginStatement" : "beginWork";
            assertTrue(new String(Weaver.weave(classFile, guarded), "ISO-8859-1").contains(called));
            assertNull(EntryPoints.REQUESTS.work(owner, null, false, entryPoint.method(), descriptor));
        }
        assertTrue(entryPoint.arguments().length <= 3);
    }

    @ParameterizedTest
    @ValueSource(ints = {Opcodes.V1_4, Opcodes.V1_5, Opcodes.V1_8, Opcodes.V17})
    void everyVersion_isVerified(int version) throws Exception {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(version, Opcodes.ACC_PUBLIC, "acme/Job", null, "java/lang/Object", null);
        MethodVisitor code =
                writer.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, "run", "(Ljava/lang/String;)V", null, null);
        code.visitCode();
        WeaverTest.say(code, "body");
        code.visitInsn(Opcodes.RETURN);
        code.visitMaxs(1, 1);
        code.visitEnd();
        Class<?> type = new Woven(Map.of("acme.Job", woven(writer.toByteArray()))).loadClass("acme.Job");
        List<String> events = RecordingHook.record(false, () -> {
            try {
                type.getMethod("run", String.class).invoke(null, "x");
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(e);
            }
        });
        assertEquals(List.of("beginWork 0", "body", "endWork null told"), events);
    }

    private static byte[] stub(String owner, WorkEntryPoint entryPoint, String descriptor) {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(Opcodes.V1_8, Opcodes.ACC_PUBLIC, owner, null, "java/lang/Object", null);
        MethodVisitor code =
                writer.visitMethod(Opcodes.ACC_PUBLIC, entryPoint.method(), descriptor, null, new String[] {
                    "java/sql/SQLException", "org/quartz/spi/JobStore"
                });
        code.visitCode();
        code.visitInsn(Opcodes.ACONST_NULL);
        code.visitInsn(Opcodes.ATHROW);
        code.visitMaxs(1, 1 + Type.getArgumentsAndReturnSizes(descriptor) >> 2);
        code.visitEnd();
        return writer.toByteArray();
    }

    /** Weaves each method that a unit of work can be: what returns other types is no work. */
    private static byte[] woven(byte[] classFile) {
        ClassReader reader = new ClassReader(classFile);
        ClassWriter writer = new ClassWriter(reader, 0);
        reader.accept(
                new ClassVisitor(Opcodes.ASM9, writer) {
                    private String owner;
                    private boolean hasFrames;

                    @Override
                    public void visit(
                            int version,
                            int access,
                            String name,
                            String signature,
                            String parent,
                            String[] interfaces) {
                        owner = name;
                        hasFrames = (version & 0xffff) >= Opcodes.V1_6;
                        super.visit(version, access, name, signature, parent, interfaces);
                    }

                    @Override
                    public MethodVisitor visitMethod(
                            int access, String name, String descriptor, String signature, String[] exceptions) {
                        MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
                        boolean isWork = !name.startsWith("<")
                                && (access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE)) == 0
                                && "VZIJL[".indexOf(descriptor.charAt(descriptor.indexOf(')') + 1)) >= 0;
                        // The entry point shows the hook the first argument, an object.
                        boolean hasObject = (access & Opcodes.ACC_STATIC) == 0 || descriptor.matches("\\([L\\[].*");
                        return isWork && hasObject
                                ? WorkWeaver.of(
                                        next,
                                        ANY,
                                        descriptor,
                                        WorkWeaver.frame(owner, access, descriptor, hasFrames),
                                        WorkWeaver.locals(reader, name, descriptor))
                                : next;
                    }
                },
                0);
        return WeaverTest.recording(writer.toByteArray());
    }

    private static final class Woven extends ClassLoader {
        private final Map<String, byte[]> classes;

        Woven(Map<String, byte[]> classes) {
            super(WorkWeaverTest.class.getClassLoader());
            this.classes = classes;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            byte[] classFile = classes.get(name);
            Class<?> loaded = findLoadedClass(name);
            return loaded != null || classFile == null
                    ? loaded != null ? loaded : super.loadClass(name, resolve)
                    : defineClass(name, classFile, 0, classFile.length);
        }
    }
}
