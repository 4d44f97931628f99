package io.maintenanceagent.store.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.store.remote.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The client against servers that send whatever the test wants. */
class HttpClientTest {

    private static final int MAX = 1000;
    private static final HttpRequest GET = HttpRequest.of("GET", "/x");

    private static HttpClient client(Endpoint... endpoints) {
        return new HttpClient(List.of(endpoints), null, MAX);
    }

    private static String text(HttpResponse response) {
        return response.status() + " " + new String(response.body(), StandardCharsets.UTF_8);
    }

    /** A port where nobody listens. */
    private static Endpoint nobody() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new Endpoint("127.0.0.1", socket.getLocalPort());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "HTTP/1.1 200 OK^Content-Length: 2^^on ~ 200 on",
                "HTTP/1.1 200^content-length:2^^on ~ 200 on",
                "HTTP/1.1 200 OK^Transfer-Encoding: chunked^^1^o^1;x=y^n^0^^ ~ 200 on",
                "HTTP/1.1 200 OK^Transfer-Encoding: chunked^^2^on^0^Trailer: x^^ ~ 200 on",
                "HTTP/1.1 100 Continue^^HTTP/1.1 103 Early^Link: x^^HTTP/1.1 200 OK^Content-Length: 2^^on ~ 200 on",
                "HTTP/1.1 304 Not Modified^Content-Length: 2^^ ~ '304 '",
                "HTTP/1.1 204 No^^ ~ '204 '",
                "HTTP/1.1 404 Not Found^Content-Length: 0^^ ~ '404 '",
            })
    void send_wellFormed_isRead(String sent, String read) throws IOException {
        try (FakeServer server = FakeServer.sending(sent.replace("^", "\r\n"));
                HttpClient client = client(server.endpoint())) {
            assertEquals(read, text(client.send(GET)));
            assertEquals(read, text(client.send(GET)));
            assertEquals(1, server.connections, "the connection is kept");
            assertEquals(
                    "GET /x HTTP/1.1\nHost: " + server.endpoint() + "\nUser-Agent: maintenance-agent\n",
                    server.heads.get(0));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "SSH-2.0-OpenSSH^ ~ does not answer as a server of HTTP does (no HTTP/1.1)",
                "HTTP/2 200^^ ~ does not answer as a server of HTTP does (no HTTP/1.1)",
                "HTTP/1.1 200 OK^Content-Length: x^^ ~ does not answer as a server of HTTP does (a length that is "
                        + "no number)",
                "HTTP/1.1 200 OK^Content-Length: -1^^ ~ does not answer as a server of HTTP does (a length that "
                        + "is no number)",
                "HTTP/1.1 200 OK^Transfer-Encoding: gzip^^ ~ does not answer as a server of HTTP does (a transfer "
                        + "encoding that is not asked for)",
                "HTTP/1.1 200 OK^Content-Length: 5^^on ~ cannot be reached (the connection was closed)",
                "HTTP/1.1 200 OK^Transfer-Encoding: chunked^^5^on ~ cannot be reached (the connection was closed)",
                "'' ~ cannot be reached (the connection was closed)",
                "HTTP/1.1 503 No^Content-Length: 9^^try later ~ answers 503 (try later)",
                "HTTP/1.1 500 No^Content-Type: text/html^Content-Length: 6^^<html> ~ answers 500",
                "HTTP/1.1 429 No^Content-Length: 0^^ ~ answers 429",
                "HTTP/1.1 200 OK^Content-Length: 5000^^@ ~ answers with more than 1000 bytes",
            })
    void send_malformedOrAway_failsWithAClause(String sent, String clause) throws IOException {
        try (FakeServer server = new FakeServer((head, out) -> {
                    out.write(sent.replace("^", "\r\n")
                            .replace("@", "x".repeat(5000))
                            .getBytes());
                    return false;
                });
                HttpClient client = client(server.endpoint())) {
            assertEquals(
                    clause,
                    assertThrows(HttpFailure.class, () -> client.send(GET)).getMessage());
            assertEquals(
                    clause,
                    assertThrows(HttpFailure.class, () -> client.send(GET)).getMessage());
            assertTrue(server.connections <= 1, "it waits before it asks again");
        }
    }

    @Test
    void send_endlessHead_fails() throws IOException {
        try (FakeServer server = new FakeServer((head, out) -> {
                    out.write("HTTP/1.1 200 OK\r\n".getBytes());
                    for (int i = 0; i < 100_000; i++) {
                        out.write("X: y\r\n".getBytes());
                    }
                    return false;
                });
                HttpClient client = client(server.endpoint())) {
            String message =
                    assertThrows(HttpFailure.class, () -> client.send(GET)).getMessage();
            assertTrue(message.contains("a head or a line that is too long"), message);
        }
    }

    @Test
    void send_serverDrips_failsInTime() throws IOException {
        CountDownLatch done = new CountDownLatch(1);
        try (FakeServer server = new FakeServer((head, out) -> {
                    out.write("HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n".getBytes());
                    while (!done.await(100, TimeUnit.MILLISECONDS)) {
                        out.write('x');
                        out.flush();
                    }
                    return false;
                });
                HttpClient client = client(server.endpoint())) {
            HttpFailure failure = assertTimeoutPreemptively(
                    Duration.ofSeconds(20), () -> assertThrows(HttpFailure.class, () -> client.send(GET)));
            assertEquals("cannot be reached (no answer in time)", failure.getMessage());
            done.countDown();
        }
    }

    @Test
    void send_keptConnectionHasEnded_isSentAgain() throws IOException {
        try (FakeServer server = FakeServer.sending("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\non");
                HttpClient client = client(server.endpoint())) {
            client.send(GET);
            server.drop();
            assertEquals("200 on", text(client.send(GET)));
            server.drop();
            assertEquals("200 on", text(client.sendOnce(GET)));
            assertEquals(3, server.connections);
        }
    }

    @Test
    void send_firstServerIsAway_nextOneAnswersAndStays() throws IOException {
        try (FakeServer sick = FakeServer.sending("HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n");
                FakeServer well = FakeServer.sending("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\non");
                HttpClient client = client(nobody(), sick.endpoint(), well.endpoint())) {
            assertEquals("200 on", text(client.send(GET)));
            assertEquals("200 on", text(client.send(GET)));
            assertEquals(1, sick.heads.size());
        }
    }

    @Test
    void send_allAreAway_firstReasonIsSaidWithItsServer() throws IOException {
        Endpoint first = nobody();
        try (HttpClient client = client(first, nobody())) {
            String message =
                    assertThrows(HttpFailure.class, () -> client.send(GET)).getMessage();
            assertEquals("cannot be reached (" + first + ": Connection refused)", message);
            assertEquals(
                    message,
                    assertThrows(HttpFailure.class, () -> client.send(GET)).getMessage());
        }
    }

    @Test
    void sendOnce_serverEndsWithoutAResponse_isNotSentToAnother() throws IOException {
        try (FakeServer ends = new FakeServer((head, out) -> false);
                FakeServer well = FakeServer.sending("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\non");
                HttpClient client = client(nobody(), ends.endpoint(), well.endpoint())) {
            assertThrows(HttpFailure.class, () -> client.sendOnce(HttpRequest.of("PUT", "/x", new byte[] {'1'})));
            assertEquals(0, well.heads.size());
            assertEquals(1, ends.heads.size());
            assertTrue(ends.heads.get(0).endsWith("Content-Length: 1\n1"), ends.heads.get(0));
        }
    }

    @Test
    void close_endsWhatIsBeingRead() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        try (FakeServer server = new FakeServer((head, out) -> {
            asked.countDown();
            return done.await(60, TimeUnit.SECONDS);
        })) {
            HttpClient client = client(server.endpoint());
            AtomicReference<Throwable> failure = new AtomicReference<>();
            Thread reader = new Thread(
                    () -> failure.set(assertThrows(HttpFailure.class, () -> client.send(GET.waiting(60_000)))));
            reader.start();
            assertTrue(asked.await(20, TimeUnit.SECONDS));
            client.close();
            reader.join(20_000);
            assertTrue(failure.get() instanceof HttpFailure, "it has ended");
            assertThrows(HttpFailure.class, () -> client.send(GET));
            done.countDown();
        }
    }

    @Test
    void stream_linesComeOneByOne() throws Exception {
        AtomicInteger sent = new AtomicInteger();
        CountDownLatch more = new CountDownLatch(1);
        try (FakeServer server = new FakeServer((head, out) -> {
                    out.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\none\n\r\n".getBytes());
                    out.flush();
                    sent.incrementAndGet();
                    more.await(60, TimeUnit.SECONDS);
                    out.write("8\r\ntwo\ntre\n\r\n0\r\n\r\n".getBytes());
                    return true;
                });
                HttpClient client = client(server.endpoint());
                HttpStream stream = client.open(GET)) {
            assertEquals("one", stream.line(20_000));
            assertNull(stream.line(50), "none has come");
            more.countDown();
            assertEquals("two", stream.line(20_000));
            assertEquals("tre", stream.line(20_000));
            assertThrows(IOException.class, () -> stream.line(20_000));
        }
    }
}
