package io.maintenanceagent.weave;

import io.maintenanceagent.entrypoint.WorkEntryPoint;
import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * Puts the hook's calls around a unit of work. What the hook has told at the beginning is kept in a local variable
 * behind all others, and shown at the end; units may nest. For a method that returns an object:
 *
 * <pre>{@code
 * Object told = MaintenanceHook.beginWork(7, a, b, c);
 * if (told instanceof Object[]) return (T) ((Object[]) told)[0];
 * try { ... return (T) MaintenanceHook.endWork(result, told); }
 * catch (Throwable t) { MaintenanceHook.failWork(t, told); throw t; }
 * }</pre>
 *
 * <p>Others are told the end by {@code endWork(null, told)}. The local has a place in each frame, so the frames of the
 * method are written whole.
 */
final class WorkWeaver extends MethodVisitor {

    private static final String SHOWN = "ILjava/lang/Object;Ljava/lang/Object;Ljava/lang/Object;";
    private static final String OBJECT = "java/lang/Object";
    private static final String ARRAY = "[Ljava/lang/Object;";

    private final WorkEntryPoint entryPoint;
    private final Type returned;
    private final List<Object> frame; // what the body has in its locals, as of the last frame; null without frames
    private final int told; // the slot of what the hook has told
    private final Label begin = new Label();

    /**
     * @param next gets the woven method
     * @param entryPoint what it is
     * @param descriptor its descriptor
     * @param frame its parameters, as a frame has them; {@code null} if the class file has no frames
     * @param locals how many slots its body uses
     */
    static MethodVisitor of(
            MethodVisitor next, WorkEntryPoint entryPoint, String descriptor, List<Object> frame, int locals) {
        return new WorkWeaver(next, entryPoint, descriptor, frame, locals);
    }

    private WorkWeaver(
            MethodVisitor next, WorkEntryPoint entryPoint, String descriptor, List<Object> frame, int locals) {
        super(Opcodes.ASM9, next);
        this.entryPoint = entryPoint;
        this.returned = Type.getReturnType(descriptor);
        this.frame = frame;
        this.told = locals;
    }

    /** Returns how many slots the body of a method uses. */
    static int locals(ClassReader reader, final String name, final String descriptor) {
        final int[] locals = new int[1];
        reader.accept(
                new ClassVisitor(Opcodes.ASM9) {
                    @Override
                    public MethodVisitor visitMethod(
                            int access, String method, String described, String signature, String[] exceptions) {
                        if (!method.equals(name) || !described.equals(descriptor)) {
                            return null;
                        }
                        return new MethodVisitor(Opcodes.ASM9) {
                            @Override
                            public void visitMaxs(int maxStack, int maxLocals) {
                                locals[0] = maxLocals;
                            }
                        };
                    }
                },
                ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return locals[0];
    }

    /** Returns the frame that a method begins with (JVMS 4.10.1.6), or {@code null} without frames. */
    static List<Object> frame(String owner, int access, String descriptor, boolean hasFrames) {
        if (!hasFrames) {
            return null;
        }
        List<Object> frame = new ArrayList<Object>();
        if ((access & Opcodes.ACC_STATIC) == 0) {
            frame.add(owner);
        }
        for (Type type : Type.getArgumentTypes(descriptor)) {
            switch (type.getSort()) {
                case Type.LONG:
                    frame.add(Opcodes.LONG);
                    break;
                case Type.DOUBLE:
                    frame.add(Opcodes.DOUBLE);
                    break;
                case Type.FLOAT:
                    frame.add(Opcodes.FLOAT);
                    break;
                case Type.ARRAY:
                case Type.OBJECT:
                    frame.add(type.getInternalName());
                    break;
                default:
                    frame.add(Opcodes.INTEGER);
                    break;
            }
        }
        return frame;
    }

    @Override
    public void visitCode() {
        super.visitCode();
        if (entryPoint.isStatement()) {
            askAboutStatement();
        } else {
            ask();
        }
        super.visitInsn(Opcodes.DUP);
        super.visitVarInsn(Opcodes.ASTORE, told);
        super.visitTypeInsn(Opcodes.INSTANCEOF, ARRAY);
        super.visitJumpInsn(Opcodes.IFEQ, begin);
        returnInstead();
        super.visitLabel(begin);
        full(0, new Object[0]);
        super.visitInsn(Opcodes.NOP); // the body may have a frame of its own here
    }

    private void ask() {
        visitLdc(entryPoint.ordinal());
        int[] arguments = entryPoint.arguments();
        for (int i = 0; i < 3; i++) {
            if (i < arguments.length) {
                super.visitVarInsn(Opcodes.ALOAD, arguments[i]);
            } else {
                super.visitInsn(Opcodes.ACONST_NULL);
            }
        }
        call("beginWork", "(" + SHOWN + ")L" + OBJECT + ";");
    }

    /** Of a prepared statement nothing is shown but itself, or that it writes. */
    private void askAboutStatement() {
        super.visitVarInsn(Opcodes.ALOAD, 0);
        if (entryPoint.arguments().length > 1) {
            super.visitVarInsn(Opcodes.ALOAD, entryPoint.arguments()[1]);
        } else if (entryPoint.writes()) {
            super.visitFieldInsn(Opcodes.GETSTATIC, "java/lang/Boolean", "TRUE", "Ljava/lang/Boolean;");
        } else {
            super.visitInsn(Opcodes.ACONST_NULL);
        }
        call("beginStatement", "(L" + OBJECT + ";L" + OBJECT + ";)L" + OBJECT + ";");
    }

    private void visitLdc(int number) {
        super.visitIntInsn(Opcodes.SIPUSH, number);
    }

    private void returnInstead() {
        if (returned.getSort() == Type.VOID) {
            super.visitInsn(Opcodes.RETURN);
            return;
        }
        super.visitVarInsn(Opcodes.ALOAD, told);
        super.visitTypeInsn(Opcodes.CHECKCAST, ARRAY);
        super.visitInsn(Opcodes.ICONST_0);
        super.visitInsn(Opcodes.AALOAD);
        switch (returned.getSort()) {
            case Type.BOOLEAN:
                unbox("java/lang/Boolean", "booleanValue", "()Z");
                break;
            case Type.INT:
                unbox("java/lang/Integer", "intValue", "()I");
                break;
            case Type.LONG:
                unbox("java/lang/Long", "longValue", "()J");
                break;
            case Type.ARRAY:
            case Type.OBJECT:
                super.visitTypeInsn(Opcodes.CHECKCAST, returned.getInternalName());
                break;
            default:
                throw new IllegalStateException("a unit of work that returns " + returned);
        }
        super.visitInsn(returned.getOpcode(Opcodes.IRETURN));
    }

    private void unbox(String box, String method, String descriptor) {
        super.visitTypeInsn(Opcodes.CHECKCAST, box);
        super.visitMethodInsn(Opcodes.INVOKEVIRTUAL, box, method, descriptor, false);
    }

    @Override
    public void visitInsn(int opcode) {
        if (opcode == Opcodes.ARETURN) {
            end();
            super.visitTypeInsn(Opcodes.CHECKCAST, returned.getInternalName());
        } else if (opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN) {
            super.visitInsn(Opcodes.ACONST_NULL);
            end();
            super.visitInsn(Opcodes.POP);
        }
        super.visitInsn(opcode);
    }

    private void end() {
        super.visitVarInsn(Opcodes.ALOAD, told);
        call("endWork", "(L" + OBJECT + ";L" + OBJECT + ";)L" + OBJECT + ";");
    }

    @Override
    public void visitFrame(int type, int numLocal, Object[] local, int numStack, Object[] stack) {
        switch (type) {
            case Opcodes.F_APPEND:
                for (int i = 0; i < numLocal; i++) {
                    frame.add(local[i]);
                }
                break;
            case Opcodes.F_CHOP:
                frame.subList(frame.size() - numLocal, frame.size()).clear();
                break;
            case Opcodes.F_FULL:
                frame.clear();
                for (int i = 0; i < numLocal; i++) {
                    frame.add(local[i]);
                }
                break;
            default: // the same locals
                break;
        }
        full(type == Opcodes.F_SAME1 ? 1 : type == Opcodes.F_FULL ? numStack : 0, stack);
    }

    /** Writes a whole frame: the body's locals, nothing up to what the hook has told, and that. */
    private void full(int numStack, Object[] stack) {
        if (frame == null) {
            return;
        }
        List<Object> locals = new ArrayList<Object>(frame);
        int slots = 0;
        for (Object local : frame) {
            slots += local == Opcodes.LONG || local == Opcodes.DOUBLE ? 2 : 1;
        }
        for (; slots < told; slots++) {
            locals.add(Opcodes.TOP);
        }
        locals.add(OBJECT);
        super.visitFrame(Opcodes.F_FULL, locals.size(), locals.toArray(), numStack, stack);
    }

    @Override
    public void visitMaxs(int maxStack, int maxLocals) {
        Label handler = new Label();
        super.visitLabel(handler);
        // Last in the table, so that the body's own handlers come first (JVMS 2.10).
        super.visitTryCatchBlock(begin, handler, handler, null);
        if (frame != null) {
            frame.clear(); // a body may put what it likes into its parameters' slots
            full(1, new Object[] {"java/lang/Throwable"});
        }
        super.visitInsn(Opcodes.DUP);
        super.visitVarInsn(Opcodes.ALOAD, told);
        call("failWork", "(Ljava/lang/Throwable;L" + OBJECT + ";)V");
        super.visitInsn(Opcodes.ATHROW);
        super.visitMaxs(Math.max(maxStack + 2, 4), maxLocals + 1);
    }

    private void call(String method, String descriptor) {
        super.visitMethodInsn(Opcodes.INVOKESTATIC, Weaver.HOOK, method, descriptor, false);
    }
}
