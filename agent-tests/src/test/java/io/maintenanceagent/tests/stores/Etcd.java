package io.maintenanceagent.tests.stores;

import java.util.Base64;
import java.util.List;

/** An etcd of one member. */
final class Etcd extends Engine {

    private final int peerPort = freePort();

    private Etcd() {
        super("etcd");
    }

    static Etcd running() {
        Etcd etcd = new Etcd();
        etcd.start();
        return etcd;
    }

    @Override
    List<String> command() {
        String peer = "http://127.0.0.1:" + peerPort;
        return List.of(
                program("etcd/usr/bin/etcd"),
                "--data-dir=" + directory.resolve("data"),
                "--listen-client-urls=" + url(""),
                "--advertise-client-urls=" + url(""),
                "--listen-peer-urls=" + peer,
                "--initial-advertise-peer-urls=" + peer,
                "--initial-cluster=default=" + peer,
                "--log-level=error");
    }

    @Override
    boolean answers() {
        return ask("POST", "/v3/kv/range", "{\"key\":\"eA==\"}").startsWith("200 ");
    }

    @Override
    String uri(String key) {
        return "etcd://127.0.0.1:" + port + "/" + key;
    }

    /** Writes as any other client does. */
    void put(String key, String value) {
        Base64.Encoder base64 = Base64.getEncoder();
        ask(
                "POST",
                "/v3/kv/put",
                "{\"key\":\"" + base64.encodeToString(key.getBytes()) + "\",\"value\":\""
                        + base64.encodeToString(value.getBytes()) + "\"}");
    }
}
