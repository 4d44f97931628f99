package io.maintenanceagent.work.jdbc;

import io.maintenanceagent.work.BegunWork;
import io.maintenanceagent.work.WeakTable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.BiFunction;

/**
 * What the hook calls at the beginning of each statement. While no maintenance is on, a writing one costs a search in a
 * table and two ordered writes. Safe for any thread.
 */
public final class StatementInterceptor implements BiFunction<Object, Object, Object> {

    /** It does not tell its connection. */
    private static final String COPY = "org.postgresql.copy.CopyManager";

    private final JdbcGuard guard;
    private final WeakTable<PreparedWrite> prepared;

    /** @param guard decides */
    public StatementInterceptor(JdbcGuard guard) {
        this.guard = guard;
        this.prepared = guard.prepared;
    }

    /**
     * A statement begins.
     *
     * @param executed the object of which a method was called that runs a statement, if it is one of JDBC's
     * @param text the statement's text, or {@code true} if it writes whatever its text is, or {@code null}
     * @return what is to be told its end, or {@code null}, or the exception that it is to throw
     */
    @Override
    public Object apply(Object executed, Object text) {
        if (text instanceof String) {
            return plain(executed, (String) text);
        }
        PreparedWrite known = prepared.get(executed);
        if (known == null && text == null) {
            return null; // it reads
        }
        try {
            return known == null
                    ? begins(connectionOf(executed), SqlEffect.WRITES)
                    : begins(known.connection(guard), known.effect);
        } catch (SQLException closed) {
            return null; // the driver will say so itself
        }
    }

    private Object plain(Object executed, String sql) {
        boolean isCopy = executed.getClass().getName().equals(COPY);
        if (!isCopy && !(executed instanceof Statement)) {
            return null;
        }
        int effect = SqlEffect.of(sql) & ~SqlEffect.QUERIES;
        if (effect == 0) {
            return null;
        }
        try {
            return begins(isCopy ? guard.ofUnknown(executed) : connectionOf(executed), effect);
        } catch (SQLException closed) {
            return null;
        }
    }

    private TrackedConnection connectionOf(Object executed) throws SQLException {
        if (executed instanceof Statement) {
            return guard.of(((Statement) executed).getConnection());
        }
        if (executed instanceof ResultSet) {
            Statement statement = ((ResultSet) executed).getStatement();
            return statement == null ? null : guard.of(statement.getConnection());
        }
        return null;
    }

    private Object begins(TrackedConnection connection, int effect) {
        if (connection != null && effect == SqlEffect.WRITES) {
            connection.begins();
            if (guard.mayStop()) {
                return guard.decide(connection);
            }
            connection.wrote();
            return connection;
        }
        return connection == null || effect == 0 ? null : rare(connection, effect);
    }

    /** What begins or ends a transaction. */
    private Object rare(TrackedConnection connection, int effect) {
        Object told = null;
        if ((effect & SqlEffect.WRITES) != 0) {
            boolean begins = (effect & SqlEffect.BEGINS) != 0;
            boolean before = begins && connection.begun(true);
            told = begins(connection, SqlEffect.WRITES);
            if (begins && told instanceof Throwable) {
                connection.begun(before);
            }
        } else if ((effect & SqlEffect.COMMITS) != 0) {
            told = guard.commits(connection);
        }
        return told instanceof Throwable ? told : new OfTransaction(connection, effect, (BegunWork) told);
    }

    /** Tells the end of a statement, and what it has made of its transaction. */
    private static final class OfTransaction implements BegunWork {
        private final TrackedConnection connection;
        private final int effect;
        private final BegunWork statement;

        OfTransaction(TrackedConnection connection, int effect, BegunWork statement) {
            this.connection = connection;
            this.effect = effect;
            this.statement = statement;
        }

        @Override
        public Object ended(Object result) {
            if (statement != null) {
                statement.ended(result);
            }
            if ((effect & SqlEffect.ENDS) != 0) {
                connection.over();
            }
            if ((effect & SqlEffect.BEGINS) != 0) {
                connection.begun(true);
            }
            return result;
        }

        @Override
        public void failed(Throwable thrown) {
            if (statement != null) {
                statement.failed(thrown);
            }
        }
    }
}
