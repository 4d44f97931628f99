package io.maintenanceagent.weave;

import io.maintenanceagent.entrypoint.EntryPoint;
import io.maintenanceagent.entrypoint.EntryPoints;
import io.maintenanceagent.entrypoint.Weaving;
import io.maintenanceagent.entrypoint.WorkEntryPoint;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * Puts the calls of the hook into the methods of one class, with the ASM that Byte Buddy carries.
 *
 * <p>ASM rather than Byte Buddy's {@code Advice}, which costs a server five to ten times as much at its start. The
 * frames are placed by hand and nothing is computed, because computing frames asks for common supertypes and so loads
 * application classes, in the middle of the loading of another. It takes two frames that hold for any body:
 *
 * <ul>
 *   <li>behind the check, the same frame as at the method's entry. A {@code nop} keeps it apart from a frame that the
 *       body itself may have at its first instruction;
 *   <li>at the handler that ends an exceptional exit, no locals at all. The handler needs none, and a body may put what
 *       it likes into its parameters' slots.
 * </ul>
 *
 * <p>No member is added, so a class that is loaded already can be woven as well. Methods that are not woven are copied
 * as they are. Stateless; safe for any thread.
 */
final class Weaver {

    /** The internal name of the hook, where the application's classes find it. */
    static final String HOOK = "java/lang/MaintenanceHook";

    private static final String SHOWN = "Ljava/lang/String;Ljava/lang/Object;Ljava/lang/Object;Ljava/lang/Object;";

    /** Minor and major (JVMS 4.1). */
    private static final int VERSION_OFFSET = 4;

    private static final int VERSION_LENGTH = 4;

    private Weaver() {}

    /**
     * Weaves a class. A class file of a newer version than ASM knows is read as one of the newest that it does, since
     * most versions change nothing but their number; its own version stays.
     *
     * @param classFile a class file that {@link ClassFileScan#declaresTarget declares} a method to weave
     * @param entryPoints what is woven in this JVM
     * @return the woven class file
     * @throws RuntimeException if ASM cannot read or write the class: a class file that is not what its version says,
     *     or a method that would become larger than 64 KiB
     */
    static byte[] weave(byte[] classFile, EntryPoints entryPoints) {
        ClassReader reader = new ClassReader(ClassFileScan.isNewerThanKnown(classFile) ? known(classFile) : classFile);
        ClassWriter writer = new ClassWriter(reader, 0);
        reader.accept(new EntryFinder(writer, reader, entryPoints), 0);
        byte[] result = writer.toByteArray();
        System.arraycopy(classFile, VERSION_OFFSET, result, VERSION_OFFSET, VERSION_LENGTH);
        return result;
    }

    private static byte[] known(byte[] classFile) {
        byte[] known = classFile.clone();
        known[VERSION_OFFSET] = 0;
        known[VERSION_OFFSET + 1] = 0;
        known[VERSION_OFFSET + 2] = 0;
        known[VERSION_OFFSET + 3] = ClassFileScan.NEWEST_KNOWN;
        return known;
    }

    /**
     * What it returns is made by methods that return a {@code MethodVisitor}: to verify that one class is another, the
     * JVM loads both, and most classes need one kind of weaving.
     */
    private static final class EntryFinder extends ClassVisitor {
        private final ClassReader reader;
        private final EntryPoints entryPoints;
        private boolean hasFrames;
        private String owner;
        private String parent;

        EntryFinder(ClassVisitor next, ClassReader reader, EntryPoints entryPoints) {
            super(Opcodes.ASM9, next);
            this.reader = reader;
            this.entryPoints = entryPoints;
        }

        @Override
        public void visit(
                int version, int access, String name, String signature, String extended, String[] interfaces) {
            hasFrames = (version & 0xffff) >= Opcodes.V1_6;
            owner = name;
            parent = extended;
            super.visit(version, access, name, signature, extended, interfaces);
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
            boolean isStatic = (access & Opcodes.ACC_STATIC) != 0;
            EntryPoint entryPoint = entryPoints.request(owner, parent, isStatic, name, descriptor);
            if (entryPoint == null) {
                WorkEntryPoint work = entryPoints.work(owner, parent, isStatic, name, descriptor);
                return work == null || (access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE)) != 0
                        ? next
                        : WorkWeaver.of(
                                next,
                                work,
                                descriptor,
                                WorkWeaver.frame(owner, access, descriptor, hasFrames),
                                WorkWeaver.locals(reader, name, descriptor));
            }
            if (entryPoint.weaving() == Weaving.ASYNC || entryPoint.weaving() == Weaving.OPENED) {
                return AsyncWeaver.of(next, entryPoint.weaving() == Weaving.OPENED ? "opened" : "async");
            }
            if (entryPoint.weaving() == Weaving.COMPLETED || entryPoint.weaving() == Weaving.COMPLETING) {
                return CompletionWeaver.of(next, entryPoint);
            }
            if (entryPoint.weaving() == Weaving.PUBLISHER) {
                return PublisherWeaver.of(
                        next, entryPoint, Type.getReturnType(descriptor).getInternalName(), hasFrames);
            }
            return entryPoint.weaving().isAtEnd()
                    ? EndWeaver.of(next, entryPoint)
                    : EntryWeaver.of(next, entryPoint, Type.getReturnType(descriptor), hasFrames);
        }
    }

    /** Asks the hook at the beginning of a method, and tells it each of its ends. */
    private abstract static class AroundWeaver extends MethodVisitor {
        final EntryPoint entryPoint;
        private final boolean hasFrames;
        private final int returns;
        private final Label begin = new Label();

        AroundWeaver(MethodVisitor next, EntryPoint entryPoint, int returns, boolean hasFrames) {
            super(Opcodes.ASM9, next);
            this.entryPoint = entryPoint;
            this.returns = returns;
            this.hasFrames = hasFrames;
        }

        /** Asks, and returns where the hook says so; the body begins at the label. */
        abstract void ask(Label body);

        /** Tells that the method is about to return. */
        abstract void end();

        /** Marks where the body begins, with at most one object on the stack, which it takes off. */
        final void begin(boolean hasObject) {
            super.visitLabel(begin);
            if (hasFrames && hasObject) {
                super.visitFrame(Opcodes.F_SAME1, 0, null, 1, new Object[] {"java/lang/Object"});
            } else if (hasFrames) {
                super.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
            }
            super.visitInsn(hasObject ? Opcodes.POP : Opcodes.NOP);
        }

        @Override
        public void visitCode() {
            super.visitCode();
            ask(begin);
        }

        @Override
        public void visitInsn(int opcode) {
            if (opcode == returns) {
                end();
            }
            super.visitInsn(opcode);
        }

        @Override
        public void visitMaxs(int maxStack, int maxLocals) {
            Label handler = new Label();
            super.visitLabel(handler);
            // Last in the table, so that the body's own handlers come first (JVMS 2.10).
            super.visitTryCatchBlock(begin, handler, handler, null);
            if (hasFrames) {
                super.visitFrame(Opcodes.F_FULL, 0, new Object[0], 1, new Object[] {"java/lang/Throwable"});
            }
            super.visitInsn(Opcodes.DUP);
            super.visitMethodInsn(Opcodes.INVOKESTATIC, HOOK, "exit", "(Ljava/lang/Throwable;)V", false);
            super.visitInsn(Opcodes.ATHROW);
            super.visitMaxs(Math.max(maxStack, entryPoint.isServers() ? 4 : 2), maxLocals);
        }
    }

    private static final class EntryWeaver extends AroundWeaver {
        private final int returns;

        static MethodVisitor of(MethodVisitor next, EntryPoint entryPoint, Type returned, boolean hasFrames) {
            return new EntryWeaver(next, entryPoint, returned.getOpcode(Opcodes.IRETURN), hasFrames);
        }

        private EntryWeaver(MethodVisitor next, EntryPoint entryPoint, int returns, boolean hasFrames) {
            super(next, entryPoint, returns, hasFrames);
            this.returns = returns;
        }

        @Override
        void ask(Label body) {
            if (!entryPoint.isServers()) {
                mv.visitVarInsn(Opcodes.ALOAD, 1);
                mv.visitVarInsn(Opcodes.ALOAD, 2);
                String enter = entryPoint.weaving() == Weaving.FILTER ? "enterFilter" : "enter";
                mv.visitMethodInsn(Opcodes.INVOKESTATIC, HOOK, enter, "(Ljava/lang/Object;Ljava/lang/Object;)Z", false);
            } else {
                show(mv, entryPoint);
                mv.visitMethodInsn(Opcodes.INVOKESTATIC, HOOK, "enterAt", "(" + SHOWN + ")Z", false);
            }
            mv.visitJumpInsn(Opcodes.IFEQ, body);
            if (returns == Opcodes.IRETURN) {
                mv.visitInsn(entryPoint.weaving().answered() ? Opcodes.ICONST_1 : Opcodes.ICONST_0);
            } else if (returns == Opcodes.ARETURN) {
                mv.visitInsn(Opcodes.ACONST_NULL);
            }
            mv.visitInsn(returns);
            begin(false);
        }

        @Override
        void end() {
            mv.visitMethodInsn(Opcodes.INVOKESTATIC, HOOK, "exit", "()V", false);
        }
    }

    /** Returns what the hook has in place of the method's own publisher. */
    private static final class PublisherWeaver extends AroundWeaver {
        private final String publisher;

        static MethodVisitor of(MethodVisitor next, EntryPoint entryPoint, String publisher, boolean hasFrames) {
            return new PublisherWeaver(next, entryPoint, publisher, hasFrames);
        }

        private PublisherWeaver(MethodVisitor next, EntryPoint entryPoint, String publisher, boolean hasFrames) {
            super(next, entryPoint, Opcodes.ARETURN, hasFrames);
            this.publisher = publisher;
        }

        @Override
        void ask(Label body) {
            show(mv, entryPoint);
            mv.visitMethodInsn(
                    Opcodes.INVOKESTATIC, HOOK, "enterPublisher", "(" + SHOWN + ")Ljava/lang/Object;", false);
            mv.visitInsn(Opcodes.DUP);
            mv.visitJumpInsn(Opcodes.IFNULL, body);
            mv.visitTypeInsn(Opcodes.CHECKCAST, publisher);
            mv.visitInsn(Opcodes.ARETURN);
            begin(true);
        }

        @Override
        void end() {
            mv.visitMethodInsn(
                    Opcodes.INVOKESTATIC, HOOK, "exitPublisher", "(Ljava/lang/Object;)Ljava/lang/Object;", false);
            mv.visitTypeInsn(Opcodes.CHECKCAST, publisher);
        }
    }

    /** Puts on the stack what the hook is shown at a server's own entry point. */
    private static void show(MethodVisitor code, EntryPoint entryPoint) {
        code.visitLdcInsn(entryPoint.name());
        int[] arguments = entryPoint.arguments();
        for (int i = 0; i < 3; i++) {
            if (i < arguments.length) {
                code.visitVarInsn(Opcodes.ALOAD, arguments[i]);
            } else {
                code.visitInsn(Opcodes.ACONST_NULL);
            }
        }
    }

    /**
     * Shows the hook what is returned, and the arguments, and returns what it says; nothing counts as {@code false}.
     */
    private static final class EndWeaver extends MethodVisitor {
        private final EntryPoint entryPoint;

        static MethodVisitor of(MethodVisitor next, EntryPoint entryPoint) {
            return new EndWeaver(next, entryPoint);
        }

        private EndWeaver(MethodVisitor next, EntryPoint entryPoint) {
            super(Opcodes.ASM9, next);
            this.entryPoint = entryPoint;
        }

        @Override
        public void visitInsn(int opcode) {
            boolean isVoid = opcode == Opcodes.RETURN;
            if (isVoid) {
                super.visitInsn(Opcodes.ICONST_0);
            }
            if (isVoid || opcode == Opcodes.IRETURN) {
                super.visitInsn(entryPoint.weaving().answered() ? Opcodes.ICONST_1 : Opcodes.ICONST_0);
                show(mv, entryPoint);
                super.visitMethodInsn(Opcodes.INVOKESTATIC, HOOK, "endAt", "(ZZ" + SHOWN + ")Z", false);
            }
            if (isVoid) {
                super.visitInsn(Opcodes.POP);
            }
            super.visitInsn(opcode);
        }

        @Override
        public void visitMaxs(int maxStack, int maxLocals) {
            super.visitMaxs(maxStack + 6, maxLocals);
        }
    }

    /** Shows the hook what is returned, or made. */
    private static final class AsyncWeaver extends MethodVisitor {
        private final String told;

        static MethodVisitor of(MethodVisitor next, String told) {
            return new AsyncWeaver(next, told);
        }

        private AsyncWeaver(MethodVisitor next, String told) {
            super(Opcodes.ASM9, next);
            this.told = told;
        }

        @Override
        public void visitInsn(int opcode) {
            if (opcode == Opcodes.ARETURN || opcode == Opcodes.RETURN) {
                if (opcode == Opcodes.ARETURN) {
                    super.visitInsn(Opcodes.DUP);
                } else {
                    super.visitVarInsn(Opcodes.ALOAD, 0);
                }
                super.visitMethodInsn(Opcodes.INVOKESTATIC, HOOK, told, "(Ljava/lang/Object;)V", false);
            }
            super.visitInsn(opcode);
        }

        @Override
        public void visitMaxs(int maxStack, int maxLocals) {
            super.visitMaxs(maxStack + 1, maxLocals);
        }
    }
}
