package io.maintenanceagent.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.maintenanceagent.jvm.ListeningPorts;
import io.maintenanceagent.report.ErrorReporter;
import io.maintenanceagent.weave.WeavingTransformer;
import io.maintenanceagent.weave.WovenClasses;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.servlet.http.HttpServlet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NoServletDetectorTest {

    private static final long AT_EVERY_LOOK = 0;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ErrorReporter errors = new ErrorReporter(new PrintStream(out, true));
    private final WovenClasses woven = new WovenClasses();
    private final NoServletDetector nothingWoven = new NoServletDetector(woven, errors, AT_EVERY_LOOK);

    @BeforeEach
    void nothingListens() {
        assumeTrue(ListeningPorts.find().isEmpty(), "something else in this JVM listens: " + ListeningPorts.find());
    }

    private String said() {
        errors.flush();
        return out.toString();
    }

    @Test
    void isSaidOnceOfAServerThatKeepsListening() throws IOException {
        try (ServerSocket socket = listen()) {
            assertEquals(Set.of(socket.getLocalPort()), ListeningPorts.find());
            nothingWoven.look();
            assertEquals("", said());
            nothingWoven.look();
            nothingWoven.look();
            String said = said();
            assertTrue(said.contains("nothing is woven"), said);
            assertTrue(said.contains("[" + socket.getLocalPort() + "]"), said);
            assertEquals(1, said.lines().count(), said);
        }
    }

    @Test
    void isNotSaidOfAProgramThatDoesNotListen() {
        for (int i = 0; i < 3; i++) {
            nothingWoven.look();
        }
        assertEquals("", said());
    }

    @Test
    void isNotSaidOfAProgramThatListensForAMoment() throws IOException {
        for (int i = 0; i < 3; i++) {
            try (ServerSocket socket = listen()) {
                nothingWoven.look();
            }
            nothingWoven.look();
        }
        assertEquals("", said());
    }

    @Test
    void isNotSaidOnceSomethingIsWoven() throws IOException {
        try (ServerSocket socket = listen()) {
            nothingWoven.look();
            weave(HttpServlet.class);
            nothingWoven.look();
            assertEquals("", said());
        }
    }

    private static ServerSocket listen() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    private void weave(Class<?> type) throws IOException {
        String name = type.getName().replace('.', '/');
        try (InputStream in = type.getResourceAsStream("/" + name + ".class")) {
            new WeavingTransformer(woven, new AtomicBoolean(), errors)
                    .transform(type.getClassLoader(), name, null, null, in.readAllBytes());
        }
        assertEquals(1, woven.count());
    }
}
