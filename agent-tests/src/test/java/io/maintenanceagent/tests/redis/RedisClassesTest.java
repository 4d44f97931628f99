package io.maintenanceagent.tests.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.tests.harness.Await;
import io.maintenanceagent.tests.harness.JavaCommand;
import io.maintenanceagent.tests.harness.JavaProcess;
import io.maintenanceagent.tests.harness.Jdk;
import io.maintenanceagent.tests.harness.Project;
import io.maintenanceagent.tests.harness.Sources;
import java.io.IOException;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The classes that the store and its client load; classes that the jar leaves out are not needed. */
final class RedisClassesTest {

    private static final String CLIENT = "io.maintenanceagent.shaded.jedis.";
    private static final List<String> STORE = List.of("io.maintenanceagent.store.redis.", CLIENT);
    private static final List<String> FORBIDDEN =
            List.of("java.util.logging.", "java.lang.management.", "javax.management.", "com.sun.jmx.");
    private static final Duration LIMIT = Duration.ofSeconds(20);

    static List<Jdk> jdks() {
        return Jdk.runningAndNewest();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void otherStore_loadsNoClassOfTheClient(Jdk jdk) throws IOException {
        JavaCommand command = hello(jdk, "file=" + Project.newDirectory("state").resolve("state"), "1000");
        try (JavaProcess process = command.start()) {
            assertEquals(0, process.awaitExit(LIMIT), process::toString);
        }
        assertEquals(List.of(), loaded(command, STORE));
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void redisStore_initialisesNeitherLoggingNorManagement(Jdk jdk) throws IOException {
        Certificate certificate = Certificate.of("ip:127.0.0.1");
        int port = Redis.freePort();
        try (Redis redis = Redis.running(certificate.serverOptions(port, false))) {
            JavaCommand command = hello(jdk, "store=rediss://127.0.0.1:" + port, "20000");
            certificate.trustedBy(command);
            try (JavaProcess process = command.start()) {
                Await.until(
                        LIMIT,
                        process::toString,
                        () -> redis.send("CLIENT", "LIST").contains(" sub=2 "));
                assertEquals(List.of(), process.stderr().lines());
            }
            assertTrue(loaded(command, STORE).contains(CLIENT + "Connection"));
            assertEquals(List.of(), loaded(command, FORBIDDEN));
        }
    }

    @Test
    void jar_classesOfTheClient_areComplete() throws Exception {
        try (JarFile jar = new JarFile(Project.agentJar().toFile());
                URLClassLoader loader = AgentStore.loader()) {
            Set<String> names = jar.stream()
                    .map(entry -> entry.getName().replace('/', '.'))
                    .filter(name -> name.startsWith(CLIENT) && name.endsWith(".class"))
                    .map(name -> name.substring(0, name.length() - ".class".length()))
                    .collect(Collectors.toCollection(TreeSet::new));
            assertTrue(names.size() > 40, names::toString);
            for (String name : names) {
                // Initialised, hence verified, which needs the classes that it takes for others.
                Class.forName(name, true, loader);
            }
            // Without these properties the client would log, and there is nothing to log with.
            assertNotNull(loader.getResource(CLIENT.replace('.', '/') + "pom.properties"));
            assertNotNull(jar.getEntry("META-INF/licenses/jedis-jar/LICENSE"));
        }
    }

    private static JavaCommand hello(Jdk jdk, String options, String millis) {
        Path classes = Project.newDirectory("hello");
        new Sources(Project.sources("launchers")).compile(8, List.of("Hello.java"), text -> text, List.of(), classes);
        JavaCommand command = new JavaCommand(jdk, "redis-classes");
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
