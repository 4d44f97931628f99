package io.maintenanceagent.tests.stores;

import java.util.List;

/** A Consul of one server. */
final class Consul extends Engine {

    private final int[] ports = {freePort(), freePort(), freePort()};

    private Consul() {
        super("consul");
    }

    static Consul running() {
        Consul consul = new Consul();
        consul.start();
        return consul;
    }

    @Override
    List<String> command() {
        return List.of(
                program("consul/usr/bin/consul"),
                "agent",
                "-server",
                "-bootstrap-expect=1",
                "-data-dir=" + directory.resolve("data"),
                "-bind=127.0.0.1",
                "-client=127.0.0.1",
                "-node=test",
                "-http-port=" + port,
                "-server-port=" + ports[0],
                "-serf-lan-port=" + ports[1],
                "-serf-wan-port=" + ports[2],
                "-grpc-port=-1",
                "-dns-port=-1",
                // All instances come from one address here.
                "-hcl=performance { raft_multiplier = 1 } limits { http_max_conns_per_client = 10000 }");
    }

    @Override
    boolean answers() {
        return ask("GET", "/v1/kv/x?consistent", "").startsWith("404 ");
    }

    @Override
    String uri(String key) {
        return "consul://127.0.0.1:" + port + "/" + key;
    }
}
