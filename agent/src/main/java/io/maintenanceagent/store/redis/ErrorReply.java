package io.maintenanceagent.store.redis;

import io.maintenanceagent.store.remote.Endpoint;
import java.io.IOException;

/** An error that the server replied; the command was not executed. Immutable. */
final class ErrorReply extends IOException {

    private static final long serialVersionUID = 1L;

    /** @param message the reply */
    ErrorReply(String message) {
        super(message);
    }

    /** Returns the first word, which says what kind of error it is. */
    String code() {
        int blank = getMessage().indexOf(' ');
        return blank < 0 ? getMessage() : getMessage().substring(0, blank);
    }

    /** Returns whether this user may not do that, or is not logged in. */
    boolean isRefusal() {
        String code = code();
        return code.equals("NOPERM") || code.equals("NOAUTH") || code.equals("WRONGPASS");
    }

    /** Returns whether the server has no such command. */
    boolean isUnknownCommand() {
        return getMessage().contains("unknown command");
    }

    /** Returns whether a node of a cluster asks to turn to another one for good. */
    boolean isMoved() {
        return code().equals("MOVED");
    }

    /** Returns whether a node of a cluster asks to turn to another one for this command. */
    boolean isAsk() {
        return code().equals("ASK");
    }

    /**
     * Returns the node to turn to, as {@code ASK 3999 127.0.0.1:6381} names it.
     *
     * @param from the node that said so; the same host if none is named
     * @throws ErrorReply this one, if it names no node
     */
    Endpoint target(Endpoint from) throws ErrorReply {
        String place = getMessage().substring(getMessage().lastIndexOf(' ') + 1);
        int colon = place.lastIndexOf(':');
        try {
            String host = place.substring(0, colon);
            return new Endpoint(host.isEmpty() ? from.host() : host, Integer.parseInt(place.substring(colon + 1)));
        } catch (RuntimeException e) {
            throw this;
        }
    }
}
