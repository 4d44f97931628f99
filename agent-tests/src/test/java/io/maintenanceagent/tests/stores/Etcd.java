package io.maintenanceagent.tests.stores;

import io.maintenanceagent.tests.harness.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A member of an etcd cluster, by default of the only one. */
final class Etcd extends Engine {

    private final String name;
    private final List<String> options = new ArrayList<>();
    private final int peerPort = freePort();
    private final int healthPort = freePort();
    private List<Etcd> members = List.of(this);
    private String scheme = "http";

    private Etcd(String name) {
        super("etcd");
        this.name = name;
    }

    /** One whose data is in memory. */
    static Etcd inMemory() {
        Etcd etcd = new Etcd("default");
        etcd.keepInMemory();
        etcd.start();
        return etcd;
    }

    static Etcd running() {
        Etcd etcd = new Etcd("default");
        etcd.start();
        return etcd;
    }

    /** A cluster of three members. */
    static List<Etcd> cluster() {
        List<Etcd> members =
                IntStream.range(0, 3).mapToObj(i -> new Etcd("member-" + i)).toList();
        members.forEach(member -> member.members = members);
        members.forEach(Engine::launch);
        members.forEach(Engine::awaitAnswer);
        return members;
    }

    /** One that speaks TLS only, and only with clients that show a certificate that it trusts. */
    static Etcd withTls(Certificate certificate) {
        Etcd etcd = new Etcd("default");
        etcd.scheme = "https";
        etcd.options.addAll(List.of(
                "--cert-file=" + certificate.pem(),
                "--key-file=" + certificate.keyPem(),
                "--trusted-ca-file=" + certificate.pem(),
                "--client-cert-auth"));
        etcd.start();
        return etcd;
    }

    @Override
    List<String> command() {
        List<String> command = new ArrayList<>(List.of(
                program(System.getProperty("stores.etcd", "etcd") + "/usr/bin/etcd"),
                "--name=" + name,
                "--data-dir=" + directory.resolve("data"),
                "--listen-client-urls=" + scheme + "://127.0.0.1:" + port,
                "--advertise-client-urls=" + scheme + "://127.0.0.1:" + port,
                "--listen-metrics-urls=http://127.0.0.1:" + healthPort,
                "--listen-peer-urls=" + peer(),
                "--initial-advertise-peer-urls=" + peer(),
                "--initial-cluster="
                        + members.stream()
                                .map(member -> member.name + "=" + member.peer())
                                .collect(Collectors.joining(",")),
                "--log-level=error"));
        command.addAll(options);
        return command;
    }

    private String peer() {
        return "http://127.0.0.1:" + peerPort;
    }

    @Override
    boolean answers() {
        return ask(healthPort, "GET", "/health", "").contains("\"true\"");
    }

    @Override
    boolean isLeader() {
        String status = ask("POST", "/v3/maintenance/status", "{}");
        String id = status.replaceAll("(?s).*\"member_id\":\"(\\d+)\".*", "$1");
        return status.contains("\"leader\":\"" + id + "\"");
    }

    @Override
    String uri(String key) {
        return (scheme.equals("http") ? "etcd" : "etcds") + "://127.0.0.1:" + port + "/" + key;
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
