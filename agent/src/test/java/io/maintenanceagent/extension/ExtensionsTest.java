package io.maintenanceagent.extension;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.api.Exemption;
import io.maintenanceagent.api.StateStoreFactory;
import io.maintenanceagent.report.ErrorReporter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real jars, compiled here against the API. */
class ExtensionsTest {

    private static final String GOOD = """
            package acme;
            import io.maintenanceagent.api.*;
            public final class Factory implements StateStoreFactory {
                public String scheme() {
                    try {
                        Class.forName("io.maintenanceagent.report.ErrorReporter");
                        return "sees-the-agent";
                    } catch (ClassNotFoundException e) {
                        return "acme";
                    }
                }
                public StateStore open(java.net.URI uri) { throw new IllegalArgumentException(uri.toString()); }
            }
            """;

    private static final String CLOSEABLE = """
            package acme;
            import io.maintenanceagent.api.*;
            public final class Factory implements StateStoreFactory, java.io.Closeable {
                private String scheme = "open";
                public String scheme() { return scheme; }
                public StateStore open(java.net.URI uri) { throw new IllegalArgumentException(uri.toString()); }
                public void close() { scheme = "closed"; }
            }
            """;

    @TempDir
    Path directory;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final ErrorReporter errors = new ErrorReporter(new PrintStream(said, true));

    private void jar(String name, String source, String services) throws IOException {
        Path work = Files.createDirectories(directory.resolve("work/acme"));
        Path java = Files.writeString(work.resolve("Factory.java"), source);
        assertEquals(
                0,
                ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-cp", System.getProperty("java.class.path"), java.toString()));
        Path jars = Files.createDirectories(directory.resolve("jars"));
        try (OutputStream out = Files.newOutputStream(jars.resolve(name));
                JarOutputStream jar = new JarOutputStream(out)) {
            jar.putNextEntry(new JarEntry("acme/Factory.class"));
            jar.write(Files.readAllBytes(work.resolve("Factory.class")));
            jar.putNextEntry(new JarEntry("META-INF/services/" + StateStoreFactory.class.getName()));
            jar.write(services.getBytes(StandardCharsets.UTF_8));
        }
    }

    private List<StateStoreFactory> load() {
        List<StateStoreFactory> found =
                new Extensions(directory.resolve("jars").toFile(), errors).load(StateStoreFactory.class);
        errors.flush();
        return found;
    }

    @Test
    void load_jar_implementationSeesOnlyTheApi() throws IOException {
        jar("a.jar", GOOD, "acme.Factory\n");
        List<StateStoreFactory> found = load();
        assertEquals(1, found.size(), said::toString);
        assertEquals("acme", found.get(0).scheme());
        assertEquals("", said.toString());
    }

    @Test
    void load_twice_sameObjectUntilItIsClosed() throws IOException {
        jar("a.jar", CLOSEABLE, "acme.Factory\n");
        Extensions extensions = new Extensions(directory.resolve("jars").toFile(), errors);
        StateStoreFactory factory = extensions.load(StateStoreFactory.class).get(0);
        assertSame(factory, extensions.load(StateStoreFactory.class).get(0));
        assertEquals("open", factory.scheme());
        extensions.close();
        assertEquals("closed", factory.scheme());
        assertEquals(List.of(), extensions.load(Exemption.class), "nothing is loaded any more");
        assertTrue(Files.deleteIfExists(directory.resolve("jars/a.jar")));
        errors.flush();
        assertEquals("", said.toString());
    }

    @Test
    void load_brokenImplementation_isReportedAndLeftOut() throws IOException {
        jar("a.jar", GOOD, "acme.Missing\nacme.Factory\n");
        Files.writeString(directory.resolve("jars/b.jar"), "no jar at all");
        assertEquals(1, load().size());
        assertTrue(said.toString().contains("acme.Missing"), said::toString);
    }

    @Test
    void load_missingDirectory_isReported() {
        assertEquals(List.of(), load());
        assertTrue(said.toString().contains("setting \"extensions\" has the bad value"), said::toString);
    }

    @Test
    void load_noDirectory_empty() {
        assertEquals(List.of(), new Extensions(null, errors).load(StateStoreFactory.class));
    }
}
