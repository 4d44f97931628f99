package io.maintenanceagent.work.jdbc;

import io.maintenanceagent.entrypoint.WorkEntryPoint;
import io.maintenanceagent.work.BegunWork;
import io.maintenanceagent.work.WorkAdapter;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * What connections tell: the text of a statement that is prepared, and the end of a transaction. At all levels, each of
 * which has what passes through it: who unwraps a pool's connection ends it at the driver's. Safe for any thread.
 */
public final class ConnectionAdapter implements WorkAdapter {

    private final JdbcGuard guard;

    /** @param guard decides */
    public ConnectionAdapter(JdbcGuard guard) {
        this.guard = guard;
    }

    @Override
    public Object begins(WorkEntryPoint entryPoint, Object[] arguments) {
        switch (entryPoint) {
            case JDBC_PREPARE:
            case JDBC_PREPARE_CALL:
                return prepares(arguments[0], (String) arguments[1]);
            case JDBC_XA_COMMIT:
            case JDBC_XA_ROLLBACK:
            case JDBC_XA_PREPARE:
                return new ThreadIsOver();
            default:
                return ends(entryPoint, arguments[0]);
        }
    }

    private Object prepares(Object connection, String sql) {
        if (!(connection instanceof Connection)) {
            return null;
        }
        int effect = SqlEffect.of(sql);
        // A query is what there is no entry for.
        return effect == SqlEffect.QUERIES ? null : new Prepared((Connection) connection, effect);
    }

    private Object ends(WorkEntryPoint entryPoint, Object connection) {
        if (!(connection instanceof Connection)) {
            return null;
        }
        TrackedConnection known = guard.connections.get(connection);
        if (known == null) {
            return null;
        }
        if (entryPoint == WorkEntryPoint.JDBC_COMMIT || entryPoint == WorkEntryPoint.JDBC_AUTO_COMMIT) {
            Object refused = guard.commits(known);
            if (refused != null) {
                return refused;
            }
        }
        return new Over(entryPoint, (Connection) connection, known);
    }

    /** A statement is being prepared. */
    private final class Prepared implements BegunWork {
        private final Connection connection;
        private final int effect;

        Prepared(Connection connection, int effect) {
            this.connection = connection;
            this.effect = effect;
        }

        @Override
        public Object ended(Object statement) {
            if (statement != null) {
                try {
                    TrackedConnection known = guard.of(connection);
                    guard.prepared.putIfAbsent(
                            statement, new PreparedWrite(statement, known, effect & ~SqlEffect.QUERIES));
                } catch (SQLException closed) {
                    return statement;
                }
            }
            return statement;
        }

        @Override
        public void failed(Throwable thrown) {
            // nothing is prepared
        }
    }

    /** A transaction is being ended. */
    private final class Over implements BegunWork {
        private final WorkEntryPoint entryPoint;
        private final Connection connection;
        private final TrackedConnection known;

        Over(WorkEntryPoint entryPoint, Connection connection, TrackedConnection known) {
            this.entryPoint = entryPoint;
            this.connection = connection;
            this.known = known;
        }

        @Override
        public Object ended(Object result) {
            if (entryPoint == WorkEntryPoint.JDBC_AUTO_COMMIT) {
                try {
                    boolean autoCommit = connection.getAutoCommit();
                    known.autoCommit(autoCommit);
                    if (!autoCommit) {
                        return result;
                    }
                } catch (SQLException closed) {
                    known.over();
                }
            }
            known.over();
            if (entryPoint == WorkEntryPoint.JDBC_CLOSE || entryPoint == WorkEntryPoint.JDBC_ABORT) {
                guard.connections.remove(connection);
                known.closed();
            }
            return result;
        }

        /** Nobody knows what became of it; what never ends would hold up everybody who waits. */
        @Override
        public void failed(Throwable thrown) {
            known.over();
        }
    }

    /** The transaction of a resource manager is being ended: by the thread that has written, as a rule. */
    private final class ThreadIsOver implements BegunWork {
        @Override
        public Object ended(Object result) {
            guard.threadIsOver();
            return result;
        }

        @Override
        public void failed(Throwable thrown) {
            guard.threadIsOver();
        }
    }
}
