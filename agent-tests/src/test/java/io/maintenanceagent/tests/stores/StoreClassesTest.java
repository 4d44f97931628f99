package io.maintenanceagent.tests.stores;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.tests.harness.Await;
import io.maintenanceagent.tests.harness.JavaCommand;
import io.maintenanceagent.tests.harness.JavaProcess;
import io.maintenanceagent.tests.harness.Jdk;
import io.maintenanceagent.tests.harness.Project;
import io.maintenanceagent.tests.harness.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What stores on other machines load: nothing where the store is a file, and never what the application sets up. */
final class StoreClassesTest {

    private static final String PACKAGE = "io.maintenanceagent.store.";
    private static final List<String> REMOTE =
            List.of("redis.", "remote.", "http.", "etcd.", "consul.", "url.").stream()
                    .map(PACKAGE::concat)
                    .toList();
    private static final List<String> FORBIDDEN =
            List.of("java.util.logging.", "java.lang.management.", "javax.management.", "com.sun.jmx.");
    private static final Duration LIMIT = Duration.ofSeconds(30);

    static List<Jdk> jdks() {
        return Jdk.runningAndNewest();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void file_loadsNoClassOfOtherStores(Jdk jdk) throws IOException {
        JavaCommand command = hello(jdk, "file=" + Project.newDirectory("state").resolve("state"), "1000");
        try (JavaProcess process = command.start()) {
            assertEquals(0, process.awaitExit(LIMIT), process::toString);
        }
        assertEquals(List.of(), loaded(command, REMOTE));
    }

    @Test
    void jar_isAsSmallAsPromised() throws IOException {
        assertTrue(Files.size(Project.agentJar()) < 4_500_000, "4.5 MB");
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void url_initialisesNoLoggingAlsoWhereItIsConfigured(Jdk jdk) throws IOException {
        try (WebResource resource = new WebResource()) {
            JavaCommand command = hello(jdk, "store=" + resource.url(), "20000");
            // As Tomcat does: the JDK's own client would initialise the log manager then.
            Path configuration = Files.createFile(command.directory().resolve("logging.properties"));
            command.property("java.util.logging.config.file", configuration.toString());
            try (JavaProcess process = command.start()) {
                Await.until(LIMIT, process::toString, () -> resource.asked.size() >= 2);
                // While it lives: the JDK logs an end.
                List<String> classes = loaded(command, REMOTE);
                assertTrue(classes.contains(PACKAGE + "http.HttpConnection"), classes::toString);
                assertEquals(List.of(), loaded(command, FORBIDDEN));
                List<String> others = List.of(PACKAGE + "etcd.", PACKAGE + "consul.", PACKAGE + "redis.");
                assertEquals(List.of(), loaded(command, others));
            }
        }
    }

    private static JavaCommand hello(Jdk jdk, String options, String millis) {
        Path classes = Project.newDirectory("hello");
        new Sources(Project.sources("launchers")).compile(8, List.of("Hello.java"), text -> text, List.of(), classes);
        JavaCommand command = new JavaCommand(jdk, "store-classes");
        return command.agent(options)
                .option("-Xlog:class+load:file=" + log(command) + ":none")
                .classPath(List.of(classes))
                .main("Hello", millis);
    }

    private static Path log(JavaCommand command) {
        return command.directory().resolve("classes.log");
    }

    private static List<String> loaded(JavaCommand command, List<String> prefixes) throws IOException {
        return Files.readAllLines(log(command)).stream()
                .map(line -> line.split(" ")[0])
                .filter(name -> prefixes.stream().anyMatch(name::startsWith))
                .toList();
    }
}
