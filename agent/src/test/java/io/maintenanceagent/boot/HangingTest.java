package io.maintenanceagent.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.maintenanceagent.api.RequestView;
import io.maintenanceagent.config.Settings;
import io.maintenanceagent.entrypoint.EntryPoints;
import io.maintenanceagent.extension.Extensions;
import io.maintenanceagent.inflight.InFlightRequest;
import io.maintenanceagent.inflight.InFlightRequests;
import io.maintenanceagent.inflight.OpenSockets;
import io.maintenanceagent.inflight.PreAttachRequests;
import io.maintenanceagent.inflight.RequestCounts;
import io.maintenanceagent.instance.AgentProperties;
import io.maintenanceagent.instance.StatusCollector;
import io.maintenanceagent.instance.WorkStatus;
import io.maintenanceagent.intercept.Enforcement;
import io.maintenanceagent.policy.TemporaryOverride;
import io.maintenanceagent.report.ErrorReporter;
import io.maintenanceagent.socket.SocketCloser;
import io.maintenanceagent.weave.UncoveredServers;
import io.maintenanceagent.weave.WeavingTransformer;
import io.maintenanceagent.weave.WovenClasses;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.servlet.http.HttpServlet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever hangs, a flip is enforced; and whatever hangs, the agent can be taken out. All in this JVM. */
class HangingTest {

    /** Far beyond what a flip takes, and far below any hang. */
    private static final long FLIP_MILLIS = 5_000;

    @TempDir
    Path directory;

    private final Set<String> hangs = ConcurrentHashMap.newKeySet();
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final ErrorReporter errors = new ErrorReporter(new PrintStream(said, true));
    private final WovenClasses woven = new WovenClasses();
    private final UncoveredServers servers = new UncoveredServers();
    private final InFlightRequests requests = new InFlightRequests();
    private final RequestCounts counts = new RequestCounts(requests);
    private final Enforcement enforcement = new Enforcement(new AtomicBoolean(), errors);
    private final MBeanServer mbeans = ManagementFactory.getPlatformMBeanServer();
    private Path audit;
    private Activation activation;

    @BeforeEach
    void prepare() throws IOException {
        System.getProperties().put(HangingExtension.HANGS, hangs);
        System.setProperty(HangingExtension.STATE, "off");
        audit = directory.resolve("audit.log");
        String name = HttpServlet.class.getName().replace('.', '/');
        try (InputStream in = HttpServlet.class.getResourceAsStream("/" + name + ".class")) {
            new WeavingTransformer(EntryPoints.REQUESTS, woven, servers, new AtomicBoolean(), errors)
                    .transform(HttpServlet.class.getClassLoader(), name, null, null, in.readAllBytes());
        }
        counts.exempt(); // the server has answered
    }

    @AfterEach
    void release() {
        hangs.clear();
        if (activation != null) {
            activation.stop(5_000);
        }
        System.getProperties().remove(HangingExtension.HANGS);
        System.clearProperty(HangingExtension.STATE);
        System.clearProperty(AgentProperties.STATUS);
    }

    private void start() throws IOException {
        Settings settings = Settings.read(
                "store=slow:x,extensions=" + HangingExtension.in(directory) + ",audit=" + audit,
                name -> null,
                Map.of(),
                errors);
        CoverageCheck coverage = new CoverageCheck(woven, servers, counts, errors);
        enforcement.close(true, true);
        activation = new Activation(
                settings,
                enforcement,
                new StatusCollector(
                        enforcement,
                        requests,
                        new PreAttachRequests(frame -> false),
                        counts,
                        coverage,
                        () -> WorkStatus.NONE,
                        () -> null),
                coverage,
                new SocketCloser(enforcement, requests, new OpenSockets(), errors),
                woven,
                new AgentProperties(false),
                errors);
        activation.start();
    }

    private void flip(boolean on) {
        System.setProperty(HangingExtension.STATE, on ? "on" : "off");
        await((on ? "on" : "off") + " is not enforced", () -> isOn() == on);
    }

    private boolean isOn() {
        return enforcement.isOn(System.currentTimeMillis());
    }

    private void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(FLIP_MILLIS);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - end < 0, () -> what + "; " + said);
            java.util.concurrent.locks.LockSupport.parkNanos(2_000_000);
        }
    }

    private static boolean isThere(String thread, String method) {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(each -> each.getKey().getName().equals(thread))
                .anyMatch(each -> List.of(each.getValue()).stream()
                        .anyMatch(frame -> frame.getMethodName().equals(method)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"report", "wantsReports"})
    void flip_reportHangs_isEnforced(String where) throws IOException {
        start();
        flip(true);
        hangs.add(where);
        flip(false);
        await("nothing hangs", () -> isThere("maintenance-agent-reporter", "hang"));
        flip(true);
        flip(false);
        assertTrue(isThere("maintenance-agent-reporter", "hang"));
        List<String> hanging = activation.stop(300);
        assertEquals(List.of("reports"), hanging);
    }

    /** A request is in flight that only the extension could exempt. */
    @Test
    void flip_exemptionHangs_isEnforcedAndNobodyAsksAboutRequestsInFlight() throws IOException {
        InFlightRequest request = requests.begin(new View());
        request.letIn(false);
        hangs.add("exempts");
        start();
        flip(true);
        flip(false);
        flip(true);
        await(
                "not shown",
                () -> String.valueOf(System.getProperty(AgentProperties.STATUS)).contains("\"on\""));
        assertFalse(isThere("maintenance-agent-reporter", "hang"));
        assertFalse(isThere("maintenance-agent", "hang"));
        requests.leave(request);
    }

    /** A pipe that is full, and that nobody reads for a while. */
    @Test
    void flip_auditHangs_isEnforcedAndNoLineIsLost() throws Exception {
        Path pipe = directory.resolve("pipe");
        assumeTrue(isMade(pipe), "no mkfifo here");
        try (RandomAccessFile reader = new RandomAccessFile(pipe.toFile(), "rw")) {
            byte[] full = new byte[65_536];
            reader.write(full); // pipe(7)
            audit = descriptor(pipe);
            start();
            for (int i = 0; i < 5; i++) {
                flip(true);
                flip(false);
            }
            await("it does not hang", () -> isThere("maintenance-agent-audit", "append"));
            reader.readFully(full);
            List<String> words = new ArrayList<>();
            while (words.size() < 10) {
                words.add(reader.readLine().replaceAll(".*\"to\":\"(\\w+)\".*", "$1"));
            }
            assertEquals(List.of("on", "off", "on", "off", "on", "off", "on", "off", "on", "off"), words);
        }
    }

    private static boolean isMade(Path pipe) throws InterruptedException {
        try {
            return Files.isDirectory(Path.of("/dev/fd"))
                    && new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0;
        } catch (IOException missing) {
            return false;
        }
    }

    /** The name of an open file that is written as a device. */
    private static Path descriptor(Path open) throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            for (Path each : all.toList()) {
                try {
                    if (Files.readSymbolicLink(each).equals(open.toRealPath())) {
                        return Path.of("/dev/fd", each.getFileName().toString());
                    }
                } catch (NoSuchFileException closed) {
                    // the list's own
                }
            }
        }
        throw new AssertionError(open + " is not open");
    }

    @Test
    void flip_jmxListenerHangs_isEnforcedAndTheBeanGoesWithTheAgent() throws Exception {
        ObjectName name = new ObjectName("io.maintenanceagent:type=Maintenance");
        start();
        await("no bean", () -> mbeans.isRegistered(name));
        mbeans.addNotificationListener(
                name,
                (notification, handback) -> {
                    while (hangs.contains("listener")) {
                        java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
                    }
                },
                null,
                null);
        hangs.add("listener");
        flip(true);
        await("nothing hangs", () -> isThere("maintenance-agent-jmx", "tellChanges"));
        flip(false);
        flip(true);
        assertEquals(List.of("JMX"), activation.stop(300));
        assertFalse(mbeans.isRegistered(name));
    }

    @Test
    void firstState_extensionIsNeverMade_isEnforcedAllTheSame() throws IOException {
        hangs.add("constructor");
        System.setProperty(HangingExtension.STATE, "on");
        Settings settings = Settings.read(
                "extensions=" + HangingExtension.in(directory) + ",enable=true", name -> null, Map.of(), errors);
        PolicyWatch policy =
                new PolicyWatch(settings, new Extensions(settings.extensions(), errors), Map.of(), enforcement, errors);
        Thread thread = new Thread(policy);
        thread.setDaemon(true);
        thread.start();
        policy.awaitFirst(50);
        policy.awaitFirst(60_000); // not a second time
        errors.flush();
        assertTrue(said.toString().contains("neither policy nor extensions are there within 50 ms"), said::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"open", "read"})
    void firstState_storeNeverAnswers_isWhatHoldsWithoutIt(String where) throws IOException {
        hangs.add(where);
        start();
        await("no state", () -> enforcement.enforced() != null);
        assertFalse(isOn());
        await("it is silent", () -> {
            errors.flush();
            return said.toString().contains(" has not answered yet; the environment variable MAINTENANCE_MODE decides");
        });
        System.setProperty(HangingExtension.STATE, "on");
        hangs.clear();
        await("the store's late answer does not count", this::isOn);
    }

    @Test
    void stop_everythingHangs_namesAllOfIt() throws IOException {
        start();
        flip(true);
        hangs.addAll(Set.of("read", "report"));
        await("nothing hangs", () -> isThere("maintenance-agent", "hang"));
        TemporaryOverride.Handle changed = enforcement.override().on("something to report");
        await("nothing hangs", () -> isThere("maintenance-agent-reporter", "hang"));
        List<String> hanging = activation.stop(300);
        assertEquals(List.of("reports", "the store"), hanging);
        changed.close();
        enforcement.open();
        System.setProperty(HangingExtension.STATE, "off");
        hangs.clear();
        await("it goes on", () -> !isThere("maintenance-agent", "run"));
        assertEquals(null, enforcement.enforced(), "what comes back late has no effect");
    }

    @Test
    void stop_readingHangs_isEndedByCloseAfterTheReportIsWithdrawn() throws IOException {
        System.clearProperty("io.maintenanceagent.test.done");
        System.clearProperty(HangingExtension.REPORTED);
        start();
        flip(true);
        await("reported", () -> Boolean.getBoolean(HangingExtension.REPORTED));
        hangs.add("read until closed");
        await("reading", () -> isThere("maintenance-agent", "hang"));
        assertEquals(List.of(), activation.stop(20_000));
        assertEquals("withdraw close ", System.getProperty("io.maintenanceagent.test.done"));
    }

    @Test
    void stop_closeHangs_isSaid() throws IOException {
        start();
        flip(true);
        hangs.add("close");
        assertEquals(List.of("the store"), activation.stop(300));
    }

    /** As applications do to all threads that they find. */
    @Test
    void flip_threadsAreInterruptedAllTheTime_isEnforced() throws Exception {
        start();
        AtomicBoolean goesOn = new AtomicBoolean(true);
        Thread interrupting = new Thread(() -> {
            while (goesOn.get()) {
                for (Thread thread : Thread.getAllStackTraces().keySet()) {
                    if (thread.getName().startsWith("maintenance-agent")) {
                        thread.interrupt();
                    }
                }
            }
        });
        interrupting.setDaemon(true);
        interrupting.start();
        try {
            for (int i = 0; i < 3; i++) {
                flip(true);
                flip(false);
            }
        } finally {
            goesOn.set(false);
            interrupting.join();
        }
    }

    private record View() implements RequestView {
        @Override
        public String method() {
            return "GET";
        }

        @Override
        public String path() {
            return "/shop/report";
        }

        @Override
        public String contextPath() {
            return "/shop";
        }

        @Override
        public String host() {
            return "example.com";
        }

        @Override
        public String header(String name) {
            return null;
        }
    }
}
