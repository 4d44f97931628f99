package io.maintenanceagent.tests.http;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.maintenanceagent.tests.harness.Await;
import io.maintenanceagent.tests.harness.Certificate;
import io.maintenanceagent.tests.harness.Gate;
import io.maintenanceagent.tests.harness.Http;
import io.maintenanceagent.tests.harness.JavaCommand;
import io.maintenanceagent.tests.harness.JavaProcess;
import io.maintenanceagent.tests.harness.Jdk;
import io.maintenanceagent.tests.harness.Management;
import io.maintenanceagent.tests.harness.Project;
import io.maintenanceagent.tests.harness.Request;
import io.maintenanceagent.tests.harness.Response;
import io.maintenanceagent.tests.harness.Sources;
import io.maintenanceagent.tests.harness.StateFile;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A running server without servlets, with the files that its agent watches. Close it. */
final class CoreServer implements AutoCloseable {

    static final Duration LIMIT = Duration.ofSeconds(30);

    private static final String[] MICRONAUT_PROCESSORS = {
        "io.micronaut.annotation.processing.TypeElementVisitorProcessor",
        "io.micronaut.annotation.processing.BeanDefinitionInjectProcessor"
    };

    /** Which there are. */
    enum Kind {
        JDK(8, "JdkLauncher"),
        UNDERTOW(17, "UndertowCoreLauncher", "undertow-core"),
        GRIZZLY(17, "GrizzlyLauncher", "grizzly"),
        VERTX(17, "VertxLauncher", "vertx-4"),
        NETTY(17, "NettyLauncher", "netty-4.1"),
        HELIDON(21, "HelidonSocketLauncher", "helidon-4.5"),
        HELIDON_42(21, "HelidonSocketLauncher", "helidon-4.2"),
        HELIDON_41(21, "HelidonLauncher", "helidon-4.1"),
        HELIDON_40(21, "HelidonSocketLauncher", "helidon-4.0"),
        NETTY_42(17, "NettyLauncher", "webflux-7"),
        REACTOR_NETTY_10(17, "ReactorNettyLauncher", "webflux-5"),
        REACTOR_NETTY_12(17, "ReactorNettyLauncher", "webflux-6"),
        REACTOR_NETTY_13(17, "ReactorNettyLauncher", "webflux-7"),
        VERTX_39(17, "VertxLauncher", "vertx-3.9"),
        VERTX_50(17, "VertxLauncher", "vertx-5.0"),
        VERTX_51(17, "VertxLauncher", "vertx-5.1"),
        NETTY_40(17, "NettyLauncher", "netty-4.0"),
        MICRONAUT(17, "MicronautLauncher", "micronaut-4"),
        KTOR(17, "KtorLauncher", "ktor-3"),
        PLAY(17, "PlayLauncher", "play-3"),
        RATPACK(17, "RatpackLauncher", "ratpack-1"),
        ARMERIA(17, "ArmeriaLauncher", "armeria-1"),
        QUARKUS(17, "io.quarkus.bootstrap.runner.QuarkusEntryPoint", "quarkus-3"),
        NETTY_PROXY(17, "NettyProxyLauncher", "netty-4.1", "tomcat-11"),
        NETTY_HTTP2(17, "NettyHttp2Launcher", "netty-4.1"),
        GATEWAY(17, "GatewayLauncher", "gateway-4"),
        JERSEY(17, "JerseyLauncher", "jersey-4"),
        JAX_WS(17, "JaxWsLauncher", "jaxws-2"),
        HELIDON_MP(21, "HelidonMpLauncher", "helidon-mp-4.2");

        /** Those that do not serve {@code CoreApplication}. */
        private static final Set<Kind> OTHERS =
                EnumSet.of(NETTY_PROXY, NETTY_HTTP2, GATEWAY, JERSEY, JAX_WS, HELIDON_MP);

        /** Those that the profile of that name alone tries. */
        private static final Set<Kind> FRAMEWORKS = EnumSet.range(HELIDON_42, QUARKUS);

        private final int release;
        private final String launcher;
        private final List<String> jars;

        Kind(int release, String launcher, String... jars) {
            this.release = release;
            this.launcher = launcher;
            this.jars = List.of(jars);
        }

        private List<String> sources() {
            List<String> sources =
                    new ArrayList<>(List.of("Launcher.java", "CoreApplication.java", launcher + ".java"));
            switch (this) {
                case NETTY_PROXY, NETTY_HTTP2 -> sources.add("NettyLauncher.java");
                case HELIDON, HELIDON_42, HELIDON_40 -> sources.add("HelidonLauncher.java");
                case MICRONAUT -> sources.addAll(List.of("FutureCall.java", "everything/Everything.java"));
                case PLAY, RATPACK -> sources.add("FutureCall.java");
                default -> {}
            }
            return sources;
        }

        static Stream<Kind> tried() {
            return Stream.of(values())
                    .filter(kind -> !OTHERS.contains(kind))
                    .filter(kind -> kind.name().contains(System.getProperty("cell", "")))
                    .filter(kind -> Boolean.getBoolean("frameworks") || !FRAMEWORKS.contains(kind));
        }

        /** Skips a test of it, where the system property {@code cell} picks others. */
        void assumePicked() {
            assumeTrue(name().contains(System.getProperty("cell", "")), "another cell is picked");
        }

        /** The running JDK, or another one where it does not run there. */
        private Jdk jdk() {
            return Jdk.all().stream()
                    .filter(jdk -> jdk.feature() >= release)
                    .findFirst()
                    .orElse(Jdk.running());
        }

        /** {@inheritDoc} With the JDK that it runs on. */
        @Override
        public String toString() {
            return name() + " on " + jdk();
        }

        private List<Path> jars() {
            List<Path> found = new ArrayList<>();
            jars.forEach(directory -> found.addAll(Project.serverJars(directory)));
            return found;
        }
    }

    private final JavaProcess process;
    private final Http http;
    private final StateFile state;
    private final StateFile policy;

    private CoreServer(JavaProcess process, boolean ends, StateFile state, StateFile policy) {
        this.process = process;
        this.state = state;
        this.policy = policy;
        this.http = new Http(
                Integer.parseInt(
                        process.awaitStdout("^READY port=(\\d+)$", LIMIT).group(1)),
                ends);
    }

    /** A server, on one JDK. */
    record On(Kind kind, Jdk jdk) {

        @Override
        public String toString() {
            return kind.name() + " on " + jdk;
        }

        /** One for each kind, and of the JDK's own one for each JDK that tests run on. */
        static Stream<On> all() {
            return Kind.tried()
                    .flatMap(kind -> kind == Kind.JDK
                            ? Jdk.runningAndNewest().stream().map(jdk -> new On(kind, jdk))
                            : Stream.of(new On(kind, kind.jdk())));
        }
    }

    static CoreServer withAgent(On on) {
        return open(on, true);
    }

    static CoreServer withoutAgent(On on) {
        return open(on, false);
    }

    /** On the JDK that runs the tests, if it runs there. */
    static CoreServer open(Kind kind, boolean withAgent) {
        return open(new On(kind, kind.jdk()), withAgent);
    }

    /** The JDK's HTTPS server, with the agent. Whatever is asked of it without TLS fails. */
    static CoreServer https(Certificate certificate) {
        return open(new On(Kind.JDK, Jdk.running()), true, certificate.keyOptions());
    }

    /** Spring Cloud Gateway, with the agent. */
    static CoreServer gateway(int backend) {
        return open(new On(Kind.GATEWAY, Jdk.running()), true, "-Dbackend=" + backend);
    }

    private static CoreServer open(On on, boolean withAgent, String... options) {
        Path files = Project.newDirectory(on.kind.name().toLowerCase());
        StateFile state = new StateFile(files.resolve("maintenance.mode"));
        StateFile policy = new StateFile(files.resolve("policy.json"));
        policy.write("{}");
        return open(on, files, state, policy, withAgent, options);
    }

    /** With the agent, which follows these files. */
    static CoreServer open(Kind kind, StateFile state, StateFile policy) {
        return open(new On(kind, kind.jdk()), Project.newDirectory("core"), state, policy, true);
    }

    private static CoreServer open(
            On on, Path files, StateFile state, StateFile policy, boolean withAgent, String... options) {
        Kind kind = on.kind;
        assumeTrue(on.jdk.feature() >= kind.release, () -> "no JDK " + kind.release + " or later here");
        Path classes = files.resolve("classes");
        List<Path> jars = kind.jars();
        if (kind != Kind.QUARKUS) { // which Quarkus itself has compiled
            Sources launchers = new Sources(Project.sources("launchers"));
            (kind == Kind.MICRONAUT ? launchers.processedBy(MICRONAUT_PROCESSORS) : launchers)
                    .compile(kind.release, kind.sources(), text -> text, jars, classes);
        }
        List<Path> classPath = new ArrayList<>(List.of(classes));
        classPath.addAll(jars);
        JavaCommand command = new JavaCommand(on.jdk, files)
                .option("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m")
                .option(options)
                .property("helidon.serialFilter.pattern", "java.**;javax.management.**") // it lets no JMX client in
                .property("io.netty.leakDetection.level", "paranoid")
                .property("quarkus.http.host", "127.0.0.1")
                .property("quarkus.http.port", "0")
                .classPath(classPath)
                .main(kind.launcher);
        if (withAgent) {
            command.agent(options(state, policy));
        }
        JavaProcess process = command.start();
        try {
            return new CoreServer(process, kind.release < 21, state, policy);
        } catch (Throwable e) {
            process.close();
            throw e;
        }
    }

    private static String options(StateFile state, StateFile policy) {
        return "file=" + state.path() + ",policy=" + policy.path();
    }

    /** The agent's options. */
    String options() {
        return options(state, policy);
    }

    JavaProcess process() {
        return process;
    }

    Http http() {
        return http;
    }

    Response get(String target) {
        return http.get(target);
    }

    Response send(Request request) {
        return http.send(request);
    }

    Management management() {
        return Management.of(process);
    }

    StateFile stateFile() {
        return state;
    }

    /** What JVMs have told of themselves beside the state file. */
    List<String> reports() {
        List<String> reports = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of(state.path() + ".instances"), "*.json")) {
            for (Path file : files) {
                reports.add(Files.readString(file));
            }
        } catch (IOException notYet) {
            return List.of();
        }
        return reports;
    }

    StateFile policyFile() {
        return policy;
    }

    /** A policy that forces maintenance on for a path, in which single quotation marks count as double ones. */
    void policy(String rules, String closed) {
        policy.write(rules.replace('\'', '"'));
        Await.until(LIMIT, () -> "served" + process, () -> get(closed).status() == 503);
    }

    /** Maintenance, once it is enforced. */
    void on() {
        state.write("on");
        Await.until(LIMIT, () -> "served" + process, () -> get("/hello").status() == 503);
    }

    /** Writes a state, which may take a moment. */
    void state(String text) {
        state.write(text);
    }

    void off() {
        state.write("off");
        Await.until(LIMIT, () -> "refused" + process, () -> get("/hello").status() == 200);
    }

    /** Sends a request that waits at a gate, and does not read the answer. */
    Client enter(String path) {
        Gate gate = new Gate();
        Client client = new Client(http, gate, path);
        gate.awaitEntered();
        return client;
    }

    List<String> agentLines() {
        return process.stderr().lines(line -> line.startsWith("maintenance-agent"));
    }

    @Override
    public void close() {
        process.close();
    }
}
