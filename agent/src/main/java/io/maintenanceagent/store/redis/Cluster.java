package io.maintenanceagent.store.redis;

import io.maintenanceagent.store.remote.Endpoint;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The node of a cluster that has the key's slot. Nodes are asked who that is at the start, when a node fails or sends
 * clients elsewhere, and before a change counts: then one of the other masters, so that a master that was deposed does
 * not testify for itself.
 *
 * <p>Keeps the connection to the node that was asked last, which is asked first among its equals the next time.
 */
final class Cluster implements Topology {

    private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** How long nodes are asked one after the other. */
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(3);

    /** How many of the other masters are asked until one answers. */
    private static final int WITNESSES = 3;

    private final List<Endpoint> seeds;
    private final ConnectionSettings settings;
    private final int slot;
    private final EpochGuard epochs = new EpochGuard();

    private ClusterView view;
    private boolean outdated = true;
    private Endpoint hint;
    private RedisProblem problem;
    private long nextNanos = System.nanoTime();
    private volatile RedisConnection asked; // null for none
    private volatile boolean closed;

    /** @param uri names some of the nodes, and the key */
    Cluster(RedisUri uri) {
        this.seeds = uri.endpoints();
        this.settings = uri.settings();
        this.slot = HashSlot.of(uri.key());
    }

    @Override
    public Endpoint locate() throws RedisProblem {
        if (outdated && (hint != null || System.nanoTime() - nextNanos >= 0)) {
            look();
        }
        if (view == null) {
            throw problem;
        }
        return view.owner();
    }

    @Override
    public Endpoint confirm(Endpoint server) throws RedisProblem {
        List<Endpoint> witnesses = new ArrayList<Endpoint>(view.otherMasters());
        Collections.shuffle(witnesses);
        RedisConnection kept = asked;
        if (kept != null && witnesses.remove(kept.endpoint())) {
            witnesses.add(0, kept.endpoint());
        }
        String failure = null;
        for (Endpoint witness : witnesses.subList(0, Math.min(WITNESSES, witnesses.size()))) {
            try {
                ClusterView its = viewOf(witness);
                if (its.owner() != null && epochs.isNews(its.epoch(), System.nanoTime())) {
                    boolean agrees = its.ownerId().equals(view.ownerId());
                    view = agrees ? view : its;
                    return view.owner();
                }
                failure = witness + ": it has missed the last fail-over";
            } catch (IOException | RuntimeException e) {
                failure = "one of them " + RedisFailure.of(e, witness).clause();
            }
        }
        if (failure != null) {
            throw new RedisProblem(
                    "cannot confirm the master: it takes an answer of another master of the cluster, and " + failure);
        }
        return server;
    }

    @Override
    public void invalidate(Endpoint better) {
        outdated = true;
        hint = better;
    }

    @Override
    public boolean isNamed() {
        return true;
    }

    @Override
    public void close() {
        closed = true;
        disconnect();
    }

    private void look() {
        nextNanos = System.nanoTime() + PERIOD_NANOS;
        long end = System.nanoTime() + LIMIT_NANOS;
        String failure = null;
        for (Endpoint node : candidates()) {
            try {
                ClusterView its = viewOf(node);
                if (its.owner() != null && epochs.isNews(its.epoch(), System.nanoTime())) {
                    view = its;
                    outdated = false;
                    hint = null;
                    problem = null;
                    return;
                }
                failure = failure == null ? "has no node with the slot of the key, says " + node : failure;
            } catch (IOException | RuntimeException e) {
                failure = failure == null ? RedisFailure.of(e, node).clause() : failure;
            }
            if (closed || System.nanoTime() - end >= 0) {
                break;
            }
        }
        hint = null;
        problem = problem == null ? new RedisProblem(failure) : problem;
    }

    /** Whom to ask, and in which order: who should know, the other masters, the seeds, and the owner of the slot. */
    private Set<Endpoint> candidates() {
        Set<Endpoint> candidates = new LinkedHashSet<Endpoint>();
        if (hint != null) {
            candidates.add(hint);
        }
        List<Endpoint> others = new ArrayList<Endpoint>(seeds);
        Collections.shuffle(others);
        if (view != null) {
            candidates.addAll(view.otherMasters());
            others.remove(view.owner());
            others.add(view.owner());
        }
        candidates.addAll(others);
        return candidates;
    }

    private ClusterView viewOf(Endpoint node) throws IOException {
        RedisConnection kept = asked;
        if (kept != null && kept.endpoint().equals(node)) {
            try {
                return view(kept);
            } catch (SocketTimeoutException | RedisProblem e) {
                throw e;
            } catch (IOException ignored) {
                // the node has ended it since
            }
        }
        disconnect();
        RedisConnection opened = RedisConnection.open(node, settings);
        // Assign the field, then check closed; close does the opposite, so one of the two threads sees the other.
        asked = opened;
        if (closed) {
            disconnect();
            throw new RedisProblem("is closed");
        }
        return view(opened);
    }

    /** Asks a node, and keeps the connection if it answers. */
    private ClusterView view(RedisConnection node) throws IOException {
        boolean answered = false;
        try {
            List<Object> replies = node.ask(new Command("CLUSTER", "SLOTS"), new Command("CLUSTER", "NODES"));
            for (Object reply : replies) {
                if (reply instanceof ErrorReply) {
                    throw problem((ErrorReply) reply, node.endpoint());
                }
            }
            ClusterView its = new ClusterView(
                    (List<?>) replies.get(0), RedisConnection.text(replies.get(1)), slot, node.endpoint());
            answered = true;
            return its;
        } finally {
            if (!answered) {
                disconnect();
            }
        }
    }

    private static IOException problem(ErrorReply error, Endpoint node) {
        return error.getMessage().contains("cluster support disabled")
                ? new RedisProblem(node + " is no node of a cluster; a single server is redis://HOST:PORT", error)
                : error;
    }

    private void disconnect() {
        RedisConnection open = asked;
        asked = null;
        if (open != null) {
            open.close();
        }
    }
}
