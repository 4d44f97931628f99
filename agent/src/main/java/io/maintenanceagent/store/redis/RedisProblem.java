package io.maintenanceagent.store.redis;

import java.io.IOException;

/** A fault whose message is a whole clause behind the store's name. The connection is as good as it was. */
class RedisProblem extends IOException {

    private static final long serialVersionUID = 1L;

    /** @param clause a clause behind the store's name: the same for the same fault */
    RedisProblem(String clause) {
        super(clause);
    }

    /**
     * @param clause a clause behind the store's name: the same for the same fault
     * @param cause what led to it
     */
    RedisProblem(String clause, Throwable cause) {
        super(clause, cause);
    }

    /** The server is not the one whose word counts; behind the same name there may be another one soon. */
    static final class WrongServer extends RedisProblem {

        private static final long serialVersionUID = 1L;

        /** @param clause a clause behind the store's name */
        WrongServer(String clause) {
            super(clause);
        }
    }
}
