package io.maintenanceagent.tests.response;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.maintenanceagent.tests.harness.Cell;
import io.maintenanceagent.tests.harness.Project;
import io.maintenanceagent.tests.harness.Server;
import io.maintenanceagent.tests.harness.ServerProcess;
import io.maintenanceagent.tests.harness.StateFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Requests whose body is not read: whatever a client sends, and however, it gets to read the answer, on a machine that
 * is too busy for that once in a few times. Expectations are curl's part: java.net.http waits for ever for a 100 when
 * another status comes (JDK-8286171).
 *
 * <p>HttpURLConnection looks for an answer only when it has written all, so it gets one only where the server takes all
 * (Undertow does, Tomcat up to 2 MB) or all of it fits into the connection's buffers.
 */
class UnreadBodyTest {

    private static final String BODY = "{\"detail\":\"Service temporarily unavailable due to maintenance\"}";
    private static final int LARGEST = 50_000_000;
    private static final int TRIES = 4;

    private interface Upload {
        /** Sends so many bytes and returns the status and the body of the answer. */
        String send(URI uri, int size, boolean chunked) throws Exception;
    }

    @ParameterizedTest
    @MethodSource("io.maintenanceagent.tests.harness.Cell#running")
    void unreadBody_javaNetHttp_readsTheResponse(Cell cell) {
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(10))
                .build();
        assertAnswers(cell, LARGEST, (uri, size, chunked) -> {
            HttpRequest.BodyPublisher body = chunked
                    ? HttpRequest.BodyPublishers.ofInputStream(() -> new Zeros(size))
                    : HttpRequest.BodyPublishers.ofByteArray(new byte[size]);
            return text(client.send(request(uri, body), HttpResponse.BodyHandlers.ofString()));
        });
    }

    @ParameterizedTest
    @MethodSource("io.maintenanceagent.tests.harness.Cell#running")
    void unreadBody_httpUrlConnection_readsTheResponse(Cell cell) {
        int largest = cell.server() == Server.UNDERTOW_2 ? LARGEST : 100_000;
        assertAnswers(cell, largest, (uri, size, chunked) -> {
            HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
            connection.setRequestProperty("Accept", "*/*");
            connection.setRequestProperty("Content-Type", "application/octet-stream");
            connection.setDoOutput(true);
            connection.setReadTimeout(20_000);
            if (chunked) {
                connection.setChunkedStreamingMode(8192);
            }
            try (OutputStream out = connection.getOutputStream()) {
                new Zeros(size).transferTo(out);
            }
            try (InputStream in =
                    connection.getResponseCode() < 400 ? connection.getInputStream() : connection.getErrorStream()) {
                return connection.getResponseCode() + " " + new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("io.maintenanceagent.tests.harness.Cell#running")
    void unreadBody_curl_readsTheResponse(Cell cell) {
        curl(cell, "-H", "Expect:");
    }

    @ParameterizedTest
    @MethodSource("io.maintenanceagent.tests.harness.Cell#running")
    void unreadBody_curlWithExpectContinue_readsTheResponse(Cell cell) {
        curl(cell, "-H", "Expect: 100-continue");
    }

    private static void curl(Cell cell, String... options) {
        boolean installed = List.of(System.getenv("PATH").split(":")).stream()
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "curl")));
        Assumptions.assumeTrue(installed, "curl is not installed");
        assertAnswers(cell, LARGEST, (uri, size, chunked) -> {
            Path file = Project.newDirectory("upload").resolve("body");
            Files.write(file, new byte[size]);
            List<String> command = new ArrayList<>(List.of("curl", "-sS", "-m", "30", "--http1.1"));
            command.addAll(List.of("--data-binary", "@" + file, "-w", " %{http_code}", uri.toString()));
            command.addAll(List.of(options));
            if (chunked) {
                command.addAll(List.of("-H", "Transfer-Encoding: chunked"));
            }
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(process.waitFor(5, TimeUnit.SECONDS));
            Files.delete(file);
            int code = output.lastIndexOf(' ');
            return output.substring(code + 1) + " " + output.substring(0, code);
        });
    }

    private static HttpRequest request(URI uri, HttpRequest.BodyPublisher body) {
        return HttpRequest.newBuilder(uri)
                .POST(body)
                .timeout(Duration.ofSeconds(20))
                .build();
    }

    private static String text(HttpResponse<String> response) {
        return response.statusCode() + " " + response.body();
    }

    private static void assertAnswers(Cell cell, int largest, Upload upload) {
        StateFile state = new StateFile(Project.newDirectory("state").resolve("maintenance.mode"));
        state.write("on");
        List<String> wrong = new ArrayList<>();
        try (ServerProcess server = ServerProcess.start(cell, command -> command.agent("file=" + state.path()))) {
            URI uri = URI.create("http://127.0.0.1:" + server.http().port() + "/shop/echo");
            for (int size = 10_000; size <= largest; size = size == 1_000_000 ? LARGEST : size * 10) {
                for (boolean chunked : new boolean[] {false, true}) {
                    List<String> answers = new ArrayList<>();
                    do {
                        try {
                            answers.add(upload.send(uri, size, chunked));
                        } catch (Exception e) {
                            answers.add(e.toString());
                        }
                    } while (answers.size() < TRIES && !answers.contains("503 " + BODY));
                    if (!answers.contains("503 " + BODY)) {
                        wrong.add(size + (chunked ? " chunked: " : ": ") + answers);
                    }
                }
            }
        }
        assertEquals(List.of(), wrong);
    }

    /** So many zeros, without keeping them. */
    private static final class Zeros extends InputStream {
        private int left;

        Zeros(int size) {
            left = size;
        }

        @Override
        public int read() {
            return left-- > 0 ? 0 : -1;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (left <= 0) {
                return -1;
            }
            int n = Math.min(left, length);
            java.util.Arrays.fill(bytes, offset, offset + n, (byte) 0);
            left -= n;
            return n;
        }
    }
}
