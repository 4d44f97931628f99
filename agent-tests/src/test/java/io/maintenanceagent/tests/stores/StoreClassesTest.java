package io.maintenanceagent.tests.stores;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.tests.harness.Await;
import io.maintenanceagent.tests.harness.HelloJvm;
import io.maintenanceagent.tests.harness.JavaCommand;
import io.maintenanceagent.tests.harness.JavaProcess;
import io.maintenanceagent.tests.harness.Jdk;
import io.maintenanceagent.tests.harness.Project;
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
        HelloJvm jvm = new HelloJvm(jdk, "file=" + Project.newDirectory("state").resolve("state"), 1000);
        try (JavaProcess process = jvm.command().start()) {
            assertEquals(0, process.awaitExit(LIMIT), process::toString);
        }
        assertEquals(List.of(), jvm.loaded(REMOTE));
    }

    @Test
    void jar_isAsSmallAsPromised() throws IOException {
        assertTrue(Files.size(Project.agentJar()) < 4_500_000, "4.5 MB");
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void url_initialisesNoLoggingAlsoWhereItIsConfigured(Jdk jdk) throws IOException {
        try (WebResource resource = new WebResource()) {
            HelloJvm jvm = new HelloJvm(jdk, "store=" + resource.url(), 20_000);
            JavaCommand command = jvm.command();
            // As Tomcat does: the JDK's own client would initialise the log manager then.
            Path configuration = Files.createFile(command.directory().resolve("logging.properties"));
            command.property("java.util.logging.config.file", configuration.toString());
            try (JavaProcess process = command.start()) {
                Await.until(LIMIT, process::toString, () -> resource.asked.size() >= 2);
                // While it lives: the JDK logs an end.
                List<String> classes = jvm.loaded(REMOTE);
                assertTrue(classes.contains(PACKAGE + "http.HttpConnection"), classes::toString);
                assertEquals(List.of(), jvm.loaded(FORBIDDEN));
                List<String> others = List.of(PACKAGE + "etcd.", PACKAGE + "consul.", PACKAGE + "redis.");
                assertEquals(List.of(), jvm.loaded(others));
            }
        }
    }
}
