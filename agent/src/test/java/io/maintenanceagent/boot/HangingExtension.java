package io.maintenanceagent.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.maintenanceagent.api.Exemption;
import io.maintenanceagent.api.StateStoreFactory;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;

/** An extension whose methods hang as long as a test wants: those whose names are in a set among the properties. */
final class HangingExtension {

    static final String HANGS = "io.maintenanceagent.test.hangs";
    static final String REPORTED = "io.maintenanceagent.test.reported";
    static final String STATE = "io.maintenanceagent.test.state";

    /** A store and an exemption that do not come back as long as the test wants. */
    private static final String SOURCE = """
        package acme;
        import io.maintenanceagent.api.*;
        import java.util.*;
        public final class Factory implements StateStoreFactory, StateStore, InstanceRegistry, Exemption {
            public Factory() { hang("constructor"); }
            static void hang(String where) {
                Set<?> hangs = (Set<?>) System.getProperties().get("io.maintenanceagent.test.hangs");
                while (hangs.contains(where)) {
                    try { Thread.sleep(20); } catch (InterruptedException e) { }
                }
            }
            public String scheme() { return "slow"; }
            public StateStore open(java.net.URI uri) { hang("open"); return this; }
            public byte[] read() {
                hang("read");
                hang("read until closed");
                return System.getProperty("io.maintenanceagent.test.state").getBytes();
            }
            public void awaitChange() throws InterruptedException { Thread.sleep(10); }
            public boolean compareAndSet(byte[] expected, byte[] content) { return false; }
            public boolean wantsReports() { hang("wantsReports"); return true; }
            public void report(String instance, byte[] report, long ttl) {
                hang("report");
                System.setProperty("io.maintenanceagent.test.reported", "true");
            }
            public void withdraw(String instance) { hang("withdraw"); done("withdraw "); }
            static void done(String what) {
                System.setProperty("io.maintenanceagent.test.done",
                        System.getProperty("io.maintenanceagent.test.done", "") + what);
            }
            public InstanceRegistry instances() { return this; }
            public Map<String, byte[]> reports() { return Collections.emptyMap(); }
            public String name() { return "the slow store"; }
            public void close() {
                hang("close");
                done("close ");
                ((Set<?>) System.getProperties().get("io.maintenanceagent.test.hangs")).remove("read until closed");
            }
            public boolean exempts(RequestView request) { hang("exempts"); return false; }
        }
        """;

    private HangingExtension() {}

    /** Compiles it, and returns the directory of its jar, below another one. */
    static Path in(Path directory) throws IOException {
        Path work = Files.createDirectories(directory.resolve("work/acme"));
        Path java = Files.writeString(work.resolve("Factory.java"), SOURCE);
        assertEquals(
                0,
                ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-cp", System.getProperty("java.class.path"), java.toString()));
        Path jars = Files.createDirectories(directory.resolve("jars"));
        try (OutputStream out = Files.newOutputStream(jars.resolve("slow.jar"));
                JarOutputStream jar = new JarOutputStream(out)) {
            jar.putNextEntry(new JarEntry("acme/Factory.class"));
            jar.write(Files.readAllBytes(work.resolve("Factory.class")));
            for (Class<?> service : List.of(StateStoreFactory.class, Exemption.class)) {
                jar.putNextEntry(new JarEntry("META-INF/services/" + service.getName()));
                jar.write("acme.Factory\n".getBytes(StandardCharsets.UTF_8));
            }
        }
        return jars;
    }
}
