package io.maintenanceagent.tests.stores;

import io.maintenanceagent.tests.harness.Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A server of Consul, by default the only one. */
final class Consul extends Engine {

    private final String name;
    private final List<String> options = new ArrayList<>();
    private final int serverPort = freePort();
    private final int[] serfPorts = {freePort(), freePort()};
    private List<Consul> servers = List.of(this);
    private int tlsPort = -1;

    private Consul(String name) {
        super("consul");
        this.name = name;
    }

    /** One whose data is in memory. */
    static Consul inMemory() {
        Consul consul = new Consul("test");
        consul.keepInMemory();
        consul.start();
        return consul;
    }

    static Consul running() {
        Consul consul = new Consul("test");
        consul.start();
        return consul;
    }

    /** One with more configuration. */
    static Consul running(String configuration) {
        Consul consul = new Consul("test");
        consul.options.add("-hcl=" + configuration);
        consul.start();
        return consul;
    }

    /** A cluster of three servers. */
    static List<Consul> cluster() {
        List<Consul> servers =
                IntStream.range(0, 3).mapToObj(i -> new Consul("server-" + i)).toList();
        servers.forEach(server -> server.servers = servers);
        servers.forEach(Engine::launch);
        servers.forEach(Engine::awaitAnswer);
        return servers;
    }

    /** One that by TLS speaks only with clients that show a certificate that it trusts. */
    static Consul withTls(Certificate certificate) {
        Consul consul = new Consul("test");
        consul.tlsPort = freePort();
        consul.options.add("-hcl=ports { https = " + consul.tlsPort + " } verify_incoming_https = true"
                + " limits { https_handshake_timeout = \"60s\" }" // busy machines
                + " cert_file = \"" + certificate.pem() + "\" key_file = \"" + certificate.keyPem() + "\""
                + " ca_file = \"" + certificate.pem() + "\"");
        consul.start();
        return consul;
    }

    @Override
    List<String> command() {
        List<String> command = new ArrayList<>(List.of(
                program("consul/usr/bin/consul"),
                "agent",
                "-server",
                "-bootstrap-expect=" + servers.size(),
                "-data-dir=" + directory.resolve("data"),
                "-bind=127.0.0.1",
                "-client=127.0.0.1",
                "-node=" + name,
                "-http-port=" + port,
                "-server-port=" + serverPort,
                "-serf-lan-port=" + serfPorts[0],
                "-serf-wan-port=" + serfPorts[1],
                "-grpc-port=-1",
                "-dns-port=-1",
                // All instances come from one address here; and who was killed stays a member that votes.
                "-hcl=performance { raft_multiplier = 1 } limits { http_max_conns_per_client = 10000 }"
                        + " autopilot { cleanup_dead_servers = false }"));
        servers.stream()
                .filter(server -> server != this)
                .forEach(server -> command.add("-retry-join=127.0.0.1:" + server.serfPorts[0]));
        command.addAll(options);
        return command;
    }

    @Override
    boolean answers() {
        String read = ask("GET", "/v1/kv/x?consistent", "");
        return read.startsWith("404 ") || read.startsWith("403 ");
    }

    @Override
    boolean isLeader() {
        return ask("GET", "/v1/status/leader", "").contains(":" + serverPort + "\"");
    }

    @Override
    String uri(String key) {
        return tlsPort < 0 ? "consul://127.0.0.1:" + port + "/" + key : "consuls://127.0.0.1:" + tlsPort + "/" + key;
    }
}
