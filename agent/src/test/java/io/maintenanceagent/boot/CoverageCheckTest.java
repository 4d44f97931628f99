package io.maintenanceagent.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.maintenanceagent.entrypoint.EntryPoints;
import io.maintenanceagent.inflight.InFlightRequests;
import io.maintenanceagent.inflight.RequestCounts;
import io.maintenanceagent.jvm.ListeningPorts;
import io.maintenanceagent.report.ErrorReporter;
import io.maintenanceagent.weave.UncoveredServers;
import io.maintenanceagent.weave.WeavingTransformer;
import io.maintenanceagent.weave.WovenClasses;
import io.netty.handler.codec.http.HttpObjectDecoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.servlet.http.HttpServlet;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CoverageCheckTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ErrorReporter errors = new ErrorReporter(new PrintStream(out, true));
    private final WovenClasses woven = new WovenClasses();
    private final UncoveredServers servers = new UncoveredServers();
    private final RequestCounts counts = new RequestCounts(new InFlightRequests());
    private final WeavingTransformer transformer =
            new WeavingTransformer(EntryPoints.REQUESTS, woven, servers, new AtomicBoolean(), errors);
    private final CoverageCheck check = new CoverageCheck(woven, servers, counts, errors, false);

    @BeforeEach
    void nothingListens() {
        assumeTrue(ListeningPorts.find().isEmpty(), "something else in this JVM listens: " + ListeningPorts.find());
    }

    private String said() {
        errors.flush();
        return out.toString();
    }

    @Test
    void look_serverThatKeepsListening_saysOnceThatNothingIsWoven() throws IOException {
        try (ServerSocket socket = listen()) {
            assertEquals(Set.of(socket.getLocalPort()), ListeningPorts.find());
            assertNull(check.look(false));
            assertEquals("", said());
            assertNotNull(check.look(false));
            check.look(true);
            String said = said();
            assertTrue(said.contains("nothing is woven"), said);
            assertTrue(said.contains("[" + socket.getLocalPort() + "]"), said);
            assertEquals(1, said.lines().count(), said);
        }
    }

    @Test
    void look_programThatDoesNotListen_saysNothing() {
        for (int i = 0; i < 3; i++) {
            assertNull(check.look(true));
        }
        assertEquals("", said());
    }

    @Test
    void look_programThatListensForAMoment_saysNothing() throws IOException {
        for (int i = 0; i < 3; i++) {
            try (ServerSocket socket = listen()) {
                assertNull(check.look(true));
            }
            assertNull(check.look(true));
        }
        assertEquals("", said());
    }

    /** A class of an application may be woven that nobody uses: Spring's, on a server without servlets. */
    @Test
    void look_onlyAnApplicationsClassIsWoven_isNotKnownToRefuseUntilARequestCame() throws IOException {
        try (ServerSocket socket = listen()) {
            weave(HttpServlet.class);
            check.look(false);
            assertTrue(check.look(false).contains("no request has come through anything woven"), check.get());
            assertEquals("", said(), "nobody has to know while there is no maintenance");
            check.look(true);
            assertTrue(said().contains("no request has come through anything woven"), said());
            counts.exempt();
            assertNull(check.look(true));
        }
    }

    @Test
    void look_serverIsWovenItself_isKnownToRefuse() throws IOException {
        try (ServerSocket socket = listen()) {
            transformer.transform(
                    getClass().getClassLoader(),
                    "org/apache/catalina/core/StandardHostValve",
                    null,
                    null,
                    standardHostValve());
            assertTrue(woven.hasServer());
            assertNull(check.look(true));
            assertNull(check.look(true));
        }
    }

    @Test
    void look_knownServerThatIsNotWoven_saysSoInMaintenance() {
        transformer.transform(null, "org/apache/http/impl/bootstrap/HttpServer", null, null, new byte[0]);
        assertTrue(check.look(false).contains("Apache HttpCore"), check.get());
        assertEquals("", said());
        check.look(true);
        check.look(true);
        assertEquals(1, said().lines().count(), said());
        assertTrue(said().contains("Apache HttpCore"), said());
        counts.exempt();
        assertNotNull(check.look(true), "a servlet beside it does not cover it");
    }

    /** The classes through which its requests come are loaded at the first of them. */
    @Test
    void look_coveredServerBeforeItsFirstRequest_isKnownToRefuse() throws Exception {
        servers.seen(new Class<?>[] {int.class, String[].class, Class.forName("sun.net.httpserver.ServerImpl")});
        try (ServerSocket socket = listen()) {
            assertNull(check.look(true));
            assertNull(check.look(true));
        }
        assertEquals("", said());
    }

    @Test
    void look_serverOfAnotherAgent_saysNothingOfTheApplications() throws IOException {
        transformer.transform(null, "sun/net/httpserver/ServerImpl", null, null, new byte[0]);
        transformer.transform(null, "io/prometheus/jmx/JavaAgent", null, null, new byte[0]);
        try (ServerSocket socket = listen()) {
            check.look(true);
            assertNotNull(check.look(true));
        }
        counts.exempt();
        assertNull(check.look(true));
    }

    @Test
    void look_netty_isCovered_butHttp3WhereItServesNoWebFlux() {
        transformer.transform(null, "io/netty/handler/codec/http/HttpServerCodec", null, null, new byte[0]);
        assertNull(check.look(true));
        String http3 = "io/netty/incubator/codec/http3/Http3ServerConnectionHandler";
        transformer.transform(null, http3, null, null, new byte[0]);
        assertTrue(check.look(true).contains("HTTP/3 on Netty"), check.get());
        counts.exempt();
        String adapter = "org/springframework/http/server/reactive/ReactorHttpHandlerAdapter";
        transformer.transform(null, adapter, null, null, new byte[0]);
        assertNull(check.look(true));
    }

    /** Clients of HTTP have the same decoder, beside a server that nobody knows. */
    @Test
    void look_decoderOfClients_saysNothingOfServers() throws IOException {
        weave(HttpObjectDecoder.class);
        try (ServerSocket socket = listen()) {
            check.look(true);
            assertNotNull(check.look(true));
        }
    }

    /** Tomcat's class as far as it is woven, doing nothing. */
    private static byte[] standardHostValve() {
        String connector = "Lorg/apache/catalina/connector/";
        ClassWriter valve = new ClassWriter(0);
        valve.visit(
                Opcodes.V1_8,
                Opcodes.ACC_PUBLIC,
                "org/apache/catalina/core/StandardHostValve",
                null,
                "java/lang/Object",
                null);
        MethodVisitor invoke = valve.visitMethod(
                Opcodes.ACC_PUBLIC, "invoke", "(" + connector + "Request;" + connector + "Response;)V", null, null);
        invoke.visitCode();
        invoke.visitInsn(Opcodes.RETURN);
        invoke.visitMaxs(0, 3);
        invoke.visitEnd();
        valve.visitEnd();
        return valve.toByteArray();
    }

    private static ServerSocket listen() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    private void weave(Class<?> type) throws IOException {
        String name = type.getName().replace('.', '/');
        try (InputStream in = type.getResourceAsStream("/" + name + ".class")) {
            transformer.transform(type.getClassLoader(), name, null, null, in.readAllBytes());
        }
        assertEquals(1, woven.count());
    }
}
