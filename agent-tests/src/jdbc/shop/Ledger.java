package shop;

import java.io.Reader;
import java.io.StringReader;
import java.lang.reflect.InvocationTargetException;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/** Runs statements in all the ways that JDBC has. */
public final class Ledger {

    private static final Map<String, PreparedStatement> PREPARED = new HashMap<>();

    private Ledger() {}

    /** Returns what came of it, as a text. */
    public static Object book(Connection connection, String how, String sql)
            throws SQLException, ReflectiveOperationException {
        switch (how) {
            case "prepare":
                synchronized (PREPARED) {
                    PREPARED.put(sql, connection.prepareStatement(sql));
                }
                return "prepared";
            case "run":
                synchronized (PREPARED) {
                    return PREPARED.get(sql).executeUpdate();
                }
            case "prepared":
                try (PreparedStatement statement = connection.prepareStatement(sql)) {
                    return statement.executeUpdate();
                }
            case "prepared-execute":
                try (PreparedStatement statement = connection.prepareStatement(sql)) {
                    return statement.execute();
                }
            case "prepared-query":
                try (PreparedStatement statement = connection.prepareStatement(sql);
                        ResultSet rows = statement.executeQuery()) {
                    return rows.next() ? rows.getObject(1) : null;
                }
            case "prepared-batch":
                try (PreparedStatement statement = connection.prepareStatement(sql)) {
                    statement.addBatch();
                    statement.addBatch();
                    return statement.executeBatch().length;
                }
            case "call":
                try (CallableStatement statement = connection.prepareCall(sql)) {
                    return statement.execute();
                }
            case "copy": // by PostgreSQL's own interface, which is not on each class path
                Class<?> type = Class.forName("org.postgresql.PGConnection");
                Object manager = type.getMethod("getCopyAPI").invoke(connection.unwrap(type));
                try {
                    return manager.getClass()
                            .getMethod("copyIn", String.class, Reader.class)
                            .invoke(manager, sql, new StringReader("8\n9\n"));
                } catch (InvocationTargetException e) {
                    throw (SQLException) e.getCause();
                }
            case "row":
                try (Statement statement = connection.createStatement(
                                ResultSet.TYPE_SCROLL_SENSITIVE, ResultSet.CONCUR_UPDATABLE);
                        ResultSet rows = statement.executeQuery(sql)) {
                    rows.moveToInsertRow();
                    rows.updateInt(1, 7);
                    rows.insertRow();
                    return "inserted";
                }
            default:
                return plain(connection, how, sql);
        }
    }

    private static Object plain(Connection connection, String how, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            switch (how) {
                case "update":
                    return statement.executeUpdate(sql);
                case "execute":
                    return statement.execute(sql);
                case "query":
                    try (ResultSet rows = statement.executeQuery(sql)) {
                        return rows.next() ? rows.getObject(1) : null;
                    }
                case "batch":
                    statement.addBatch(sql);
                    return statement.executeBatch().length;
                default:
                    throw new IllegalArgumentException(how);
            }
        }
    }
}
