package io.maintenanceagent.weave;

import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

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
 *   <li>at the handler that ends an exceptional exit, no locals at all. The handler needs none, and a body may put
 *       what it likes into its parameters' slots.
 * </ul>
 *
 * <p>No member is added, so a class that is loaded already can be woven as well. Methods that are not woven are copied
 * as they are. Stateless; safe for any thread.
 */
final class Weaver {

    /** The internal name of the hook, where the application's classes find it. */
    static final String HOOK = "java/lang/MaintenanceHook";

    private Weaver() {}

    /**
     * @param classFile a class file that {@link ClassFileScan#declaresTarget declares} a method to weave
     * @return the woven class file
     * @throws RuntimeException if ASM cannot read or write the class: a newer class file format than it knows, or a
     *     method that would become larger than 64 KiB
     */
    static byte[] weave(byte[] classFile) {
        ClassReader reader = new ClassReader(classFile);
        ClassWriter writer = new ClassWriter(reader, 0);
        reader.accept(new EntryFinder(writer), 0);
        return writer.toByteArray();
    }

    private static final class EntryFinder extends ClassVisitor {
        private boolean hasFrames;

        EntryFinder(ClassVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public void visit(int version, int access, String name, String signature, String parent, String[] interfaces) {
            hasFrames = (version & 0xffff) >= Opcodes.V1_6;
            super.visit(version, access, name, signature, parent, interfaces);
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
            if (WovenMethod.isEntry(access, name, descriptor)) {
                return new EntryWeaver(next, hasFrames);
            }
            return WovenMethod.startsAsync(access, name, descriptor) ? new AsyncWeaver(next) : next;
        }
    }

    private static final class EntryWeaver extends MethodVisitor {
        private final boolean hasFrames;
        private final Label begin = new Label();

        EntryWeaver(MethodVisitor next, boolean hasFrames) {
            super(Opcodes.ASM9, next);
            this.hasFrames = hasFrames;
        }

        @Override
        public void visitCode() {
            super.visitCode();
            super.visitVarInsn(Opcodes.ALOAD, 1);
            super.visitVarInsn(Opcodes.ALOAD, 2);
            super.visitMethodInsn(
                    Opcodes.INVOKESTATIC, HOOK, "enter", "(Ljava/lang/Object;Ljava/lang/Object;)Z", false);
            super.visitJumpInsn(Opcodes.IFEQ, begin);
            super.visitInsn(Opcodes.RETURN);
            super.visitLabel(begin);
            if (hasFrames) {
                super.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
            }
            super.visitInsn(Opcodes.NOP);
        }

        @Override
        public void visitInsn(int opcode) {
            if (opcode == Opcodes.RETURN) {
                super.visitMethodInsn(Opcodes.INVOKESTATIC, HOOK, "exit", "()V", false);
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
            super.visitMaxs(Math.max(maxStack, 2), maxLocals);
        }
    }

    /** Shows the hook what is returned. */
    private static final class AsyncWeaver extends MethodVisitor {

        AsyncWeaver(MethodVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public void visitInsn(int opcode) {
            if (opcode == Opcodes.ARETURN) {
                super.visitInsn(Opcodes.DUP);
                super.visitMethodInsn(Opcodes.INVOKESTATIC, HOOK, "async", "(Ljava/lang/Object;)V", false);
            }
            super.visitInsn(opcode);
        }

        @Override
        public void visitMaxs(int maxStack, int maxLocals) {
            super.visitMaxs(maxStack + 1, maxLocals);
        }
    }
}
