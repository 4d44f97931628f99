package io.maintenanceagent.work.jdbc;

import io.maintenanceagent.work.WeakTable;
import java.sql.SQLException;
import java.sql.Statement;

/** What is known of a statement that was prepared and does more than read. For the thread that uses the statement. */
final class PreparedWrite extends WeakTable.Entry {

    private TrackedConnection connection;
    final int effect;

    /**
     * @param statement the statement
     * @param connection the connection that has prepared it
     * @param effect what its text does, as {@link SqlEffect#of} tells
     */
    PreparedWrite(Object statement, TrackedConnection connection, int effect) {
        super(statement);
        this.connection = connection;
        this.effect = effect;
    }

    /** The connection that runs it; {@code null} if that is closed. */
    TrackedConnection connection(JdbcGuard guard) throws SQLException {
        if (connection.isClosed()) {
            Object statement = get();
            connection = guard.of(((Statement) statement).getConnection());
        }
        return connection;
    }
}
