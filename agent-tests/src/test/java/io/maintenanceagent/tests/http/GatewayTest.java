package io.maintenanceagent.tests.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import io.maintenanceagent.tests.harness.Await;
import io.maintenanceagent.tests.harness.Management;
import io.maintenanceagent.tests.harness.Refusal;
import io.maintenanceagent.tests.harness.Request;
import io.maintenanceagent.tests.harness.Response;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Spring Cloud Gateway: what it routes is refused before its filters, and is in flight until it is sent on. */
final class GatewayTest {

    private final AtomicInteger reached = new AtomicInteger();
    private final CountDownLatch waiting = new CountDownLatch(1);
    private final CountDownLatch gate = new CountDownLatch(1);

    @Test
    void gateway_isRefusedAndDrained() throws Exception {
        assumeTrue(Boolean.getBoolean("frameworks"), "by the profile frameworks");
        HttpServer backend = backend();
        try (CoreServer server = CoreServer.gateway(backend.getAddress().getPort())) {
            assertEquals("From behind.\n", server.get("/a").text());
            try (Management management = server.management()) {
                CompletableFuture<Response> slow = CompletableFuture.supplyAsync(() -> server.get("/slow"));
                waiting.await(30, TimeUnit.SECONDS);
                server.policy(
                        "{'rules': [{'path': '/open/**', 'maintenance': 'off'}, "
                                + "{'path': '/closed', 'maintenance': 'on'}]}",
                        "/closed");
                server.on();
                int before = reached.get();
                for (Request request :
                        List.of(Request.get("/a"), Request.post("/a", "text/plain", new byte[100_000]))) {
                    Refusal.DEFAULT.assertAnswers(request, server.send(request));
                }
                assertEquals(before, reached.get(), "the backend was asked");
                assertEquals(200, server.get("/open/a").status());
                assertEquals(1, management.get("InFlightBlocking"));
                gate.countDown();
                assertEquals("From behind.\n", slow.join().text());
                Await.until(
                        CoreServer.LIMIT,
                        () -> "not drained",
                        () -> management.get("Drained").equals(true));
            }
            assertEquals(List.of(), server.agentLines());
        } finally {
            backend.stop(0);
        }
    }

    private HttpServer backend() throws Exception {
        HttpServer backend = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        backend.setExecutor(Executors.newCachedThreadPool());
        backend.createContext("/", exchange -> {
            reached.incrementAndGet();
            if (exchange.getRequestURI().getPath().equals("/slow")) {
                waiting.countDown();
                await();
            }
            byte[] body = "From behind.\n".getBytes();
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        backend.start();
        return backend;
    }

    private void await() {
        try {
            gate.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
