package io.maintenanceagent.store.redis;

import io.maintenanceagent.store.remote.Backoff;
import io.maintenanceagent.store.remote.Endpoint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The master that sentinels name. They are asked every second, and before a change counts: a master that was deposed
 * and still answers is left for its successor.
 *
 * <p>Keeps a connection to each sentinel. One that fails is left alone for a while, unless it takes its answer for most
 * of them.
 */
final class Sentinels implements Topology {

    private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final String name;
    private final Sentinel[] sentinels;
    private final EpochGuard epochs = new EpochGuard();

    private Endpoint master;
    private RedisProblem problem;
    private long nextNanos = System.nanoTime();
    private volatile boolean closed;

    /** @param uri names sentinels and the master */
    Sentinels(RedisUri uri) {
        this.name = uri.master();
        this.sentinels = new Sentinel[uri.endpoints().size()];
        for (int i = 0; i < sentinels.length; i++) {
            sentinels[i] = new Sentinel(uri.endpoints().get(i), uri.sentinelSettings());
        }
    }

    @Override
    public Endpoint locate() throws RedisProblem {
        if (System.nanoTime() - nextNanos >= 0) {
            ask();
        }
        if (problem != null) {
            throw problem;
        }
        return master;
    }

    @Override
    public Endpoint confirm(Endpoint server) throws RedisProblem {
        ask();
        return locate();
    }

    @Override
    public void invalidate(Endpoint hint) {
        // Those that may know better are asked every second.
    }

    @Override
    public boolean isNamed() {
        return true;
    }

    @Override
    public void close() {
        closed = true;
        for (Sentinel sentinel : sentinels) {
            sentinel.disconnect();
        }
    }

    private void ask() {
        SentinelAnswers answers = new SentinelAnswers(name, sentinels.length);
        List<Sentinel> absent = new ArrayList<Sentinel>();
        for (Sentinel sentinel : sentinels) {
            if (!sentinel.send(name)) {
                absent.add(sentinel);
            }
        }
        for (Sentinel sentinel : sentinels) {
            if (!absent.contains(sentinel) && !sentinel.receive(answers)) {
                absent.add(sentinel);
            }
        }
        for (Sentinel sentinel : absent) {
            if (!closed && (sentinel.isDue() || !answers.isMajority() && sentinel.isDueInNeed())) {
                if (sentinel.connect() && sentinel.send(name)) {
                    sentinel.receive(answers);
                }
            }
            sentinel.explain(answers);
        }
        nextNanos = System.nanoTime() + PERIOD_NANOS;
        try {
            Endpoint named = answers.master();
            if (epochs.isNews(answers.epoch(), System.nanoTime())) {
                master = named;
            }
            problem = null;
        } catch (RedisProblem e) {
            // The same outage looks different from one attempt to the next: a reset, then a refused connection.
            problem = problem == null ? e : problem;
        }
    }

    /** A sentinel, and the connection to it. */
    private static final class Sentinel {

        private final Endpoint endpoint;
        private final ConnectionSettings settings;
        private final Backoff backoff = new Backoff();
        private volatile RedisConnection connection;
        private long dueNanos = System.nanoTime();
        private long dueInNeedNanos = dueNanos;
        private String failure;

        Sentinel(Endpoint endpoint, ConnectionSettings settings) {
            this.endpoint = endpoint;
            this.settings = settings;
        }

        boolean isDue() {
            return System.nanoTime() - dueNanos >= 0;
        }

        boolean isDueInNeed() {
            return System.nanoTime() - dueInNeedNanos >= 0;
        }

        boolean connect() {
            try {
                connection = RedisConnection.open(endpoint, settings);
                return true;
            } catch (IOException | RuntimeException e) {
                fail(e);
                return false;
            }
        }

        boolean send(String name) {
            RedisConnection sentinel = connection;
            if (sentinel == null) {
                return false;
            }
            try {
                sentinel.send(
                        new Command("SENTINEL", "GET-MASTER-ADDR-BY-NAME", name),
                        new Command("SENTINEL", "MASTER", name));
                return true;
            } catch (IOException e) {
                fail(e);
                return false;
            }
        }

        /** Reads the reply to what was sent, and returns whether there was one. */
        boolean receive(SentinelAnswers answers) {
            RedisConnection sentinel = connection;
            try {
                if (sentinel == null) {
                    return false;
                }
                Object place = sentinel.receive();
                Object facts = sentinel.receive();
                if (place instanceof ErrorReply) {
                    throw (ErrorReply) place;
                }
                if (place == null || facts instanceof ErrorReply) {
                    answers.unknown();
                } else {
                    List<?> parts = (List<?>) place;
                    answers.master(
                            new Endpoint(
                                    RedisConnection.text(parts.get(0)),
                                    Integer.parseInt(RedisConnection.text(parts.get(1)))),
                            epoch((List<?>) facts));
                }
                backoff.reset();
                failure = null;
                return true;
            } catch (IOException | RuntimeException e) {
                fail(e);
                return false;
            }
        }

        void explain(SentinelAnswers answers) {
            if (failure != null) {
                answers.failed(failure);
            }
        }

        void disconnect() {
            RedisConnection sentinel = connection;
            connection = null;
            if (sentinel != null) {
                sentinel.close();
            }
        }

        private static long epoch(List<?> facts) {
            for (int i = 0; i + 1 < facts.size(); i += 2) {
                if (RedisConnection.text(facts.get(i)).equals("config-epoch")) {
                    return Long.parseLong(RedisConnection.text(facts.get(i + 1)));
                }
            }
            throw new IllegalStateException("no config-epoch");
        }

        private void fail(Exception e) {
            disconnect();
            if (failure == null) {
                failure = RedisFailure.of(e, endpoint).clause();
            }
            long now = System.nanoTime();
            dueInNeedNanos = now + PERIOD_NANOS / 2;
            dueNanos = now + TimeUnit.MILLISECONDS.toNanos(backoff.nextMillis());
        }
    }
}
