package io.maintenanceagent.instance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.api.RequestView;
import io.maintenanceagent.entrypoint.WorkKind;
import io.maintenanceagent.inflight.InFlightRequest;
import io.maintenanceagent.inflight.InFlightRequests;
import io.maintenanceagent.inflight.PreAttachRequests;
import io.maintenanceagent.inflight.RequestCounts;
import io.maintenanceagent.inflight.SocketSnapshot;
import io.maintenanceagent.intercept.Enforcement;
import io.maintenanceagent.report.ErrorReporter;
import io.maintenanceagent.state.EffectiveState;
import io.maintenanceagent.state.State;
import io.maintenanceagent.state.StateHash;
import io.maintenanceagent.store.file.FileStore;
import io.maintenanceagent.work.WorkGuard;
import io.maintenanceagent.work.WorkUnit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstanceReporterTest {

    @TempDir
    Path directory;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final ErrorReporter errors = new ErrorReporter(new PrintStream(said, true));

    private final Enforcement enforcement = new Enforcement(new AtomicBoolean(), errors);
    private final InFlightRequests running = new InFlightRequests();
    private final RequestCounts counts = new RequestCounts(running);
    private final StatusCollector statusCollector = new StatusCollector(
            enforcement,
            running,
            new PreAttachRequests(frame -> false),
            counts,
            () -> this.unenforced,
            () -> this.work,
            () -> this.sockets);

    private String unenforced;
    private WorkStatus work = WorkStatus.NONE;
    private SocketSnapshot sockets;

    private InstanceReporter reporter(String app) {
        return new InstanceReporter(store(), InstanceIdentity.self(app), errors);
    }

    private void tell(InstanceReporter reporter, State state) {
        enforcement.enforce(EffectiveState.of(null, state, null));
        reporter.tell(statusCollector.status(), counts, 7);
    }

    private FileStore store() {
        return new FileStore(directory.resolve("maintenance.mode").toFile());
    }

    @Test
    void tell_status_reportsIdentityAndState() throws IOException {
        Files.writeString(directory.resolve("maintenance.mode"), "off");
        InstanceReporter reporter = reporter("my shop/1");
        tell(reporter, State.OFF);
        Map<String, byte[]> instances = store().instances().reports();
        assertEquals(1, instances.size());
        String id = instances.keySet().iterator().next();
        assertTrue(id.matches("my_shop_1-[A-Za-z0-9._-]+"), id);
        String report = report(id);
        assertTrue(report.startsWith("{\"app\":\"my shop/1\",\"host\":\""), report);
        assertTrue(report.contains("\"pid\":" + ProcessHandle.current().pid() + ","), report);
        assertTrue(
                report.contains("\"state\":{\"enabled\":false},\"hash\":\"" + StateHash.of(State.OFF) + "\","), report);
        assertTrue(
                report.endsWith(
                        "\"maintenance\":false,\"override\":false,\"enforcing\":true,\"drained\":false,\"blocking\":0,"
                                + "\"inFlight\":{\"sync\":0,\"async\":0,\"preAttach\":0,\"exempt\":0},"
                                + "\"passed\":0,\"exempt\":0,\"refused\":0,\"admitted\":0,"
                                + "\"held\":{\"waiting\":0,\"total\":0},\"woven\":7}"),
                report);

        InFlightRequest request = running.begin(new FakeView("/shop/report"));
        request.letIn(false);
        tell(reporter, State.ON);
        report = report(id);
        assertTrue(
                report.contains(
                        "\"maintenance\":true,\"override\":false,\"enforcing\":true,\"drained\":false,\"blocking\":1,"),
                report);
        assertTrue(report.contains("\"oldest\":{\"method\":\"GET\",\"path\":\"/shop/report\",\"seconds\":0}"), report);
        running.leave(request);
        reporter.tell(statusCollector.status(), counts, 7);
        assertTrue(report(id).contains("\"drained\":true,\"blocking\":0,"), () -> report(id));
    }

    @Test
    void tell_unenforced_isReported() throws IOException {
        Files.writeString(directory.resolve("maintenance.mode"), "on");
        InstanceReporter reporter = reporter("shop");
        tell(reporter, State.ON);
        String id = store().instances().reports().keySet().iterator().next();
        assertTrue(report(id).contains("\"enforcing\":true,\"drained\":true,"), () -> report(id));
        unenforced = "another server answers";
        reporter.tell(statusCollector.status(), counts, 7);
        assertTrue(
                report(id).contains("\"enforcing\":false,\"unenforced\":\"another server answers\",\"drained\":false,"),
                () -> report(id));
    }

    @Test
    void tell_otherWork_isReportedByKindAndWaitedFor() throws IOException {
        Files.writeString(directory.resolve("maintenance.mode"), "on");
        WorkGuard guard = new WorkGuard(enforcement, errors);
        enforcement.enforce(EffectiveState.of(null, State.OFF, null));
        WorkUnit unit = guard.begin(WorkKind.SCHEDULES, "com.acme.Job", "com.acme.Job.run");
        InstanceReporter reporter = reporter("shop");
        enforcement.enforce(EffectiveState.of(null, State.ON, null));
        work = new WorkStatus(List.of(guard.snapshot(WorkKind.SCHEDULES)), List.of("HikariCP (jdbc)"));
        tell(reporter, State.ON);
        String id = store().instances().reports().keySet().iterator().next();
        assertTrue(
                report(id).contains("\"drained\":false,\"blocking\":0,")
                        && report(id)
                                .contains("\"work\":{\"schedules\":{\"inFlight\":1,\"blocking\":1,\"held\":0,"
                                        + "\"stopped\":0,\"oldest\":{\"name\":\"com.acme.Job.run\",\"seconds\":0}}},"
                                        + "\"unguarded\":[\"HikariCP (jdbc)\"]"),
                () -> report(id));
        unit.end();
        work = new WorkStatus(List.of(guard.snapshot(WorkKind.SCHEDULES)), List.of());
        reporter.tell(statusCollector.status(), counts, 7);
        assertTrue(report(id).contains("\"drained\":true,\"blocking\":0,"), () -> report(id));
    }

    private String report(String id) {
        try {
            return new String(store().instances().reports().get(id), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record FakeView(String path) implements RequestView {
        @Override
        public String method() {
            return "GET";
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

    @Test
    void tell_unwantedReports_writesNoFile() throws IOException {
        tell(reporter("shop"), State.OFF);
        try (var files = Files.list(directory)) {
            assertEquals(0, files.count());
        }
    }

    @Test
    void tell_failsTwice_printsALine() throws IOException {
        InstanceReporter reporter = failed();
        assertEquals("", said());
        tell(reporter, State.OFF);
        assertTrue(said().contains("this instance cannot be told in "), said::toString);
    }

    @Test
    void tell_unreachableStore_printsNoLine() throws IOException {
        InstanceReporter reporter = failed();
        reporter.unreachable();
        tell(reporter, State.ON);
        assertEquals("", said());
    }

    private InstanceReporter failed() throws IOException {
        Files.writeString(directory.resolve("maintenance.mode"), "off");
        Files.writeString(directory.resolve("maintenance.mode.instances"), "in the way");
        InstanceReporter reporter = reporter("shop");
        tell(reporter, State.OFF);
        return reporter;
    }

    private String said() {
        errors.flush();
        return said.toString();
    }
}
