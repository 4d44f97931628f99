package io.maintenanceagent.weave;

import io.maintenanceagent.entrypoint.EntryPoints;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicBoolean;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import net.bytebuddy.jar.asm.commons.ClassRemapper;
import net.bytebuddy.jar.asm.commons.SimpleRemapper;

/** Loads a package of the agent's anew, woven, with another class in the hook's place. */
public final class HookedLoader extends ClassLoader {

    private final String prefix;
    private final Class<?> hook;

    public HookedLoader(String prefix, Class<?> hook) {
        super(HookedLoader.class.getClassLoader());
        this.prefix = prefix;
        this.hook = hook;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(prefix)) {
            return super.loadClass(name, resolve);
        }
        Class<?> loaded = findLoadedClass(name);
        if (loaded != null) {
            return loaded;
        }
        try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
            byte[] file = in.readAllBytes();
            if (new ClassFileScan(EntryPoints.REQUESTS, new AtomicBoolean()).declaresTarget(file)) {
                file = Weaver.weave(file, EntryPoints.REQUESTS);
            }
            ClassWriter writer = new ClassWriter(0);
            SimpleRemapper remapper = new SimpleRemapper(Opcodes.ASM9, Weaver.HOOK, Type.getInternalName(hook));
            new ClassReader(file).accept(new ClassRemapper(writer, remapper), 0);
            byte[] hooked = writer.toByteArray();
            return defineClass(name, hooked, 0, hooked.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
