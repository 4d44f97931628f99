package io.maintenanceagent.boot;

import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The virtual threads of this JVM, since Java 21: {@link Thread#getAllStackTraces()} leaves them out, and only the
 * JDK's own registry has them. Looked at when the agent is attached, once.
 */
final class VirtualThreads {

    private static final String PACKAGE = "jdk.internal.vm";

    private VirtualThreads() {}

    /**
     * Finds them.
     *
     * @param instrumentation the agent's
     * @return them, and others with them perhaps; none where there is no such registry, or it is switched off with
     *     {@code -Djdk.trackAllThreads=false}
     */
    static Collection<Thread> find(Instrumentation instrumentation) {
        List<Thread> found = new ArrayList<Thread>();
        try {
            Class<?> containers = Class.forName(PACKAGE + ".ThreadContainers", false, null);
            Class<?> container = Class.forName(PACKAGE + ".ThreadContainer", false, null);
            MethodHandles.Lookup lookup = JavaBase.open(instrumentation, PACKAGE);
            MethodHandle root = lookup.findStatic(containers, "root", MethodType.methodType(container));
            MethodType stream = MethodType.methodType(Stream.class);
            MethodHandle threads = lookup.findVirtual(container, "threads", stream);
            MethodHandle children = lookup.findVirtual(container, "children", stream);
            collect(root.invoke(), threads, children, found);
            return found;
        } catch (ClassNotFoundException olderJava) {
            return Collections.emptyList();
        } catch (Throwable changed) {
            return found;
        }
    }

    private static void collect(Object container, MethodHandle threads, MethodHandle children, List<Thread> found)
            throws Throwable {
        for (Iterator<?> all = ((Stream<?>) threads.invoke(container)).iterator(); all.hasNext(); ) {
            found.add((Thread) all.next());
        }
        for (Iterator<?> all = ((Stream<?>) children.invoke(container)).iterator(); all.hasNext(); ) {
            collect(all.next(), threads, children, found);
        }
    }
}
