package io.maintenanceagent.weave;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.entrypoint.EntryPoint;
import io.maintenanceagent.entrypoint.EntryPoints;
import io.maintenanceagent.entrypoint.Weaving;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The servers' own entry points, woven in classes of the same names that do nothing else. */
class ServerEntryPointTest {

    static Stream<Woven> entries() {
        return woven(false);
    }

    static Stream<Woven> ends() {
        return woven(true);
    }

    private static Stream<Woven> woven(boolean atEnd) {
        return Stream.of(EntryPoint.values())
                .filter(entryPoint ->
                        entryPoint.isServers() && entryPoint.weaving().isAtEnd() == atEnd)
                .flatMap(entryPoint ->
                        Stream.of(entryPoint.descriptors()).map(descriptor -> new Woven(entryPoint, descriptor)));
    }

    @ParameterizedTest
    @MethodSource("entries")
    void anEntryRunsUnlessItIsAnswered(Woven woven) throws Exception {
        EntryPoint method = woven.method;
        String exchange = "enterAt " + method.name();
        for (boolean own : new boolean[] {false, true}) {
            Call call = woven.call(false, own ? Opcodes.ICONST_1 : Opcodes.ICONST_0);
            assertEquals(List.of(exchange, "body", "exit"), call.events);
            assertEquals(woven.returnsBoolean() ? own : call.instead, call.result);
            Call answered = woven.call(true, own ? Opcodes.ICONST_1 : Opcodes.ICONST_0);
            assertEquals(List.of(exchange), answered.events);
            assertEquals(woven.returnsBoolean() ? method.weaving().answered() : answered.instead, answered.result);
        }
    }

    @ParameterizedTest
    @MethodSource("entries")
    void anEntryEndsByAnExceptionToo(Woven woven) throws Exception {
        Call call = woven.call(false, Opcodes.ATHROW);
        assertEquals(List.of("enterAt " + woven.method.name(), "body", "exit"), call.events.subList(0, 3));
        assertTrue(call.events.get(3).startsWith("thrown java.lang.NullPointerException"), call.events::toString);
        assertNull(call.result);
    }

    /** The hook is told what the method says, which is false if it says nothing, and has the last word. */
    @ParameterizedTest
    @MethodSource("ends")
    void anEndReturnsWhatTheHookSays(Woven woven) throws Exception {
        boolean speaks = woven.returnsBoolean();
        String said = " " + woven.method.weaving().answered() + " " + woven.method.name();
        for (boolean own : new boolean[] {false, true}) {
            for (boolean hook : new boolean[] {false, true}) {
                Call call = woven.call(hook, own ? Opcodes.ICONST_1 : Opcodes.ICONST_0);
                assertEquals(List.of("body", "endAt " + (speaks && own) + said), call.events);
                assertEquals(speaks ? hook : null, call.result);
            }
        }
    }

    /** What came of a call; {@code instead} is what the hook has in place of a publisher, else {@code null}. */
    private record Call(List<String> events, Object result, Object instead) {}

    /** A container's method, and how its class is made and called. */
    private record Woven(EntryPoint method, String descriptor) {

        boolean returnsBoolean() {
            return descriptor.endsWith(")Z");
        }

        boolean returnsPublisher() {
            return method.weaving() == Weaving.PUBLISHER;
        }

        /** Calls it, with arguments of its own types, and makes sure that the hook was shown the right ones. */
        Call call(boolean hook, int ending) throws Exception {
            Class<?> owner = new Container(this, ending).loadClass(owner(method).replace('/', '.'));
            Method entry = Stream.of(owner.getDeclaredMethods()).findFirst().orElseThrow();
            List<Object> slots = new ArrayList<>(List.of(instance(owner)));
            for (Class<?> type : entry.getParameterTypes()) {
                slots.add(instance(type));
            }
            Object instead = returnsPublisher() ? instance(entry.getReturnType()) : null;
            RecordingHook.returning(instead);
            Object[] result = new Object[1];
            List<String> events = RecordingHook.record(hook, () -> {
                try {
                    result[0] = entry.invoke(
                            slots.get(0), slots.subList(1, slots.size()).toArray());
                } catch (InvocationTargetException e) {
                    throw (RuntimeException) e.getCause();
                } catch (IllegalAccessException e) {
                    throw new AssertionError(e);
                }
            });
            List<Object> shown = new ArrayList<>(Arrays.asList(null, null, null));
            for (int i = 0; i < method.arguments().length; i++) {
                shown.set(i, slots.get(method.arguments()[i]));
            }
            assertEquals(shown, RecordingHook.shown());
            return new Call(events, result[0], instead);
        }

        private static Object instance(Class<?> type) throws ReflectiveOperationException {
            if (type.isPrimitive()) {
                return Array.get(Array.newInstance(type, 1), 0);
            }
            return type.getName().startsWith("java.")
                    ? null
                    : type.getConstructor().newInstance();
        }

        /** Whoever extends the parent, where it is about these. */
        static String owner(EntryPoint method) {
            return method.className() == null ? "shop/Handler" : method.className();
        }

        @Override
        public String toString() {
            return owner(method) + "." + method.method() + descriptor;
        }
    }

    /** Makes every class up, the one with the method woven. */
    private static final class Container extends ClassLoader {
        private final Woven woven;
        private final EntryPoint method;
        private final int ending;

        Container(Woven woven, int ending) {
            super(ServerEntryPointTest.class.getClassLoader());
            this.woven = woven;
            this.method = woven.method;
            this.ending = ending;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("java.") || name.equals(RecordingHook.class.getName())) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            byte[] file = classFile(name.replace('.', '/'));
            return defineClass(name, file, 0, file.length);
        }

        private byte[] classFile(String name) {
            ClassWriter writer = new ClassWriter(0);
            boolean isOwner = name.equals(Woven.owner(method));
            String parent = isOwner && method.parentName() != null ? method.parentName() : "java/lang/Object";
            writer.visit(Opcodes.V1_8, Opcodes.ACC_PUBLIC | Opcodes.ACC_SUPER, name, null, parent, null);
            MethodVisitor constructor = writer.visitMethod(Opcodes.ACC_PUBLIC, "<init>", "()V", null, null);
            constructor.visitCode();
            constructor.visitVarInsn(Opcodes.ALOAD, 0);
            constructor.visitMethodInsn(Opcodes.INVOKESPECIAL, parent, "<init>", "()V", false);
            constructor.visitInsn(Opcodes.RETURN);
            constructor.visitMaxs(1, 1);
            constructor.visitEnd();
            if (!isOwner) {
                return writer.toByteArray();
            }
            body(writer.visitMethod(Opcodes.ACC_PUBLIC, method.method(), woven.descriptor, null, null));
            assertTrue(EntryPoint.isPlatform(name)
                    || new ClassFileScan(EntryPoints.REQUESTS, new AtomicBoolean())
                            .declaresTarget(writer.toByteArray()));
            return WeaverTest.recording(Weaver.weave(writer.toByteArray(), EntryPoints.REQUESTS));
        }

        private void body(MethodVisitor code) {
            code.visitCode();
            WeaverTest.say(code, "body");
            if (ending == Opcodes.ATHROW) {
                code.visitInsn(Opcodes.ACONST_NULL);
                code.visitInsn(Opcodes.ATHROW);
            } else if (woven.returnsBoolean()) {
                code.visitInsn(ending);
                code.visitInsn(Opcodes.IRETURN);
            } else if (woven.descriptor.endsWith(";")) {
                code.visitInsn(Opcodes.ACONST_NULL);
                code.visitInsn(Opcodes.ARETURN);
            } else {
                code.visitInsn(Opcodes.RETURN);
            }
            code.visitMaxs(1, 1 + Type.getArgumentTypes(woven.descriptor).length);
            code.visitEnd();
        }
    }
}
