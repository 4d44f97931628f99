package io.maintenanceagent.boot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * The methods of the agent's class files that some of them can come to, by calls. A call of a method that is overridden
 * leads to each class that may be instantiated, whether its type is the agent's or the JDK's, such as {@code Runnable}.
 * What the JDK calls by itself, as a thread its {@code run}, is not seen.
 */
final class ReachableCode {

    /** What a method uses that is synchronized, or synchronizes. */
    static final String LOCK = "synchronized";

    private final Map<String, ClassFile> classes = new HashMap<>();
    private final Map<String, String> callers = new LinkedHashMap<>();
    private final Set<String> instantiated = new HashSet<>();
    private final Set<Method> virtualCalls = new HashSet<>();
    private final Deque<Method> left = new ArrayDeque<>();
    private final Set<Method> walked = new HashSet<>();
    private final Set<String> ends;

    /**
     * @param directory the class files
     * @param roots where it begins, as {@code package.Class.method}
     * @param ends methods at which it ends, likewise
     * @param madeElsewhere by the name of a class: whether there are instances of it that are not made on the way
     */
    ReachableCode(Path directory, List<String> roots, Set<String> ends, Predicate<String> madeElsewhere)
            throws IOException {
        this.ends = ends;
        try (Stream<Path> files = Files.walk(directory)) {
            files.filter(file -> file.toString().endsWith(".class")).forEach(this::read);
        }
        for (String type : classes.keySet()) {
            if (madeElsewhere.test(type.replace('/', '.'))) {
                instantiated.add(type);
            }
        }
        for (String root : roots) {
            int dot = root.lastIndexOf('.');
            String owner = root.substring(0, dot).replace('.', '/');
            ClassFile type = classes.get(owner);
            List<Method> found = type == null
                    ? List.of()
                    : type.methods.keySet().stream()
                            .filter(method -> method.name.equals(root.substring(dot + 1)))
                            .toList();
            if (found.isEmpty()) {
                throw new IllegalArgumentException("no method " + root);
            }
            instantiate(owner, "-");
            found.forEach(method -> reach(method, "-"));
        }
        while (!left.isEmpty()) {
            walk(left.remove());
        }
    }

    /** Returns the methods that were reached, as {@code package.Class.method}. */
    Set<String> methods() {
        return callers.keySet();
    }

    /**
     * Returns the classes, methods and fields that reached methods use whose name begins with one of some texts, each
     * with the way that leads there.
     *
     * @param prefixes of names with dots; a lambda is a use of {@code java.lang.invoke.LambdaMetafactory}
     */
    Set<String> uses(List<String> prefixes) {
        Set<String> found = new TreeSet<>();
        for (ClassFile type : classes.values()) {
            type.methods.forEach((method, body) -> {
                for (String used : body.uses) {
                    if (walked.contains(method) && prefixes.stream().anyMatch(used::startsWith)) {
                        found.add(used + way(method.toString()));
                    }
                }
            });
        }
        return found;
    }

    private String way(String method) {
        StringBuilder way = new StringBuilder();
        for (String at = method; at != null && !at.equals("-"); at = callers.get(at)) {
            way.append(" <- ").append(at);
        }
        return way.toString();
    }

    private void walk(Method method) {
        Body body = classes.get(method.owner).methods.get(method);
        String name = method.toString();
        body.classes.forEach(type -> initialize(type, name));
        body.instantiated.forEach(type -> instantiate(type, name));
        for (Method call : body.calls) {
            Method exact = resolve(call.owner, call);
            if (exact != null) {
                reach(exact, name);
            }
        }
        for (Method call : body.virtualCalls) {
            if (virtualCalls.add(call)) {
                for (String type : List.copyOf(instantiated)) {
                    dispatch(call, type, name);
                }
            }
        }
    }

    private void instantiate(String type, String by) {
        if (classes.containsKey(type) && instantiated.add(type)) {
            for (Method call : List.copyOf(virtualCalls)) {
                dispatch(call, type, by);
            }
        }
    }

    private void dispatch(Method call, String type, String by) {
        if (isSubtype(type, call.owner)) {
            Method target = resolve(type, call);
            if (target != null) {
                reach(target, by);
            }
        }
    }

    private void initialize(String type, String by) {
        ClassFile file = classes.get(type);
        if (file != null) {
            Method initializer = new Method(type, "<clinit>", "()V");
            if (file.methods.containsKey(initializer)) {
                reach(initializer, by);
            }
            initialize(file.superName, by);
        }
    }

    private void reach(Method method, String by) {
        if (!ends.contains(method.toString()) && walked.add(method)) {
            callers.putIfAbsent(method.toString(), by);
            left.add(method);
        }
    }

    private Method resolve(String type, Method call) {
        for (String at = type; classes.containsKey(at); at = classes.get(at).superName) {
            Method method = new Method(at, call.name, call.descriptor);
            if (classes.get(at).methods.containsKey(method)) {
                return method;
            }
        }
        for (String at : supertypes(type)) {
            Method method = new Method(at, call.name, call.descriptor);
            if (classes.containsKey(at) && classes.get(at).methods.containsKey(method)) {
                return method;
            }
        }
        return null;
    }

    private boolean isSubtype(String type, String supertype) {
        return supertypes(type).contains(supertype);
    }

    private Set<String> supertypes(String type) {
        Set<String> all = new HashSet<>();
        Deque<String> types = new ArrayDeque<>(List.of(type));
        while (!types.isEmpty()) {
            String next = types.remove();
            ClassFile file = classes.get(next);
            if (all.add(next) && file != null) {
                types.add(file.superName);
                types.addAll(file.interfaces);
            }
        }
        return all;
    }

    private void read(Path path) {
        try {
            ClassFile file = new ClassFile();
            new ClassReader(Files.readAllBytes(path)).accept(file, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
            classes.put(file.name, file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Method(String owner, String name, String descriptor) {
        @Override
        public String toString() {
            return owner.replace('/', '.') + "." + name;
        }
    }

    private static final class ClassFile extends ClassVisitor {
        final Map<Method, Body> methods = new LinkedHashMap<>();
        List<String> interfaces;
        String name;
        String superName;

        ClassFile() {
            super(Opcodes.ASM9);
        }

        @Override
        public void visit(int version, int access, String type, String signature, String parent, String[] implemented) {
            name = type;
            superName = parent;
            interfaces = List.of(implemented);
        }

        @Override
        public MethodVisitor visitMethod(int access, String method, String type, String signature, String[] thrown) {
            Body body = new Body();
            if ((access & Opcodes.ACC_SYNCHRONIZED) != 0) {
                body.uses.add(LOCK);
            }
            methods.put(new Method(name, method, type), body);
            return body;
        }
    }

    /** What a method does. */
    private static final class Body extends MethodVisitor {
        final List<Method> calls = new ArrayList<>();
        final List<Method> virtualCalls = new ArrayList<>();
        final List<String> classes = new ArrayList<>();
        final List<String> instantiated = new ArrayList<>();
        final Set<String> uses = new TreeSet<>();

        Body() {
            super(Opcodes.ASM9);
        }

        @Override
        public void visitInsn(int opcode) {
            if (opcode == Opcodes.MONITORENTER) {
                uses.add(LOCK);
            }
        }

        @Override
        public void visitTypeInsn(int opcode, String type) {
            use(type, "");
            if (opcode == Opcodes.NEW) {
                classes.add(type);
                instantiated.add(type);
            }
        }

        @Override
        public void visitFieldInsn(int opcode, String owner, String name, String type) {
            use(owner, "." + name);
            if (opcode == Opcodes.GETSTATIC || opcode == Opcodes.PUTSTATIC) {
                classes.add(owner);
            }
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String type, boolean isInterface) {
            use(owner, "." + name);
            Method call = new Method(owner, name, type);
            if (opcode == Opcodes.INVOKESTATIC) {
                classes.add(owner);
            }
            (opcode == Opcodes.INVOKESTATIC || opcode == Opcodes.INVOKESPECIAL ? calls : virtualCalls).add(call);
        }

        @Override
        public void visitInvokeDynamicInsn(String name, String type, Handle bootstrap, Object... arguments) {
            use(bootstrap.getOwner(), "." + bootstrap.getName());
        }

        @Override
        public void visitLdcInsn(Object value) {
            if (value instanceof Type && ((Type) value).getSort() == Type.OBJECT) {
                use(((Type) value).getInternalName(), "");
            }
        }

        @Override
        public void visitTryCatchBlock(Label start, Label end, Label handler, String type) {
            if (type != null) {
                use(type, "");
            }
        }

        private void use(String owner, String member) {
            uses.add(owner.replace('/', '.') + member);
        }
    }
}
