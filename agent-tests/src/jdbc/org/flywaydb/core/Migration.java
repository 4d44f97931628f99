package org.flywaydb.core;

import java.sql.Connection;
import java.sql.SQLException;
import shop.Ledger;

/** Where the classes of a migration tool are. */
public final class Migration {

    private Migration() {}

    public static Object run(Connection connection, String how, String sql)
            throws SQLException, ReflectiveOperationException {
        return Ledger.book(connection, how, sql);
    }
}
