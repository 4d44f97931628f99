package orders;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.servlet.annotation.WebServlet;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import javax.sql.DataSource;
import javax.transaction.UserTransaction;

/**
 * Writes to the server's own data source, by {@code /do/COMMAND}; with {@code /entries} it says that it is there.
 * Answers {@code ok RESULT}, or what was thrown.
 */
@WebServlet({"/entries", "/do/*"})
public class OrdersServlet extends HttpServlet {

    private static final String INSERT = "INSERT INTO orders VALUES (1)";

    /** One that is told to end once, and whether it has written. */
    private static final CountDownLatch END = new CountDownLatch(1);

    private static volatile boolean begun;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String told;
        try {
            String[] words = String.valueOf(request.getPathInfo()).split("/");
            told = words.length < 2 ? "here" : "ok " + done(words[1]);
        } catch (Throwable thrown) {
            Throwable cause = thrown;
            while (cause.getCause() != null && !(cause instanceof SQLException)) {
                cause = cause.getCause();
            }
            told = cause.getClass().getName() + ": " + cause.getMessage();
        }
        response.setContentType("text/plain");
        response.getWriter().write(told + "\n");
    }

    private Object done(String command) throws Exception {
        switch (command) {
            case "create":
                try (Connection connection = open();
                        Statement statement = connection.createStatement()) {
                    return statement.executeUpdate("CREATE TABLE orders (a INT)");
                }
            case "count":
                try (Connection connection = open();
                        Statement statement = connection.createStatement();
                        ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM orders")) {
                    rows.next();
                    return rows.getInt(1);
                }
            case "plain":
                try (Connection connection = open();
                        Statement statement = connection.createStatement()) {
                    return statement.executeUpdate(INSERT);
                }
            case "write":
                try (Connection connection = open()) {
                    return insert(connection);
                }
            case "transaction":
                return transaction(false);
            case "long":
                return transaction(true);
            case "begun":
                return begun;
            case "end":
                END.countDown();
                return "ending";
            default:
                throw new IllegalArgumentException(command);
        }
    }

    private static Connection open() throws NamingException, SQLException {
        return ((DataSource) new InitialContext().lookup("java:comp/DefaultDataSource")).getConnection();
    }

    private static int insert(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            return statement.executeUpdate();
        }
    }

    /** Writes twice in a transaction of the server's; waits in between, if it is the long one. */
    private static int transaction(boolean isLong) throws Exception {
        UserTransaction transaction = (UserTransaction) new InitialContext().lookup("java:comp/UserTransaction");
        transaction.begin();
        try {
            int count;
            try (Connection connection = open()) {
                count = insert(connection);
            }
            if (isLong) {
                begun = true;
                END.await(60, TimeUnit.SECONDS);
            }
            try (Connection connection = open()) {
                count += insert(connection);
            }
            transaction.commit();
            return count;
        } catch (Exception e) {
            transaction.rollback();
            throw e;
        }
    }
}
