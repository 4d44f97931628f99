package shop;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;

/** Pools by their names, made by reflection: not each of them is on each class path. */
final class Pools {

    private static final Map<String, DataSource> OPEN = new HashMap<>();

    private Pools() {}

    static Connection connection(String pool, String url) throws Exception {
        if (pool.equals("plain")) {
            return DriverManager.getConnection(url);
        }
        if (pool.equals("proxy")) {
            return proxied(DriverManager.getConnection(url));
        }
        synchronized (OPEN) {
            if (!OPEN.containsKey(pool)) {
                OPEN.put(pool, open(pool, url));
            }
            return OPEN.get(pool).getConnection();
        }
    }

    private static DataSource open(String pool, String url) throws Exception {
        switch (pool) {
            case "hikari":
                return with("com.zaxxer.hikari.HikariDataSource", "setJdbcUrl", url);
            case "dbcp":
                DataSource dbcp = with("org.apache.commons.dbcp2.BasicDataSource", "setUrl", url);
                dbcp.getClass()
                        .getMethod("setPoolPreparedStatements", boolean.class)
                        .invoke(dbcp, true);
                return dbcp;
            case "tomcat":
                DataSource tomcat = with("org.apache.tomcat.jdbc.pool.DataSource", "setUrl", url);
                String driver = DriverManager.getDriver(url).getClass().getName();
                tomcat.getClass().getMethod("setDriverClassName", String.class).invoke(tomcat, driver);
                return tomcat;
            case "c3p0":
                return with("com.mchange.v2.c3p0.ComboPooledDataSource", "setJdbcUrl", url);
            default:
                throw new IllegalArgumentException(pool);
        }
    }

    private static DataSource with(String type, String setter, String url) throws Exception {
        Object pool = Class.forName(type).getConstructor().newInstance();
        Method method = pool.getClass().getMethod(setter, String.class);
        method.invoke(pool, url);
        return (DataSource) pool;
    }

    /** As frameworks wrap connections. */
    private static Connection proxied(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                Pools.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    try {
                        return method.invoke(connection, arguments);
                    } catch (java.lang.reflect.InvocationTargetException e) {
                        if (e.getCause() instanceof SQLException) {
                            throw e.getCause();
                        }
                        throw e;
                    }
                });
    }
}
