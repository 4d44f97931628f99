package io.maintenanceagent.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.api.RequestView;
import io.maintenanceagent.hook.MaintenanceHook;
import io.maintenanceagent.inflight.InFlightRequest;
import io.maintenanceagent.inflight.InFlightRequests;
import io.maintenanceagent.inflight.OpenSockets;
import io.maintenanceagent.inflight.SocketSnapshot;
import io.maintenanceagent.intercept.Enforcement;
import io.maintenanceagent.policy.Policy;
import io.maintenanceagent.policy.PolicyParser;
import io.maintenanceagent.report.ErrorReporter;
import io.maintenanceagent.response.Responses;
import io.maintenanceagent.state.EffectiveState;
import io.maintenanceagent.state.Scope;
import io.maintenanceagent.state.State;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.tomcat.websocket.server.WsHttpUpgradeHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SocketCloserTest {

    private static final String CLOSED = "CloseReason[code=SERVICE_RESTART, phrase=in maintenance]";
    private static final String AT_ONCE = "{'sockets': 'close', 'rules': [{'path': '/free', 'maintenance': 'off'}]}";

    private final ErrorReporter errors = new ErrorReporter(new PrintStream(new ByteArrayOutputStream()));
    private final Enforcement enforcement = new Enforcement(new AtomicBoolean(), errors);
    private final InFlightRequests requests = new InFlightRequests();
    private final OpenSockets sockets = new OpenSockets();
    private final OpeningSockets opening = new OpeningSockets(requests, sockets, errors);
    private final SocketCloser closer = new SocketCloser(enforcement, requests, sockets, errors);
    private int faults;
    private final List<WsHttpUpgradeHandler> handlers = new ArrayList<>(); // servers hold them

    private record Handshake(String path) implements RequestView {
        @Override
        public String method() {
            return "GET";
        }

        @Override
        public String contextPath() {
            return "";
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

    @AfterEach
    void stop() {
        closer.stop();
        assertEquals(faults, errors.count(), errors::last);
    }

    private WsHttpUpgradeHandler handshake(String path, boolean exempt) {
        InFlightRequest request = requests.begin(new Handshake(path));
        request.letIn(exempt);
        WsHttpUpgradeHandler handler = new WsHttpUpgradeHandler();
        handlers.add(handler);
        opening.accept(handler, request.ticket());
        requests.leave(request);
        return handler;
    }

    private WsHttpUpgradeHandler.Session open(String path) {
        return handshake(path, false).open();
    }

    private void policy(String text) throws Exception {
        Policy policy = PolicyParser.parse(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8), null);
        enforcement.enforce(
                policy,
                List.of(),
                Responses.parse(policy.response(), policy.ruleResponses(), name -> name, List.of(), errors));
    }

    private void state(State state) {
        enforcement.enforce(EffectiveState.of(null, state, null));
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "still waiting");
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    private String counts() {
        SocketSnapshot snapshot = closer.get();
        return snapshot == null
                ? "none"
                : snapshot.open() + " " + snapshot.blocking() + " " + snapshot.closed() + " " + snapshot.oldestPath();
    }

    @Test
    void close_afterTheGrace_allThatWouldBeRefused() throws Exception {
        WsHttpUpgradeHandler.Session shop = open("/shop");
        WsHttpUpgradeHandler.Session free = open("/free");
        WsHttpUpgradeHandler.Session exempt = handshake("/exempt", true).open();
        policy(AT_ONCE);
        state(State.OFF);
        assertEquals("none", counts());
        state(State.ON);
        assertEquals("3 1 0 /shop", counts());
        closer.look();
        await(() -> CLOSED.equals(shop.reason()));
        await(() -> counts().equals("3 1 1 /shop")); // until the client has answered
        assertEquals(500L, shop.getUserProperties().get("org.apache.tomcat.websocket.BLOCKING_SEND_TIMEOUT"));
        handlers.get(0).destroy();
        assertEquals("2 0 1 null", counts());
        assertNull(free.reason());
        assertNull(exempt.reason());
    }

    @Test
    void keep_byDefault_countsAndClosesNobody() {
        WsHttpUpgradeHandler.Session shop = open("/shop");
        state(State.ON);
        closer.look();
        assertEquals("none", counts());
        assertNull(shop.reason());
    }

    @Test
    void grace_notOver_countsAndClosesNobody() throws Exception {
        policy("{'sockets': 'close', 'grace': 'PT1H'}");
        WsHttpUpgradeHandler.Session shop = open("/shop");
        state(State.ON);
        closer.look();
        assertEquals("1 1 0 /shop", counts());
        assertNull(shop.reason());
    }

    @Test
    void off_inTheGrace_closesNobodyUntilItIsOnAgain() throws Exception {
        policy("{'sockets': 'close', 'grace': 'PT0.05S'}");
        WsHttpUpgradeHandler.Session shop = open("/shop");
        state(State.ON);
        closer.look();
        state(State.OFF);
        Thread.sleep(200); // behind what was planned
        assertNull(shop.reason());
        state(State.ON);
        closer.look();
        await(() -> shop.reason() != null);
    }

    @Test
    void readOnly_closesNobody() throws Exception {
        policy(AT_ONCE);
        open("/shop");
        state(new State.Builder(true)
                .scope(new Scope(true, List.of(), List.of(), List.of()))
                .build());
        closer.look();
        assertEquals("1 0 0 null", counts());
    }

    @Test
    void handshake_notOver_isToldLater() throws Exception {
        policy(AT_ONCE);
        WsHttpUpgradeHandler handler = handshake("/shop", false);
        state(State.ON);
        closer.look();
        assertEquals("0 0 0 null", counts());
        WsHttpUpgradeHandler.Session session = handler.open();
        closer.look();
        await(() -> {
            closer.look();
            return session.reason() != null;
        });
    }

    @Test
    void socket_withoutHandshake_isAClients() {
        WsHttpUpgradeHandler handler = new WsHttpUpgradeHandler();
        opening.accept(handler, MaintenanceHook.NOTHING);
        assertTrue(sockets.all().isEmpty());
        opening.accept("anything", 1);
        assertTrue(sockets.all().isEmpty());
    }

    @Test
    void socket_collected_isForgotten() {
        open("/shop");
        handlers.clear();
        await(() -> {
            System.gc();
            return sockets.all().isEmpty();
        });
    }

    @Test
    void close_fails_isSaidOnce_othersAreClosed() throws Exception {
        policy(AT_ONCE);
        open("/broken").failWith(new IllegalStateException("broken"));
        WsHttpUpgradeHandler.Session shop = open("/shop");
        state(State.ON);
        closer.look();
        await(() -> shop.reason() != null && errors.count() > 0);
        assertTrue(errors.last().contains("a WebSocket could not be closed (java.lang.IllegalStateException: broken)"));
        faults = 1;
    }
}
