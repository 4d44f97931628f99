package io.maintenanceagent.store.redis;

import io.maintenanceagent.store.remote.Endpoint;
import io.maintenanceagent.store.remote.SecretException;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;

/** Why a command failed, in a clause behind the store's name: the same text for the same failure. Immutable. */
final class RedisFailure {

    /** How much of a server's error is quoted, in characters. */
    private static final int QUOTE = 200;

    private final Exception cause;
    private final Throwable root;
    private final String where;

    private RedisFailure(Exception cause, String where) {
        this.cause = cause;
        this.root = root(cause);
        this.where = where;
    }

    /**
     * @param cause what a connection threw
     * @param server the server that the store's name does not tell, or {@code null}
     */
    static RedisFailure of(Exception cause, Endpoint server) {
        return new RedisFailure(cause, server == null ? "" : server + ": ");
    }

    /** Returns whether the server replied with an error. */
    boolean isAnswer() {
        return cause instanceof ErrorReply;
    }

    /** Returns whether the server did not reply in time. */
    boolean isSilence() {
        return root instanceof SocketTimeoutException;
    }

    /** Returns a new exception with the clause. */
    IOException toException() {
        return new RedisProblem(clause(), cause);
    }

    String clause() {
        if (cause instanceof RedisProblem || root instanceof SecretException) {
            return root instanceof SecretException ? root.getMessage() : cause.getMessage();
        }
        String words = where + words(root);
        if (isAnswer()) {
            return answer((ErrorReply) cause, words);
        }
        if (root instanceof ProtocolException || !(cause instanceof IOException)) {
            return "does not answer as a Redis server does (" + words + ")";
        }
        return "cannot be reached (" + (isSilence() ? where + "no answer in time" : words) + ")";
    }

    private static String answer(ErrorReply reply, String words) {
        if (reply.isRefusal()) {
            return "refuses access (" + words + ")";
        }
        String code = reply.code();
        if (code.equals("WRONGTYPE") || reply.getMessage().contains("WRONGTYPE")) {
            return "holds something else than a string; allowed: a string with a state";
        }
        String answers = "answers \"" + words + "\"";
        return reply.isMoved() || reply.isAsk()
                ? answers + "; a cluster is redis-cluster://HOST:PORT?key=NAME"
                : answers;
    }

    private static String words(Throwable e) {
        String message = e.getMessage();
        if (message == null || message.isEmpty()) {
            return e.getClass().getSimpleName();
        }
        if (e instanceof UnknownHostException) {
            return "unknown host " + message;
        }
        // Servers quote the arguments of commands that they do not know.
        int arguments = message.indexOf(", with args beginning with:");
        String said = arguments < 0 ? message : message.substring(0, arguments);
        return said.length() <= QUOTE ? said : said.substring(0, QUOTE) + "…";
    }

    /** The innermost cause. */
    private static Throwable root(Throwable e) {
        Throwable at = e;
        for (int depth = 0; depth < 20 && at.getCause() != null; depth++) {
            at = at.getCause();
        }
        return at;
    }
}
