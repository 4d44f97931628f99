package io.maintenanceagent.tests.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.apache.commons.dbcp2.DelegatingConnection;
import org.apache.commons.dbcp2.DelegatingPreparedStatement;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Statements of a driver that does nothing, and of H2 in memory, in nanoseconds a call. In a JVM with the agent, and
 * {@code guard=jdbc}, they are woven.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class JdbcCosts {

    private PreparedStatement update;
    private PreparedStatement inTransaction;
    private PreparedStatement query;
    private PreparedStatement h2;

    @Setup
    public void prepare() throws SQLException {
        update = new IdleConnection(true).prepareStatement("INSERT INTO t VALUES (1)");
        inTransaction = new IdleConnection(false).prepareStatement("INSERT INTO t VALUES (1)");
        query = new IdleConnection(true).prepareStatement("SELECT 1");
        Connection connection = DriverManager.getConnection(
                "jdbc:h2:mem:" + Thread.currentThread().getName());
        connection.createStatement().execute("CREATE TABLE IF NOT EXISTS t (id INT PRIMARY KEY, a INT)");
        connection.createStatement().execute("MERGE INTO t VALUES (1, 1)");
        h2 = connection.prepareStatement("UPDATE t SET a = a + 1 WHERE id = 1");
    }

    /** A write that is a transaction in itself. */
    @Benchmark
    public int update() throws SQLException {
        return update.executeUpdate();
    }

    /** A write of a transaction that has written before. */
    @Benchmark
    public int updateInTransaction() throws SQLException {
        return inTransaction.executeUpdate();
    }

    /** A statement that reads. */
    @Benchmark
    public boolean query() throws SQLException {
        return query.execute();
    }

    /** A write to H2. */
    @Benchmark
    public int h2Update() throws SQLException {
        return h2.executeUpdate();
    }

    private static final class IdleConnection extends DelegatingConnection<Connection> {
        private final boolean autoCommit;

        IdleConnection(boolean autoCommit) {
            super(null);
            this.autoCommit = autoCommit;
        }

        @Override
        public boolean getAutoCommit() throws SQLException {
            return autoCommit;
        }

        @Override
        public PreparedStatement prepareStatement(String sql) throws SQLException {
            return new IdleStatement(this);
        }
    }

    private static final class IdleStatement extends DelegatingPreparedStatement {
        private int count;

        IdleStatement(IdleConnection connection) {
            super(connection, null);
        }

        @Override
        public int executeUpdate() throws SQLException {
            return ++count;
        }

        @Override
        public boolean execute() throws SQLException {
            return ++count > 0;
        }
    }
}
