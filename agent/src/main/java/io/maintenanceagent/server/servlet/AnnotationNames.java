package io.maintenanceagent.server.servlet;

import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Inherited;
import java.util.HashSet;
import java.util.Set;
import net.bytebuddy.jar.asm.AnnotationVisitor;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * The names of the annotations of a class, read from its class file: asking the class would load it, before the
 * application does. Those of a superclass count if they are inherited, as in {@link Class#getAnnotations}; what an
 * annotation keeps to the source does not.
 */
final class AnnotationNames {

    private static final int MAX_DEPTH = 100; // class files that somebody made can go round in circles

    private AnnotationNames() {}

    /**
     * @param className a class
     * @param loader a loader that finds its class file, or {@code null}
     * @return the names; empty if there is no class file, as for a generated class
     * @throws IOException if a class file cannot be read
     */
    static Set<String> of(String className, ClassLoader loader) throws IOException {
        Set<String> names = new HashSet<String>();
        String at = className;
        for (int depth = 0; at != null && !at.equals("java.lang.Object") && depth < MAX_DEPTH; depth++) {
            ClassFile file = ClassFile.read(at, loader);
            if (file == null) {
                break;
            }
            for (String annotation : file.annotations) {
                if (depth == 0 || isInherited(annotation, loader)) {
                    names.add(annotation);
                }
            }
            at = file.superName;
        }
        return names;
    }

    private static boolean isInherited(String annotation, ClassLoader loader) throws IOException {
        ClassFile file = ClassFile.read(annotation, loader);
        return file != null && file.annotations.contains(Inherited.class.getName());
    }

    private static final class ClassFile extends ClassVisitor {
        final Set<String> annotations = new HashSet<String>();
        String superName;

        private ClassFile() {
            super(Opcodes.ASM9);
        }

        static ClassFile read(String name, ClassLoader loader) throws IOException {
            String resource = name.replace('.', '/') + ".class";
            try (InputStream in = loader == null
                    ? ClassLoader.getSystemResourceAsStream(resource)
                    : loader.getResourceAsStream(resource)) {
                if (in == null) {
                    return null;
                }
                ClassFile file = new ClassFile();
                new ClassReader(in)
                        .accept(file, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
                return file;
            }
        }

        @Override
        public void visit(int version, int access, String name, String signature, String above, String[] interfaces) {
            superName = above == null ? null : above.replace('/', '.');
        }

        @Override
        public AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
            annotations.add(Type.getType(descriptor).getClassName());
            return null;
        }
    }
}
