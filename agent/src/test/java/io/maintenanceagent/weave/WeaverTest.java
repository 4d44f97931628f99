package io.maintenanceagent.weave;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.entrypoint.EntryPoints;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.commons.ClassRemapper;
import net.bytebuddy.jar.asm.commons.SimpleRemapper;
import net.bytebuddy.matcher.ElementMatchers;
import net.bytebuddy.pool.TypePool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The weaver against an independent one, Byte Buddy's {@code Advice}, over the same classes. */
class WeaverTest {

    private static final String RECORDER = RecordingHook.class.getName().replace('.', '/');
    private static final String JAKARTA = "(Ljakarta/servlet/ServletRequest;Ljakarta/servlet/ServletResponse;)V";
    private static final String JAVAX = "(Ljavax/servlet/ServletRequest;Ljavax/servlet/ServletResponse;)V";

    /** The oracle's idea of the hook. */
    static final class HookAdvice {
        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(@Advice.Argument(0) Object request, @Advice.Argument(1) Object response) {
            return RecordingHook.enter(request, response);
        }

        @Advice.OnMethodExit(onThrowable = Throwable.class)
        static void exit(@Advice.Enter boolean refused) {
            if (!refused) {
                RecordingHook.exit();
            }
        }
    }

    static Stream<Class<?>> bodies() {
        return Stream.of(
                Bodies.Empty.class,
                Bodies.Throwing.class,
                Bodies.ManyReturns.class,
                Bodies.LoopFromTheStart.class,
                Bodies.OwnHandlers.class,
                Bodies.Chain.class,
                Bodies.End.class,
                Bodies.Synchronized.class);
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void behavesLikeTheOracle(Class<?> body) throws Exception {
        byte[] ours = recording(Weaver.weave(classFile(body), EntryPoints.REQUESTS));
        byte[] oracle = adviceWoven(body);
        for (boolean refuse : new boolean[] {false, true}) {
            List<String> events = run(body.getName(), ours, refuse);
            assertEquals(run(body.getName(), oracle, refuse), events);
            assertTrue(events.get(0).startsWith("enter "), events::toString);
            assertEquals(refuse, events.size() == 1, events::toString);
            assertEquals(refuse ? 0 : 1, events.stream().filter("exit"::equals).count(), events::toString);
        }
    }

    @Test
    void showsWhatStartAsyncReturns() throws Exception {
        byte[] woven = recording(Weaver.weave(classFile(Bodies.StartsAsync.class), EntryPoints.REQUESTS));
        Class<?> type = defineAndInitialise(Bodies.StartsAsync.class.getName(), woven);
        Constructor<?> constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        List<String> events = RecordingHook.record(false, () -> {
            try {
                Object request = constructor.newInstance();
                type.getMethod("startAsync").invoke(request);
                type.getMethod("startAsync", ServletRequest.class, ServletResponse.class)
                        .invoke(request, null, null);
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(e);
            }
        });
        assertEquals(List.of("async null", "before", "async context"), events);
    }

    @Test
    void weavesDefaultMethods() throws Exception {
        byte[] woven = recording(Weaver.weave(classFile(Bodies.Defaulted.class), EntryPoints.REQUESTS));
        assertTrue(new String(woven, "ISO-8859-1").contains(RECORDER));
        defineAndInitialise(Bodies.Defaulted.class.getName(), woven);
    }

    @Test
    void leavesAloneWhatIsNotAnEntry() throws Exception {
        for (Class<?> type : List.of(Bodies.NotTargets.class, Bodies.NotImplemented.class, Bodies.Named.class)) {
            assertFalse(
                    new ClassFileScan(EntryPoints.REQUESTS, new AtomicBoolean()).declaresTarget(classFile(type)),
                    type.getName());
        }
    }

    static IntStream versions() {
        return IntStream.rangeClosed(Opcodes.V1_4, Opcodes.V25);
    }

    /** Class files as compilers of Java 1.4 to 25 write them: the version decides how the JVM verifies. */
    @ParameterizedTest
    @MethodSource("versions")
    void weavesEveryVersion(int version) throws Exception {
        byte[] classFile = loop(version, JAKARTA);
        assertTrue(new ClassFileScan(EntryPoints.REQUESTS, new AtomicBoolean()).declaresTarget(classFile));
        byte[] woven = recording(Weaver.weave(classFile, EntryPoints.REQUESTS));
        assertEquals(version, new ClassReader(woven).readUnsignedShort(6));
        if (version - 44 <= Runtime.version().feature()) {
            assertEquals(
                    List.of("enter request response", "round", "round", "exit"), run("generated.Loop", woven, false));
            assertEquals(List.of("enter request response"), run("generated.Loop", woven, true));
        }
    }

    /** Subroutines exist in class files up to Java 5. */
    @Test
    void weavesSubroutines() throws Exception {
        ClassWriter writer = begin(Opcodes.V1_4);
        MethodVisitor method = writer.visitMethod(Opcodes.ACC_PUBLIC, "service", JAVAX, null, null);
        Label subroutine = new Label();
        method.visitCode();
        method.visitJumpInsn(Opcodes.JSR, subroutine);
        method.visitJumpInsn(Opcodes.JSR, subroutine);
        method.visitInsn(Opcodes.RETURN);
        method.visitLabel(subroutine);
        method.visitVarInsn(Opcodes.ASTORE, 1);
        say(method, "subroutine");
        method.visitVarInsn(Opcodes.RET, 1);
        method.visitMaxs(2, 3);
        method.visitEnd();
        byte[] woven = recording(Weaver.weave(writer.toByteArray(), EntryPoints.REQUESTS));
        assertEquals(
                List.of("enter request response", "subroutine", "subroutine", "exit"),
                run("generated.Loop", woven, false));
    }

    /** Legal, and what obfuscators write: another type in a parameter's slot, and a return with a full stack. */
    @Test
    void weavesReusedSlotsAndFullStacks() throws Exception {
        ClassWriter writer = begin(Opcodes.V17);
        MethodVisitor method = writer.visitMethod(Opcodes.ACC_PUBLIC, "service", JAKARTA, null, null);
        Label target = new Label();
        method.visitCode();
        method.visitInsn(Opcodes.ICONST_1);
        method.visitVarInsn(Opcodes.ISTORE, 1);
        method.visitInsn(Opcodes.FCONST_1);
        method.visitVarInsn(Opcodes.FSTORE, 0);
        method.visitVarInsn(Opcodes.ILOAD, 1);
        method.visitJumpInsn(Opcodes.IFNE, target);
        method.visitInsn(Opcodes.RETURN);
        method.visitLabel(target);
        method.visitFrame(Opcodes.F_FULL, 2, new Object[] {Opcodes.FLOAT, Opcodes.INTEGER}, 0, new Object[0]);
        say(method, "reused");
        method.visitInsn(Opcodes.LCONST_0);
        method.visitInsn(Opcodes.RETURN);
        method.visitMaxs(2, 3);
        method.visitEnd();
        byte[] woven = recording(Weaver.weave(writer.toByteArray(), EntryPoints.REQUESTS));
        assertEquals(List.of("enter request response", "reused", "exit"), run("generated.Loop", woven, false));
    }

    @Test
    void refusesWhatWouldBecomeTooLarge() {
        ClassWriter writer = begin(Opcodes.V1_5);
        MethodVisitor method = writer.visitMethod(Opcodes.ACC_PUBLIC, "service", JAVAX, null, null);
        method.visitCode();
        for (int i = 0; i < 65530; i++) {
            method.visitInsn(Opcodes.NOP);
        }
        method.visitInsn(Opcodes.RETURN);
        method.visitMaxs(0, 3);
        method.visitEnd();
        assertThrows(RuntimeException.class, () -> Weaver.weave(writer.toByteArray(), EntryPoints.REQUESTS));
    }

    @Test
    void copiesOtherMethodsAsTheyAre() throws Exception {
        byte[] original = classFile(Bodies.OwnHandlers.class);
        byte[] woven = Weaver.weave(original, EntryPoints.REQUESTS);
        assertArrayEquals(code(original, "init"), code(woven, "init"));
        assertEquals(Set.copyOf(methods(original)), Set.copyOf(methods(woven)));
    }

    private static ClassWriter begin(int version) {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(version, Opcodes.ACC_PUBLIC | Opcodes.ACC_SUPER, "generated/Loop", null, "java/lang/Object", null);
        MethodVisitor constructor = writer.visitMethod(Opcodes.ACC_PUBLIC, "<init>", "()V", null, null);
        constructor.visitCode();
        constructor.visitVarInsn(Opcodes.ALOAD, 0);
        constructor.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
        constructor.visitInsn(Opcodes.RETURN);
        constructor.visitMaxs(1, 1);
        constructor.visitEnd();
        return writer;
    }

    /** A body whose first instruction is the target of a jump, so that it has a frame of its own at offset 0. */
    private static byte[] loop(int version, String descriptor) {
        ClassWriter writer = begin(version);
        MethodVisitor method = writer.visitMethod(Opcodes.ACC_PUBLIC, "service", descriptor, null, null);
        Label start = new Label();
        Label end = new Label();
        method.visitCode();
        method.visitLabel(start);
        if (version >= Opcodes.V1_6) {
            method.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
        }
        say(method, "round");
        method.visitVarInsn(Opcodes.ALOAD, 1);
        method.visitJumpInsn(Opcodes.IFNULL, end);
        method.visitInsn(Opcodes.ACONST_NULL);
        method.visitVarInsn(Opcodes.ASTORE, 1);
        method.visitJumpInsn(Opcodes.GOTO, start);
        method.visitLabel(end);
        if (version >= Opcodes.V1_6) {
            method.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
        }
        method.visitInsn(Opcodes.RETURN);
        method.visitMaxs(1, 3);
        method.visitEnd();
        return writer.toByteArray();
    }

    static void say(MethodVisitor method, String what) {
        method.visitLdcInsn(what);
        method.visitMethodInsn(Opcodes.INVOKESTATIC, RECORDER, "body", "(Ljava/lang/String;)V", false);
    }

    static byte[] recording(byte[] woven) {
        ClassWriter writer = new ClassWriter(0);
        new ClassReader(woven)
                .accept(new ClassRemapper(writer, new SimpleRemapper(Opcodes.ASM9, Weaver.HOOK, RECORDER)), 0);
        return writer.toByteArray();
    }

    private static byte[] adviceWoven(Class<?> body) throws IOException {
        ClassFileLocator locator = ClassFileLocator.ForClassLoader.of(body.getClassLoader());
        return new ByteBuddy()
                .redefine(TypePool.Default.of(locator).describe(body.getName()).resolve(), locator)
                .visit(Advice.to(HookAdvice.class)
                        .on(ElementMatchers.named("service").or(ElementMatchers.named("doFilter"))))
                .make()
                .getBytes();
    }

    private static List<String> run(String name, byte[] classFile, boolean refuse) throws Exception {
        Class<?> type = defineAndInitialise(name, classFile);
        Constructor<?> constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        Object instance = constructor.newInstance();
        Method entry = Stream.of(type.getDeclaredMethods())
                .filter(method ->
                        method.getName().equals("service") || method.getName().equals("doFilter"))
                .findFirst()
                .orElseThrow();
        entry.setAccessible(true);
        Object[] arguments = new Object[entry.getParameterCount()];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = Fakes.named(
                    entry.getParameterTypes()[i],
                    List.of("request", "response", "chain").get(i));
        }
        return RecordingHook.record(refuse, () -> {
            try {
                entry.invoke(instance, arguments);
            } catch (InvocationTargetException e) {
                throw new IllegalStateException(e.getCause());
            } catch (IllegalAccessException e) {
                throw new AssertionError(e);
            }
        });
    }

    private static Class<?> defineAndInitialise(String name, byte[] classFile) throws ClassNotFoundException {
        ClassLoader loader = new ClassLoader(WeaverTest.class.getClassLoader()) {
            @Override
            protected Class<?> loadClass(String asked, boolean resolve) throws ClassNotFoundException {
                if (asked.equals(name)) {
                    Class<?> loaded = findLoadedClass(asked);
                    return loaded != null ? loaded : defineClass(asked, classFile, 0, classFile.length);
                }
                return super.loadClass(asked, resolve);
            }
        };
        return Class.forName(name, true, loader);
    }

    static byte[] classFile(Class<?> type) throws IOException {
        try (InputStream in = type.getResourceAsStream("/" + type.getName().replace('.', '/') + ".class")) {
            return in.readAllBytes();
        }
    }

    private static List<String> methods(byte[] classFile) {
        List<String> methods = new ArrayList<>();
        new ClassReader(classFile)
                .accept(
                        new ClassVisitor(Opcodes.ASM9) {
                            @Override
                            public MethodVisitor visitMethod(
                                    int access, String name, String descriptor, String s, String[] e) {
                                methods.add(access + name + descriptor);
                                return null;
                            }
                        },
                        0);
        return methods;
    }

    private static byte[] code(byte[] classFile, String method) {
        ClassWriter writer = new ClassWriter(0);
        new ClassReader(classFile)
                .accept(
                        new ClassVisitor(Opcodes.ASM9, writer) {
                            @Override
                            public MethodVisitor visitMethod(
                                    int access, String name, String descriptor, String s, String[] e) {
                                return name.equals(method) ? super.visitMethod(access, name, descriptor, s, e) : null;
                            }
                        },
                        0);
        return writer.toByteArray();
    }
}
