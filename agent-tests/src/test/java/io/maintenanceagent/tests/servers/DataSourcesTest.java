package io.maintenanceagent.tests.servers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.tests.harness.Await;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Writes by the default data sources of application servers, with their own pools and transactions. */
@ParameterizedClass(name = "{0}", allowZeroInvocations = true)
@MethodSource("io.maintenanceagent.tests.servers.BeansServer#withDataSource")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class DataSourcesTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static RunningServer server;

    @BeforeParameterizedClassInvocation
    static void start(BeansServer kind) {
        server = kind.startDataSource();
        server.policy().write("{}");
        server.state().write("off");
        tell("create");
    }

    @AfterParameterizedClassInvocation
    static void close() {
        server.close();
    }

    @AfterAll
    static void nothing() {
        server = null;
    }

    DataSourcesTest(BeansServer kind) {
        // what the class is run for again and again; the server is there for all tests
    }

    private static String ask(String command) {
        return server.http().get("/shop/do/" + command).text().trim();
    }

    private static String tell(String command) {
        String answer = ask(command);
        assertTrue(answer.startsWith("ok "), command + ": " + answer);
        return answer;
    }

    private static void awaitReport(String part) {
        Await.until(
                LIMIT,
                () -> "no " + part + " in " + server.report(),
                () -> server.report().contains(part));
    }

    @Test
    @Order(1)
    void watch_namesWhoWrites() {
        tell("write");
        server.state().write("on");
        awaitReport("\"maintenance\":true");
        tell("write");
        tell("write");
        tell("plain");
        awaitReport("\"caller\":\"orders.OrdersServlet.insert\"");
        awaitReport("\"caller\":\"orders.OrdersServlet.done\"");
        assertTrue(
                server.report().matches("(?s).*OrdersServlet.insert\",\"thread\":\"[^\"]*\",\"count\":2,.*"),
                server::report);
        awaitReport("\"drained\":true");
        server.state().write("off");
        awaitReport("\"maintenance\":false");
    }

    @Test
    @Order(2)
    void refuse_stopsWrites_butNotATransactionThatBeganBefore() throws Exception {
        server.policy().replace("{\"work\": {\"jdbc\": \"refuse\"}}");
        String before = tell("count");
        CompletableFuture<String> begun = CompletableFuture.supplyAsync(() -> ask("long"));
        Await.until(LIMIT, begun::toString, () -> ask("begun").equals("ok true"));
        server.state().write("on");
        awaitReport("\"maintenance\":true");
        awaitReport("\"jdbc\":{\"inFlight\":1,\"blocking\":1");
        Await.until(LIMIT, () -> "not refused", () -> ask("write").contains("SQLTransientException: in maintenance, "));
        assertTrue(ask("plain").contains("SQLTransientException: in maintenance, "));
        assertTrue(ask("transaction").contains("SQLTransientException: in maintenance, "));
        tell("end");
        assertEquals("ok 2", begun.get());
        awaitReport("\"drained\":true");
        assertEquals(number(before) + 2, number(tell("count")));
        server.state().write("off");
        awaitReport("\"maintenance\":false");
        tell("write");
        tell("transaction");
        assertEquals(number(before) + 5, number(tell("count")));
    }

    private static int number(String answer) {
        return Integer.parseInt(answer.replace("ok ", ""));
    }
}
