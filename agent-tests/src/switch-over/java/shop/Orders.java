package shop;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Orders in a PostgreSQL, whose URL is the system property {@code database}; by a pool of a few connections, which
 * opens one again that does not work any more. Without that property there is no database.
 */
public final class Orders {

    private static final String URL = System.getProperty("database");
    private static final int CONNECTIONS = 10;
    private static final BlockingQueue<Slot> POOL = new ArrayBlockingQueue<Slot>(CONNECTIONS);

    static {
        for (int i = 0; i < CONNECTIONS; i++) {
            POOL.add(new Slot());
        }
    }

    private Orders() {}

    /** Takes an order down, and returns its number. */
    public static String take() throws SQLException {
        if (URL == null) {
            return "Taken.\n";
        }
        Slot slot;
        try {
            slot = POOL.take();
        } catch (InterruptedException e) {
            throw new SQLException(e);
        }
        try {
            return slot.insert();
        } finally {
            POOL.add(slot);
        }
    }

    private static final class Slot {
        private Connection connection;

        String insert() throws SQLException {
            try {
                return insertOnce();
            } catch (SQLException broken) {
                connection = null;
                return insertOnce();
            }
        }

        private String insertOnce() throws SQLException {
            if (connection == null) {
                connection = DriverManager.getConnection(URL);
            }
            try (PreparedStatement insert =
                            connection.prepareStatement("insert into orders default values returning id");
                    ResultSet result = insert.executeQuery()) {
                result.next();
                return "Order " + result.getLong(1) + ".\n";
            }
        }
    }
}
