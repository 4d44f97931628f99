package io.maintenanceagent.store.consul;

import io.maintenanceagent.store.remote.EngineProcess;
import java.io.File;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A Consul of one server. */
final class TestConsul implements AutoCloseable {

    final int port = EngineProcess.freePort();
    final EngineProcess process;
    private final Path data;

    TestConsul(Path directory, String configuration) throws Exception {
        data = directory.resolve("data");
        Path file = Files.writeString(directory.resolve("more.json"), configuration);
        process = new EngineProcess(
                directory,
                List.of(
                        EngineProcess.program("consul/usr/bin/consul"),
                        "agent",
                        "-server",
                        "-bootstrap-expect=1",
                        "-data-dir=" + data,
                        "-bind=127.0.0.1",
                        "-client=127.0.0.1",
                        "-node=test",
                        "-http-port=" + port,
                        "-server-port=" + EngineProcess.freePort(),
                        "-serf-lan-port=" + EngineProcess.freePort(),
                        "-serf-wan-port=" + EngineProcess.freePort(),
                        "-grpc-port=-1",
                        "-dns-port=-1",
                        "-hcl=performance { raft_multiplier = 1 }",
                        "-config-file=" + file));
        process.start();
        awaitAnswer();
    }

    void restartEmpty() throws Exception {
        process.kill();
        try (Stream<Path> files = Files.walk(data)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        }
        process.start();
        awaitAnswer();
    }

    /** Until there is a leader. */
    void awaitAnswer() throws Exception {
        for (int i = 0; i < 1200; i++) {
            int status = ask("GET", "/v1/kv/x?consistent", null, null);
            if (status == 404 || status == 403) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        throw new AssertionError("Consul does not answer");
    }

    /** The status of the response, or 0. */
    int ask(String method, String path, String token, String body) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) new URL("http://127.0.0.1:" + port + path).openConnection();
            connection.setConnectTimeout(1_000);
            connection.setReadTimeout(5_000);
            connection.setRequestMethod(method);
            if (token != null) {
                connection.setRequestProperty("X-Consul-Token", token);
            }
            if (body != null) {
                connection.setDoOutput(true);
                connection.getOutputStream().write(body.getBytes());
            }
            return connection.getResponseCode();
        } catch (IOException e) {
            return 0;
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.close();
    }
}
