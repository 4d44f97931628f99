package io.maintenanceagent.store.etcd;

import io.maintenanceagent.store.remote.EngineProcess;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** An etcd of one member. */
final class TestEtcd implements AutoCloseable {

    final int port = EngineProcess.freePort();
    final EngineProcess process;
    private final Path data;

    TestEtcd(Path directory, String... more) throws Exception {
        data = directory.resolve("data");
        String own = "http://127.0.0.1:" + port;
        String peer = "http://127.0.0.1:" + EngineProcess.freePort();
        Stream<String> command = Stream.of(
                EngineProcess.program("etcd/usr/bin/etcd"),
                "--data-dir=" + data,
                "--listen-client-urls=" + own,
                "--advertise-client-urls=" + own,
                "--listen-peer-urls=" + peer,
                "--initial-advertise-peer-urls=" + peer,
                "--initial-cluster=default=" + peer,
                "--log-level=error");
        process = new EngineProcess(
                directory, Stream.concat(command, Stream.of(more)).toList());
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

    void awaitAnswer() throws Exception {
        for (int i = 0; i < 600; i++) {
            if (ask("/v3/kv/range", "{\"key\":\"eA==\"}") == 200) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        throw new AssertionError("etcd does not answer");
    }

    /** The status of the response, or 0. */
    int ask(String path, String json) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) new URL("http://127.0.0.1:" + port + path).openConnection();
            connection.setConnectTimeout(1_000);
            connection.setReadTimeout(2_000);
            connection.setDoOutput(true);
            connection.getOutputStream().write(json.getBytes());
            return connection.getResponseCode();
        } catch (IOException e) {
            return 0;
        }
    }

    /** Writes as any client does; removes the key if there is no value. */
    void put(String key, String value) {
        String name = "{\"key\":" + EtcdClient.base64(key.getBytes());
        int status = value == null
                ? ask("/v3/kv/deleterange", name + "}")
                : ask("/v3/kv/put", name + ",\"value\":" + EtcdClient.base64(value.getBytes()) + "}");
        if (status != 200) {
            throw new AssertionError(status);
        }
    }

    /** How many readings it has been asked for. */
    long readings() throws IOException {
        String counted = "grpc_server_started_total{grpc_method=\"Range\",grpc_service=\"etcdserverpb.KV\"";
        try (InputStream metrics = new URL("http://127.0.0.1:" + port + "/metrics").openStream()) {
            String line = new String(metrics.readAllBytes())
                    .lines()
                    .filter(each -> each.startsWith(counted))
                    .findFirst()
                    .orElseThrow();
            return (long) Double.parseDouble(line.substring(line.lastIndexOf(' ')));
        }
    }

    /** Runs the command line that comes with it. */
    void ctl(String... arguments) throws Exception {
        Stream<String> command =
                Stream.of(EngineProcess.program("etcd/usr/bin/etcdctl"), "--endpoints=http://127.0.0.1:" + port);
        List<String> all = Stream.concat(command, Stream.of(arguments)).toList();
        ProcessBuilder builder = new ProcessBuilder(all).redirectErrorStream(true);
        builder.environment().put("ETCDCTL_API", "3");
        Process process = builder.start();
        process.getOutputStream().close(); // it may ask
        String output = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new AssertionError(all + ": " + output);
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.close();
    }
}
