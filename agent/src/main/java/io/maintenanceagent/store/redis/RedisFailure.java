package io.maintenanceagent.store.redis;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/** Why a command failed, in a clause behind the server's name: the same text for the same failure. Immutable. */
final class RedisFailure {

    /** How much of a server's error is quoted, in characters. */
    private static final int QUOTE = 200;

    private final RuntimeException cause;
    private final Throwable root;

    private RedisFailure(RuntimeException cause) {
        this.cause = cause;
        this.root = root(cause);
    }

    /** @param cause what the client library threw */
    static RedisFailure of(RuntimeException cause) {
        return new RedisFailure(cause);
    }

    /** Returns whether the server replied with an error. */
    boolean isAnswer() {
        return cause instanceof JedisDataException;
    }

    /** Returns whether the server said that it is a replica, and takes no writes. */
    boolean isReadOnly() {
        return isAnswer() && words(cause).contains("READONLY");
    }

    /** Returns whether the server did not reply in time. */
    boolean isSilence() {
        return root instanceof SocketTimeoutException;
    }

    /** Returns a new exception with the clause. */
    IOException toException() {
        return new IOException(clause(), cause);
    }

    private String clause() {
        String words = words(root);
        if (cause instanceof JedisAccessControlException) {
            return "refuses access (" + words + ")";
        }
        if (isAnswer()) {
            return words.contains("WRONGTYPE")
                    ? "holds something else than a string; allowed: a string with a state"
                    : "answers \"" + words + "\"";
        }
        if (cause instanceof JedisConnectionException) {
            return "cannot be reached (" + (isSilence() ? "no answer in time" : words) + ")";
        }
        return "does not answer as a Redis server does (" + words + ")";
    }

    private static String words(Throwable e) {
        String message = e.getMessage();
        if (message == null || message.isEmpty()) {
            return e.getClass().getSimpleName();
        }
        if (e instanceof UnknownHostException) {
            return "unknown host " + message;
        }
        return message.length() <= QUOTE ? message : message.substring(0, QUOTE) + "…";
    }

    /** The innermost cause; if no address of a host could be connected to, that of the first. */
    private static Throwable root(Throwable e) {
        Throwable at = e;
        for (int depth = 0; depth < 20; depth++) {
            Throwable next = at.getCause();
            if (next == null && at.getSuppressed().length > 0) {
                next = at.getSuppressed()[0];
            }
            if (next == null) {
                break;
            }
            at = next;
        }
        return at;
    }
}
