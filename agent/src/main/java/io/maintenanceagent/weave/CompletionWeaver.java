package io.maintenanceagent.weave;

import io.maintenanceagent.entrypoint.EntryPoint;
import io.maintenanceagent.entrypoint.Weaving;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/** Shows the hook, where the method begins or returns, by which object the request is known that is over. */
final class CompletionWeaver extends MethodVisitor {
    private final EntryPoint entryPoint;

    static MethodVisitor of(MethodVisitor next, EntryPoint entryPoint) {
        return new CompletionWeaver(next, entryPoint);
    }

    private CompletionWeaver(MethodVisitor next, EntryPoint entryPoint) {
        super(Opcodes.ASM9, next);
        this.entryPoint = entryPoint;
    }

    @Override
    public void visitCode() {
        super.visitCode();
        if (entryPoint.weaving() == Weaving.COMPLETING) {
            tell();
        }
    }

    @Override
    public void visitInsn(int opcode) {
        if (entryPoint.weaving() == Weaving.COMPLETED && (opcode == Opcodes.RETURN || opcode == Opcodes.ARETURN)) {
            tell();
        }
        super.visitInsn(opcode);
    }

    private void tell() {
        super.visitVarInsn(Opcodes.ALOAD, entryPoint.arguments()[0]);
        String getter = entryPoint.identity();
        if (getter != null) {
            int dot = getter.indexOf('.');
            int descriptor = getter.indexOf('(');
            if (descriptor < 0) {
                int space = getter.indexOf(' ');
                super.visitFieldInsn(
                        Opcodes.GETFIELD,
                        getter.substring(0, dot),
                        getter.substring(dot + 1, space),
                        getter.substring(space + 1));
            } else {
                super.visitMethodInsn(
                        Opcodes.INVOKEVIRTUAL,
                        getter.substring(0, dot),
                        getter.substring(dot + 1, descriptor),
                        getter.substring(descriptor),
                        false);
            }
        }
        super.visitMethodInsn(Opcodes.INVOKESTATIC, Weaver.HOOK, "completed", "(Ljava/lang/Object;)V", false);
    }

    @Override
    public void visitMaxs(int maxStack, int maxLocals) {
        super.visitMaxs(maxStack + 1, maxLocals);
    }
}
